"""The rules for texts, at the line of the text."""

from __future__ import annotations

import pytest

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.style import check_style, read_rules
from tests.knowledge.builders import KnowledgeFolder, messages

LISTS = {"informeel": ["je"], "moeilijk": {"Indien": "als"}, "grenzen": {"woorden": 10, "woorden_meer": 20}}


def problems(folder: KnowledgeFolder) -> list[str]:
    folder.write("leesbaarheid.yml", LISTS)
    return [str(problem) for problem in check_style(folder.read().folder, folder.root)]


def test_a_right_folder_has_no_problems(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.organisation()
    folder.municipality()
    folder.local("duindorp", extra={"wat": "Hier ook op zondag."})
    assert problems(folder) == []


def test_a_hard_rule_is_an_error_at_its_line(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U neemt je pas mee.")
    lines = (folder.root / "products/grofvuil.yml").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "je pas" in text)
    assert problems(folder) == [f'[ERROR] knowledge/products/grofvuil.yml:{line}: kosten.tekst: "je": speak to the reader with u and uw']


def test_a_soft_rule_is_a_warning(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", nvt="Indien u niets betaalt.")
    [problem] = problems(folder)
    assert problem.startswith("[WARN]")
    assert problem.endswith('kosten.nvt: "indien" is jargon; write "als"')


def test_the_rest_may_be_longer_than_the_first_answer(folder: KnowledgeFolder) -> None:
    text = "Een twee drie vier vijf zes. Zeven acht negen tien elf twaalf."
    folder.aspect("grofvuil", "kosten", tekst="Kort.", meer=text)
    assert problems(folder) == []
    folder.aspect("grofvuil", "kosten", tekst=text)
    assert [problem.split(": ", 2)[-1] for problem in problems(folder)] == ["12 words; at most 10"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Het kost € 12.", "an amount ages"),
        ("Het kost 12 euro.", "an amount ages"),
        ("Bel 14 0251.", "a local telephone number"),
        ("Bel 0251 661 122.", "a local telephone number"),
        ("Kijk naar {prijs}.", "{prijs} is not filled in"),
        ("Dit geldt in 2026.", "a year ages"),
    ],
)
def test_a_national_text_has_no_facts_that_age_or_are_local(folder: KnowledgeFolder, text: str, message: str) -> None:
    folder.aspect("grofvuil", "kosten", tekst=text)
    assert any(message in problem for problem in problems(folder))


@pytest.mark.parametrize("text", ["Bel 0800 2000 of 112.", "Bel 088 123 45 67.", "Het duurt 2000 dagen.", "Kijk op {website}."])
def test_national_numbers_are_fine(folder: KnowledgeFolder, text: str) -> None:
    folder.aspect("grofvuil", "kosten", tekst=text)
    assert problems(folder) == []


def test_terms_organisations_and_messages_are_judged_too(folder: KnowledgeFolder) -> None:
    folder.amount("termijn", soort="termijn", tekst="Binnen je termijn.")
    folder.organisation("cocensus", doet="Doet je belasting.")
    folder.municipality()
    folder.product()
    folder.local("duindorp", extra={"wat": "Neem je pas mee."}, aspecten={"waar": {"tekst": "Bij je thuis."}})
    folder.write("berichten.yml", messages() | {"eigen": "Dag je."})
    assert sum("speak to the reader" in problem for problem in problems(folder)) == 5


def test_without_its_lists_the_limits_still_hold(folder: KnowledgeFolder) -> None:
    rules, rest = read_rules(folder.root)
    assert (rules.most_words, rules.longest_sentence, rest, dict(rules.jargon)) == (60, 25, 150, {})


def test_a_mistake_in_the_lists_is_explained(folder: KnowledgeFolder) -> None:
    folder.write("leesbaarheid.yml", {"moelijk": {}})
    with pytest.raises(KnowledgeError, match='key "moelijk" is unknown; did you mean "moeilijk"'):
        read_rules(folder.root)
