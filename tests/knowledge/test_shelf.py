"""Changed files are taken into use when they are right, and refused when they are not."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.shelf import Shelf
from tests.knowledge.builders import NOON, KnowledgeFolder


def shelf_of(folder: KnowledgeFolder) -> Shelf:
    return Shelf(folder.root, lambda: NOON)


def test_nothing_happens_while_nothing_changes(folder: KnowledgeFolder) -> None:
    folder.product()
    shelf = shelf_of(folder)
    before = shelf.library
    assert not shelf.refresh()
    assert shelf.library is before


def test_a_changed_file_is_taken(folder: KnowledgeFolder) -> None:
    folder.product()
    shelf = shelf_of(folder)
    folder.aspect("grofvuil", "wat", tekst="Een nieuwe tekst.")
    with capture_logs() as logs:
        assert shelf.refresh()
    assert shelf.library.answer("grofvuil", "wat").text == "Een nieuwe tekst."
    assert [entry["event"] for entry in logs] == ["knowledge_taken"]


def test_a_new_and_a_removed_file_are_noticed(folder: KnowledgeFolder) -> None:
    folder.product()
    shelf = shelf_of(folder)
    folder.product("glas")
    assert shelf.refresh()
    assert shelf.library.product("glas")
    (folder.root / "products/glas.yml").unlink()
    assert shelf.refresh()
    assert shelf.library.product("glas") is None


def test_a_wrong_file_is_refused_once_and_the_old_answers_stay(folder: KnowledgeFolder) -> None:
    folder.product()
    shelf = shelf_of(folder)
    folder.product("grofvuil", naam="")
    with capture_logs() as logs:
        assert not shelf.refresh()
        assert not shelf.refresh()
    assert shelf.library.title_of("grofvuil") == "Grofvuil"
    [entry] = logs
    assert (entry["event"], entry["errors"]) == ("knowledge_refused", 1)
    assert "products/grofvuil.yml" in entry["problems"][0]


def test_the_repaired_file_is_taken(folder: KnowledgeFolder) -> None:
    folder.product()
    shelf = shelf_of(folder)
    folder.product("grofvuil", naam="")
    shelf.refresh()
    folder.product("grofvuil", naam="Groot afval")
    assert shelf.refresh()
    assert shelf.library.title_of("grofvuil") == "Groot afval"


def test_a_folder_that_is_wrong_at_the_start_is_an_error(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", naam="")
    with pytest.raises(KnowledgeError):
        shelf_of(folder)
