"""The doctor finds what is missing before citizens do."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from bot.clock import utc_now
from bot.model.connector import Connector
from bot.sealing import Seal, new_key
from bot.settings import load_settings
from bot.store import connectors
from bot.tools import doctor
from bot.tools.doctor import chatwoot, sealing, signalen
from tests.reports.fake_signalen import FakeSignalen
from tests.serving import serving

COMPLETE = {
    "CHATWOOT_TOKEN": "0123456789abcdef",
    "CHATWOOT_PATH_SECRET": "0123456789abcdef",
    "CHATWOOT_INBOXES": "1/3:castricum",
}


def test_without_chatwoot_nothing_is_said_of_it() -> None:
    assert list(chatwoot(load_settings({}))) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"CHATWOOT_TOKEN": ""}, "CHATWOOT_TOKEN"),
        ({"CHATWOOT_LABEL_TOKEN": "1:one,two"}, "CHATWOOT_LABEL_TOKEN"),
        ({"CHATWOOT_PATH_SECRET": "short"}, "CHATWOOT_PATH_SECRET"),
        ({"CHATWOOT_INBOXES": ""}, "CHATWOOT_INBOXES"),
        ({"CHATWOOT_INBOXES": "3"}, "CHATWOOT_INBOXES"),
        ({}, "does not answer"),
    ],
)
def test_what_is_missing_of_chatwoot_is_named(change: dict[str, str], word: str) -> None:
    findings = list(chatwoot(load_settings({"CHATWOOT_URL": "http://127.0.0.1:9", **COMPLETE, **change})))
    assert any(not fine and word in sentence for fine, sentence in findings)


@pytest.mark.parametrize(("token", "word"), [("", "in the note only"), ("0123456789abcdef", "labels are set")])
def test_whether_labels_are_set_is_said(token: str, word: str) -> None:
    findings = chatwoot(load_settings({"CHATWOOT_URL": "http://127.0.0.1:9", **COMPLETE, "CHATWOOT_LABEL_TOKEN": token}))
    assert any(fine and word in sentence for fine, sentence in findings)


async def test_sealed_secrets_without_their_key_are_named(database: Any, database_url: str, tmp_path: Path) -> None:
    key, kiosk = new_key(), uuid4()
    settings = {"DATABASE_URL": database_url, "DATA_DIR": str(tmp_path)}
    assert await sealing(load_settings(settings)) == []
    kept = Seal(lambda _: [key]).close(kiosk, "whsec_1")
    async with database.transaction() as connection:
        made = Connector(kiosk, "kiosk", "heiloo", utc_now(), None, "https://kiosk.example.nl", kept)
        assert await connectors.add(connection, made, b"hash")
    [(fine, sentence)] = await sealing(load_settings(settings))
    assert not fine
    assert "1 of 1" in sentence
    assert "DESK_KEYS" in sentence
    assert [fine for fine, _ in await sealing(load_settings({**settings, "DESK_KEYS": key}))] == [True]
    assert [fine for fine, _ in await sealing(load_settings({**settings, "DESK_KEYS": "nonsense"}))] == [False]


def config(tmp_path: Path, model: str | None) -> Path:
    file = tmp_path / "config.yml"
    file.write_text(
        yaml.safe_dump({"pipeline": [{"name": "Classifier"}, {"name": "NameExtractor", **({"model": model} if model else {})}]}), "utf-8"
    )
    return file


@pytest.mark.parametrize(
    ("told", "fine", "words"),
    [
        ('{"model": "nl_core_news_sm", "problem": null}', True, "spaCy: nl_core_news_sm"),
        ('{"model": "blank:nl", "problem": null}', True, "nl_core_news_sm is not installed; names are found by rules"),
        ('{"model": "blank:nl", "problem": "it does not load: put a whole model there"}', False, "put a whole model there"),
        (None, False, "run `make install`"),
    ],
)
def test_it_says_what_finds_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str | None, fine: bool, words: str) -> None:
    monkeypatch.setattr(doctor, "ENGINE_PYTHON", tmp_path)
    monkeypatch.setattr(doctor, "answer_of", lambda *_arguments: told)
    found = doctor.language_model(config(tmp_path, "nl_core_news_sm"))
    assert found[0] is fine
    assert words in found[1]


def test_a_configuration_without_a_model_is_all_right(tmp_path: Path) -> None:
    assert doctor.language_model(config(tmp_path, None)) == (True, "spaCy: no model is configured")


def _works_with_signalen(folder: Path) -> None:
    here = folder / "municipalities" / "dorp"
    here.mkdir(parents=True)
    keys = ("id: dorp", "naam: Dorp", "in_een_zin: de gemeente Dorp", "cbs_code: '0399'", "website: https://www.dorp.example")
    who = "\n".join([*keys, "plaatsen: [{naam: Dorp}]", ""])
    (here / "municipality.yml").write_text(who, "utf-8")
    (here / "meldingen.yml").write_text("systeem: signalen\nligging: [52.6, 4.7]\nvoorbeeld: true\n", "utf-8")


def test_where_nobody_works_with_signalen_nothing_is_said_of_it() -> None:
    assert list(signalen(load_settings({}))) == []


@pytest.mark.parametrize(("address", "word"), [("", "set SIGNALEN_URL; dorp"), ("http://127.0.0.1:9", "does not answer")])
def test_what_is_missing_of_signalen_is_named(tmp_path: Path, address: str, word: str) -> None:
    _works_with_signalen(tmp_path)
    ((fine, sentence),) = signalen(load_settings({"KNOWLEDGE_DIR": str(tmp_path), "SIGNALEN_URL": address}))
    assert (fine, word in sentence) == (False, True)


async def test_a_category_that_signalen_lacks_is_named(tmp_path: Path) -> None:
    _works_with_signalen(tmp_path)
    file = tmp_path / "municipalities" / "dorp" / "meldingen.yml"
    file.write_text(file.read_text("utf-8") + "rubrieken: {riool: bestaat/niet}\n", "utf-8")
    async with serving(FakeSignalen(utc_now).app("signalen-doctor")) as address:
        settings = load_settings({"KNOWLEDGE_DIR": str(tmp_path), "SIGNALEN_URL": address})
        found = await asyncio.to_thread(lambda: list(signalen(settings)))
    assert found == [(False, "Signalen: category bestaat/niet gives 404"), (True, "Signalen: category overig/overig is there")]
