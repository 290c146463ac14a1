"""What every registered standard must do, whoever adds it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.knowledge.exchange import origin as origin_module
from bot.knowledge.exchange.apply import apply
from bot.knowledge.exchange.change import Plan, show
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.plan import plan_import
from bot.knowledge.exchange.registry import STANDARDS
from bot.knowledge.exchange.telling import Telling
from bot.knowledge.loader import read_knowledge
from tests.knowledge.builders import NOON, KnowledgeFolder
from tests.knowledge.exchange.changes import HELD, contents, leaves, spoil
from tests.knowledge.exchange.samples import HERE, SITE, foreign, telling

WRITERS = [name for name, standard in STANDARDS.items() if standard.write]

DATES = re.compile(rb"\d{4}-\d{2}-\d{2}(T[0-9:+]+)?")

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

BROKEN = {
    "empty": b"",
    "half": b'{"results": [',
    "half-xml": b"<a><b></a>",
    "binary": bytes(range(256)),
    "number": b"7",
    "text": b'"hallo"',
    "list-of-numbers": b"[1, 2]",
    "empty-object": b"{}",
    "wrong-object": b'[{"naam": "iets", "title": "iets", "vraag": "iets", "vertalingen": {}}]',
    "wrong-page": b'{"results": 3, "data": 3, "producttypen": 3}',
    "other-xml": b"<rss><item><title>x</title></item></rss>",
    "too-deep": b"[" * 100_000,
    "entities": LAUGHS,
    "outside-entity": OUTSIDE,
}


def exported(name: str, folder: KnowledgeFolder) -> bytes:
    write = STANDARDS[name].write
    assert write is not None
    return write(telling(folder)).content


def saved(name: str, folder: KnowledgeFolder) -> Path:
    """A file that another system could have given: our own export, or an answer of a system that we only read from."""
    file = folder.root.parent / f"{name}.data"
    file.write_bytes(exported(name, folder) if name in WRITERS else foreign(name))
    return file


def planned(name: str, folder: KnowledgeFolder, file: Path) -> Plan:
    knowledge = read_knowledge(folder.root)
    assert knowledge.errors == ()
    here = Telling(knowledge.base, HERE, lambda: NOON, SITE, telling(folder).owms)
    return plan_import(STANDARDS[name].read(Origin(str(file)), here), knowledge.folder, here)


def changed(name: str, folder: KnowledgeFolder, place: Path) -> KnowledgeFolder:
    """A copy of the folder in which everything is different that the standard can hold."""
    other = KnowledgeFolder.__new__(KnowledgeFolder)
    other.root = place / "other" / "knowledge"
    shutil.copytree(folder.root, other.root)
    spoil(other, HELD.get(name, set()))
    assert other.errors() == []
    return other


def test_every_standard_that_can_be_written_says_what_it_holds() -> None:
    assert set(WRITERS) == set(HELD)
    assert all((standard.write is None) == (standard.faults is None) for standard in STANDARDS.values())


@pytest.mark.parametrize("name", STANDARDS)
def test_an_import_shows_every_change_and_writes_nothing(name: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    file, other = saved(name, folder), changed(name, folder, tmp_path)
    before = contents(other.root)
    plan = planned(name, other, file)
    shown = "\n".join(show(plan))
    assert plan.changes
    for change in plan.changes:
        assert change.file in shown
        assert ".".join(str(step) for step in change.steps) in shown
    assert contents(other.root) == before


@pytest.mark.parametrize("name", STANDARDS)
def test_an_import_writes_what_was_shown_and_nothing_else(name: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    file, other = saved(name, folder), changed(name, folder, tmp_path)
    plan = planned(name, other, file)
    before = leaves(other.root)
    files = apply(plan, other.root)
    after = leaves(other.root)
    allowed = [(change.file, *change.steps) for change in plan.changes]
    touched = [place for place in {*before, *after} if before.get(place) != after.get(place)]
    new = [file for file in files if not any(place[0] == file for place in before)]
    assert all(any(place[: len(steps)] == steps for steps in allowed) or (place[0] in new and place[1:] == ("id",)) for place in touched)
    assert {place[0] for place in touched} == set(files) == {change.file for change in plan.changes}
    assert other.errors() == []


@pytest.mark.parametrize("name", STANDARDS)
def test_an_import_that_was_applied_has_nothing_left_to_change(name: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    file, other = saved(name, folder), changed(name, folder, tmp_path)
    apply(planned(name, other, file), other.root)
    assert list(show(planned(name, other, file))) == []


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_follows_the_standards_own_fields(name: str, folder: KnowledgeFolder) -> None:
    faults = STANDARDS[name].faults
    assert faults is not None
    assert faults(exported(name, folder)) == ()


@pytest.mark.parametrize("name", WRITERS)
def test_what_was_just_exported_changes_nothing(name: str, folder: KnowledgeFolder) -> None:
    plan = planned(name, folder, saved(name, folder))
    assert list(show(plan)) == []


@pytest.mark.parametrize("name", WRITERS)
def test_a_round_trip_loses_nothing_that_the_standard_can_hold(name: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    file, other = saved(name, folder), changed(name, folder, tmp_path)
    assert exported(name, other) != exported(name, folder)
    apply(planned(name, other, file), other.root)
    # When it was checked is not lost but new: the import was today.
    assert DATES.sub(b"", exported(name, other)).splitlines() == DATES.sub(b"", exported(name, folder)).splitlines()


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("name", STANDARDS)
def test_a_broken_file_gives_one_clear_error(name: str, broken: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    file = tmp_path / f"{broken}.data"
    file.write_bytes(BROKEN[broken])
    with pytest.raises(ExchangeError) as caught:
        planned(name, folder, file)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert "\n" not in message
    assert re.search(r"; (give|remove|clean) ", message), "the message says what to do"


@pytest.mark.parametrize("name", STANDARDS)
def test_a_file_that_is_not_there_is_told(name: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"cannot be read.*check the path"):
        planned(name, folder, tmp_path / "nergens.data")


@pytest.mark.parametrize("name", STANDARDS)
def test_a_huge_file_is_not_read(name: str, folder: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin_module, "MAX_BYTES", 100)
    file = saved(name, folder)
    with pytest.raises(ExchangeError, match="larger than"):
        planned(name, folder, file)
