"""Reading a folder: everything or nothing, with every mistake at its line."""

from __future__ import annotations

import dataclasses

import pytest

from bot.knowledge.errors import KnowledgeError
from tests.knowledge.builders import KnowledgeFolder, product

PRODUCT = "knowledge/products/grofvuil.yml"


def line_of(folder: KnowledgeFolder, path: str, start: str) -> int:
    lines = (folder.root.parent / path).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(start))


def test_a_right_folder_loads(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.organisation()
    folder.municipality()
    base = folder.load()
    assert list(base.products) == ["grofvuil"]
    assert base.organisations["cocensus"].website == "https://cocensus.nl"
    assert base.municipalities["duindorp"].in_sentence == "de gemeente Duindorp"


def test_a_folder_with_missing_parts_is_an_empty_base(folder: KnowledgeFolder) -> None:
    (folder.root / "themas.yml").unlink()
    (folder.root / "berichten.yml").unlink()
    assert folder.load().products == {}


def test_a_folder_that_does_not_exist_is_refused(folder: KnowledgeFolder) -> None:
    missing = KnowledgeFolder(folder.root / "deeper")
    missing.root = folder.root / "nowhere"
    with pytest.raises(KnowledgeError, match="does not exist"):
        missing.load()


def test_the_base_cannot_be_changed(folder: KnowledgeFolder) -> None:
    folder.product()
    base = folder.load()
    with pytest.raises(TypeError):
        base.products["x"] = base.products["grofvuil"]  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        base.products["grofvuil"].name = "x"  # type: ignore[misc]


def test_an_unknown_aspect_is_told_as_documented(folder: KnowledgeFolder) -> None:
    made = product("grofvuil")
    made["aspecten"]["prijs"] = made["aspecten"].pop("kosten")
    folder.write("products/grofvuil.yml", made)
    line = line_of(folder, PRODUCT, "prijs:")
    assert f'{PRODUCT}:{line}: aspect "prijs" is unknown; did you mean "kosten"?' in folder.errors()


def test_all_problems_of_all_files_come_at_once(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", naam="", thema="afvall")
    folder.organisation(contact={})
    with pytest.raises(KnowledgeError) as caught:
        folder.load()
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {PRODUCT, "knowledge/organisations/cocensus.yml"}
    assert str(caught.value).count("[ERROR] ") == len(caught.value.problems)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kleur": "rood"}, 'key "kleur" is unknown'),
        ({"naam": ""}, "naam: this is empty"),
        ({"naam": None}, "naam: this is empty or not a text; put quotes around a text with a colon or braces"),
        ({"woorden": ["a", "b"]}, "woorden: at least 4 are needed, there are 2"),
        ({"woorden": "a"}, "woorden: this should be a list: write each item behind a dash"),
        ({"doelgroep": ["inwoners"]}, '"inwoners" is not one of "inwoner" or "ondernemer"; did you mean "inwoner"?'),
        ({"bronnen": []}, "bronnen: at least 1 are needed, there are 0"),
        ({"bronnen": [{"titel": "x", "url": "www.x.nl", "gecontroleerd_op": "2026-11-22"}]}, "this should be a full address"),
        (
            {"bronnen": [{"titel": "x", "url": "https://x.nl", "gecontroleerd_op": "gisteren"}]},
            '"gisteren" is not a date such as 2026-11-22',
        ),
        ({"bronnen": [{"titel": "x", "url": "https://x.nl"}]}, "gecontroleerd_op is missing"),
        ({"id": "Grof Vuil"}, "this should be an id: lower case letters, digits and dashes"),
        ({"kanaal": {"voorkeur": "bellen", "reden": "x"}}, '"bellen" is not one of "click", "call" or "face"'),
        ({"voorbeeldvragen": {"prijs": ["x"]}}, 'question group "prijs" is unknown; did you mean "kosten"?'),
        ({"acties": [{"soort": "online", "titel": "x", "link": "https://x.nl"}]}, 'key "link" is unknown; did you mean "url"?'),
        ({"acties": [{"soort": "online", "titel": "x", "url": "javascript:alert(1)"}]}, "this should be a full address"),
    ],
)
def test_a_mistake_in_a_product_is_explained(folder: KnowledgeFolder, changes: dict[str, object], message: str) -> None:
    folder.product("grofvuil", **changes)
    assert any(message in error for error in folder.errors()), folder.errors()


@pytest.mark.parametrize(
    ("aspect", "message"),
    [
        ({}, "write either tekst or nvt"),
        ({"tekst": "a", "nvt": "b"}, "write either tekst or nvt"),
        ({"nvt": "a", "lokaal": True}, "an aspect with nvt has no lokaal and no bedragen"),
        ({"tekst": "a", "lokaal": "misschien"}, "kosten.lokaal: this should be true or false"),
    ],
)
def test_a_mistake_in_an_aspect_is_explained(folder: KnowledgeFolder, aspect: dict[str, object], message: str) -> None:
    folder.aspect("grofvuil", "kosten", **aspect)
    assert any(message in error for error in folder.errors()), folder.errors()


def test_a_missing_aspect_is_told_where_the_aspects_stand(folder: KnowledgeFolder) -> None:
    made = product("grofvuil")
    del made["aspecten"]["status"]
    folder.write("products/grofvuil.yml", made)
    assert folder.errors() == [f'{PRODUCT}:{line_of(folder, PRODUCT, "aspecten:")}: aspect "status" is missing']


def test_broken_yaml_is_told_with_its_line(folder: KnowledgeFolder) -> None:
    folder.write("products/grofvuil.yml", "id: grofvuil\nnaam: [open\n")
    [error] = folder.errors()
    assert error.startswith(f"{PRODUCT}:3: this is not valid YAML")


def test_a_key_that_stands_twice_is_an_error(folder: KnowledgeFolder) -> None:
    folder.product()
    text = (folder.root / "products/grofvuil.yml").read_text("utf-8")
    folder.write("products/grofvuil.yml", text + "naam: Nog een\n")
    assert any(error.endswith('key "naam" stands here twice') for error in folder.errors())


def test_an_empty_file_is_an_error(folder: KnowledgeFolder) -> None:
    folder.write("products/grofvuil.yml", "# nothing\n")
    assert folder.errors() == [f"{PRODUCT}:1: the file is empty"]


def test_words_that_yaml_takes_for_something_else_stay_words(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", woorden=["a"])
    text = (folder.root / "products/grofvuil.yml").read_text("utf-8")
    folder.write("products/grofvuil.yml", text.replace("- a\n", "- nee\n- 2026-01-01\n- no\n- 0383\n"))
    assert folder.load().products["grofvuil"].words == ("nee", "2026-01-01", "no", "0383")


def test_what_a_scaffold_left_open_is_named(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", naam="VUL IN: de naam die op een knop past")
    assert any('"naam" is not filled in yet: de naam die op een knop past' in error for error in folder.errors())


def test_a_file_that_nobody_reads_is_a_warning(folder: KnowledgeFolder) -> None:
    folder.write("products/grofvuil.yaml", "id: x")
    assert folder.warnings() == ["knowledge/products/grofvuil.yaml:1: this is not a .yml file, so nothing reads it"]


def test_what_is_right_can_be_read_while_something_else_is_wrong(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    folder.product("glas", naam="")
    reading = folder.read()
    assert list(reading.base.products) == ["grofvuil"]
    assert reading.errors
