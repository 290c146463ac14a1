"""Particular questions: read from their own files, checked, trained on and answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import yaml

from bot.knowledge.errors import Problem
from bot.knowledge.freshness import notices
from bot.knowledge.library import Library
from bot.knowledge.style import check_style
from bot.knowledge.training import training_files
from tests.knowledge.builders import SOURCE, KnowledgeFolder, questions
from tests.knowledge.test_checks import told

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def vac(name: str = "piano", **changes: Any) -> dict[str, Any]:
    made = {
        "id": name,
        "vraag": "Neemt u ook een piano mee?",
        "aspect": "voorwaarden",
        "antwoord": "Nee, een piano brengt u zelf weg. {gemeente} zegt u waarheen.",
        "voorbeeldvragen": questions(f"een {name} bij het grofvuil", 6),
        "vervolg": questions(f"ook een {name}", 2),
    }
    return made | changes


def library(folder: KnowledgeFolder) -> Library:
    assert folder.errors() == []
    return Library(folder.read().base, lambda: NOON)


def test_a_particular_question_has_an_answer_of_its_own(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.municipality()
    folder.write("vacs/grofvuil.yml", {"vacs": [vac()]})
    answer = library(folder).particular("grofvuil", "nemen jullie een piano mee", "duindorp")
    assert answer is not None
    assert answer.text == "Nee, een piano brengt u zelf weg. De gemeente Duindorp zegt u waarheen."
    assert (answer.vac, answer.aspect, answer.complete) == ("piano", "voorwaarden", True)
    assert answer.source_title is None, "the sources of the product say nothing of it"
    for general in ("grofvuil", "wat kost het", ""):
        assert library(folder).particular("grofvuil", general, "duindorp") is None


def test_it_stands_below_the_general_answer_with_its_question_above_it(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.write("vacs/grofvuil.yml", {"vacs": [vac()]})
    asked = library(folder).reply("grofvuil", "wat", "nemen jullie een piano mee")
    assert asked.text.startswith("Tekst over wat van grofvuil.\n\n**Neemt u ook een piano mee?**\n\nNee, een piano brengt u zelf weg.")
    assert (asked.vac, asked.aspect) == ("piano", "wat")
    assert library(folder).reply("grofvuil", "kosten", "nemen jullie een piano mee").vac is None, "who asks the price gets the price"


def test_another_body_that_does_it_is_named_below_the_answer(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.organisation()
    folder.municipality(instanties={"grofvuil": "cocensus"})
    folder.write("vacs/grofvuil.yml", {"vacs": [vac()]})
    answer = library(folder).particular("grofvuil", "nemen jullie een piano mee", "duindorp")
    assert answer is not None
    assert (answer.organisation, answer.text.count("Cocensus")) == ("cocensus", 1)


def test_its_sentences_train_what_they_are_about_and_a_follow_up_that_names_nothing_does_not(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.write("vacs/grofvuil.yml", {"vacs": [vac()]})
    blocks = yaml.safe_load(training_files(folder.read().base)["vacs/afval.yml"])["nlu"]
    assert [(block["intent"], block["metadata"]) for block in blocks] == [("ask_conditions", {"product": "grofvuil"})]
    assert blocks[0]["examples"].count("\n") == 6


def test_a_mistake_in_a_particular_question_is_explained(folder: KnowledgeFolder) -> None:
    folder.product()
    sentence = questions("grofvuil", 20)[0]
    twice = vac(voorbeeldvragen=[*questions("nog een piano", 6), sentence])
    folder.write("vacs/grofvuil.yml", {"vacs": [vac(), twice | {"vervolg": []}]})
    folder.write("vacs/grofvul.yml", {"vacs": [vac("orgel")]})
    errors = folder.errors()
    assert told(errors, 'id "piano" stands in this file 2 times')
    assert told(errors, 'the file is named after no product; did you mean "grofvuil"?')
    assert told(errors, "sentence stands twice")
    folder.write("vacs/grofvuil.yml", {"vacs": [vac(aspect="waarom", voorbeeldvragen=["een"])]})
    errors = folder.errors()
    assert told(errors, "voorbeeldvragen")
    assert told(errors, '"waarom" i')


def test_its_answer_is_held_against_the_rules_of_style(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.write("vacs/grofvuil.yml", {"vacs": [vac(antwoord="Nee. " * 61)]})
    problems: list[Problem] = check_style(folder.read().folder, folder.root)
    assert any("61 words" in problem.message for problem in problems), problems


def test_an_answer_that_nobody_looked_up_is_listed_and_one_with_a_source_shows_it(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.write("vacs/grofvuil.yml", {"vacs": [vac(), vac("orgel", antwoord="Een orgel ook niet.", bronnen=[SOURCE])]})
    found = [notice for notice in notices(folder.read().folder, NOON.date()) if notice.kind == "unsourced"]
    assert [notice.message for notice in found] == ["1 of 2 particular answers name no source (bronnen)"]
    answer = library(folder).particular("grofvuil", "mag een orgel ook mee")
    assert answer is not None
    assert answer.source_title == "De wet"
