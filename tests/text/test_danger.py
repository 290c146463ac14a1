"""Danger is heard in what people really type, and nowhere else; checked with the words that are in use."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.danger import load_danger
from bot.knowledge.danger_lessons import HARMLESS as HARMLESS_LABEL
from bot.knowledge.danger_lessons import lessons
from bot.text.danger import hear_danger, heard_sign

ROOT = Path(__file__).parents[2]
DANGER = load_danger(ROOT / "knowledge")

MUST_BE_QUIET = (
    "ik ga dood van het lachen",
    "een moordprijs voor een paspoort",
    "brandgang",
    "slaan er jongeren rond?",
    "ik ga dood van de honger",
    "de buurman stookt hout",
    "doodsoorzaak",
    "geweldig",
    "1",
    "12",
    "en als hij dat niet doet",
    "en als hij dood gaat",
    "ik doe het straks wel",
    "ik wil mezelf uitschrijven",
    "er brand een lamp niet",
    "wanneer gaat de sirene",
    "brandvergunning",
    "hond doodgereden",
    "mijn man is overleden",
    "euthanasieverklaring",
    "wapenvergunning",
)


def sentences(name: str) -> list[tuple[str, str]]:
    """The sentences of a set as (heading, sentence)."""
    content = yaml.safe_load((ROOT / "tests" / "danger" / name).read_text(encoding="utf-8"))
    return [(heading, str(sentence)) for heading, listed in content.items() for sentence in listed]


UNSAFE, HARMLESS = sentences("danger.yml"), sentences("harmless.yml")
TAUGHT = list(lessons(ROOT / "knowledge", tuple(kind.name for kind in DANGER.kinds)))


def test_danger_that_it_did_not_learn_from_is_heard() -> None:
    missed = [f"{kind}: {text}" for kind, text in UNSAFE if hear_danger(text, DANGER) is None]
    assert len(missed) <= len(UNSAFE) * 0.02, "not heard:\n" + "\n".join(missed)


def test_hardly_any_danger_that_it_learned_from_is_missed() -> None:
    missed = [lesson.text for lesson in TAUGHT if lesson.label != HARMLESS_LABEL and hear_danger(lesson.text, DANGER) is None]
    assert len(missed) <= len(TAUGHT) * 0.001, "not heard:\n" + "\n".join(missed)


def test_danger_is_mostly_heard_as_its_own_kind() -> None:
    heard = [(kind, hear_danger(text, DANGER), text) for kind, text in UNSAFE]
    other = [f"{kind} as {found.kind}: {text}" for kind, found, text in heard if found is not None and found.kind != kind]
    assert len(other) <= len(UNSAFE) * 0.1, "\n".join(other)


def test_harmless_sentences_raise_hardly_any_alarm() -> None:
    alarms = [text for _, text in HARMLESS if hear_danger(text, DANGER) is not None]
    assert len(alarms) <= len(HARMLESS) * 0.03, "false alarms:\n" + "\n".join(alarms)


def test_ordinary_questions_in_other_languages_raise_no_alarm() -> None:
    asked = yaml.safe_load((ROOT / "tests" / "languages" / "messages.yml").read_text(encoding="utf-8"))
    alarms = [text for texts in asked.values() for text in texts if hear_danger(str(text), DANGER) is not None]
    assert len(alarms) <= 3, "false alarms:\n" + "\n".join(alarms)


@pytest.mark.parametrize("text", MUST_BE_QUIET)
def test_these_never_raise_an_alarm(text: str) -> None:
    assert hear_danger(text, DANGER) is None


def test_a_pattern_counts_for_nothing_where_the_whole_sounds_harmless() -> None:
    assert DANGER.weights is not None
    deaf = replace(DANGER, weights=replace(DANGER.weights, deny=1_000.0, hear=1_000.0))
    assert heard_sign("er is brand in huis", deaf) is not None
    assert hear_danger("er is brand in huis", deaf) is None


def test_danger_in_the_middle_of_a_long_story_is_heard() -> None:
    story = "ik wil graag weten hoe het zit met mijn aanvraag voor een nieuw paspoort want ik ga in mei op reis met mijn gezin. " * 3
    assert hear_danger(f"{story} mijn man slaat mij en de kinderen en ik durf niet naar huis. {story}", DANGER) is not None
    assert hear_danger(story * 2, DANGER) is None


@pytest.mark.parametrize(("text", "word"), [("my house is on fire and we are in it", "Fire?"), ("mijn huis staat in brand", "Is er brand")])
def test_the_answer_without_a_pattern_is_in_the_language_of_the_message(text: str, word: str) -> None:
    without = replace(DANGER, kinds=tuple(replace(kind, signs=()) for kind in DANGER.kinds))
    found = hear_danger(text, without)
    assert found is not None
    assert found.answer.startswith(word)


def test_the_sets_are_large_and_share_nothing() -> None:
    taught = {lesson.text.lower() for lesson in TAUGHT}
    unsafe, harmless = {text for _, text in UNSAFE}, {text for _, text in HARMLESS}
    assert len(unsafe) >= 200
    assert len(harmless) >= 280
    assert len(taught) >= 8_000
    assert not unsafe & harmless
    assert len({text for text in unsafe | harmless if text.lower() in taught}) <= 60
    assert {kind for kind, _ in UNSAFE} == {kind.name for kind in DANGER.kinds}


_CHANGES = {
    "upper": str.upper,
    "title": str.title,
    "loud": lambda text: f"  {text}!!! ",
    "greeted": lambda text: f"Hallo, {text}. Groetjes",
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_capitals_and_greetings_hide_nothing(change: object) -> None:
    assert callable(change)
    missed = [text for _, text in UNSAFE if hear_danger(change(text), DANGER) is None]
    assert len(missed) <= len(UNSAFE) * 0.03, "\n".join(missed)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ik wil dood", "113"),
        ("ik heb een strip pillen ingenomen", "112"),
        ("i want to kill myself", "113"),
        ("mama doet mij pijn", "0800-0432"),
        ("mijn buren slaan hun kind", "0800-2000"),
        ("mijn man slaat mij", "0800-2000"),
        ("er staat een man met een mes voor de deur", "112"),
        ("my husband beats me", "0800-2000"),
        ("mijn kind krijgt geen lucht", "112"),
        ("er is brand", "112"),
        ("ik ruik gas", "0800-9009"),
        ("co melder gaat af", "112"),
        ("hij zegt dat hij me iets aandoet als ik wegga", "0800-2000"),
        ("hulp mijn vriendin gaat dood", "112"),
        ("ich will sterben", "113"),
    ],
)
def test_the_answer_has_the_right_number(text: str, number: str) -> None:
    found = hear_danger(text, DANGER)
    assert found is not None
    assert f"**{number}**" in found.answer


@pytest.mark.parametrize(
    "typed",
    [
        "ik wil dooooood",
        "Ik Wil Dóód",
        "ikwil niet meer leven",
        "mijnman slaatmij",
        "zelf moord",
        "z3lfmoord",
        "ik wil nietmeer leven",
        "mn man slat mij",
    ],
)
def test_a_hasty_hand_is_understood(typed: str) -> None:
    assert hear_danger(typed, DANGER) is not None


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_it_fail(text: str) -> None:
    hear_danger(text, DANGER)


@given(st.lists(st.sampled_from(sorted(DANGER.speller.vocabulary)), max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_row_of_known_words_makes_it_fail(words: list[str]) -> None:
    hear_danger(" ".join(words), DANGER)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet " * 170_000,
        "a" * 2_000_000,
        "mijn man hij ik me niet meer " * 70_000,
        "é́" * 1_000_000,
        "\n" * 2_000_000,
        "slaatmijnman" * 170_000,
    ],
    ids=["words of danger", "one word", "actors", "accents", "blank lines", "glued words"],
)
def test_two_megabytes_take_less_than_a_second(text: str) -> None:
    started = time.process_time()
    hear_danger(text, DANGER)
    assert time.process_time() - started < 1


def test_danger_is_heard_at_both_ends_of_a_long_text() -> None:
    rest = "ik heb een vraag over mijn paspoort " * 5_000
    assert hear_danger("er is brand in mijn huis " + rest, DANGER) is not None
    assert hear_danger(rest + " er is brand in mijn huis", DANGER) is not None


def test_a_message_takes_less_than_a_millisecond() -> None:
    texts = [text for _, text in (*UNSAFE, *HARMLESS)]
    started = time.process_time()
    for text in texts:
        hear_danger(text, DANGER)
    assert (time.process_time() - started) / len(texts) < 0.001
