"""The sentences of the answers as training data."""

from __future__ import annotations

import pytest
import yaml

from bot.knowledge.answer_sentences import answer_file
from tests.knowledge.builders import KnowledgeFolder


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeFolder:
    root = tmp_path_factory.mktemp("knowledge")
    return KnowledgeFolder(root)


def test_sentences_are_cut_apart_and_carry_no_markup(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    folder.aspect("grofvuil", "kosten", tekst="Dit kost u niets aan de weg. Bel {telefoon} of kijk op [de site](https://x.nl) van ons.")
    blocks = yaml.safe_load(answer_file(folder.read().base, []))["nlu"]
    [costs] = [block for block in blocks if block["intent"] == "ask_costs"]
    assert costs["metadata"] == {"product": "grofvuil", "source": "answer"}
    assert costs["examples"].splitlines() == ["- Dit kost u niets aan de weg.", "- Bel of kijk op de site van ons."]


def test_a_sentence_that_trains_something_else_is_left_out(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    folder.aspect("grofvuil", "kosten", tekst="Dit kost u niets aan de weg.")
    assert "Dit kost u niets" not in answer_file(folder.read().base, ["dit kost u NIETS aan de weg"])
