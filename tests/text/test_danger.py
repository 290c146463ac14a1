"""Danger is heard in what people really type, and nowhere else; checked with the words that are in use."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.danger import load_danger
from bot.text.danger import hear_danger, heard_sign

ROOT = Path(__file__).parents[2]
DANGER = load_danger(ROOT / "knowledge")


def sentences(name: str) -> list[tuple[str, str]]:
    """The sentences of a set as (heading, sentence)."""
    content = yaml.safe_load((ROOT / "tests" / "danger" / name).read_text(encoding="utf-8"))
    return [(heading, str(sentence)) for heading, listed in content.items() for sentence in listed]


UNSAFE, HARMLESS = sentences("danger.yml"), sentences("harmless.yml")


def test_every_danger_of_the_set_is_heard() -> None:
    missed = [f"{kind}: {text}" for kind, text in UNSAFE if hear_danger(text, DANGER) is None]
    assert not missed, "not heard:\n" + "\n".join(missed)


def test_nearly_every_danger_is_heard_as_its_own_kind() -> None:
    heard = [(kind, hear_danger(text, DANGER), text) for kind, text in UNSAFE]
    other = [f"{kind} as {found.kind}: {text}" for kind, found, text in heard if found is not None and found.kind != kind]
    assert len(other) <= len(UNSAFE) * 0.02, "\n".join(other)


def test_harmless_sentences_raise_no_alarm() -> None:
    heard = [(text, heard_sign(text, DANGER)) for _, text in HARMLESS]
    alarms = [f"{text}  <-  {found[0].name}: {found[1].pattern.source}" for text, found in heard if found is not None]
    assert not alarms, "false alarms:\n" + "\n".join(alarms)


def test_the_sets_are_large_and_share_nothing() -> None:
    unsafe, harmless = {text for _, text in UNSAFE}, {text for _, text in HARMLESS}
    assert len(unsafe) >= 1000
    assert len(harmless) >= 400
    assert not unsafe & harmless
    assert {kind for kind, _ in UNSAFE} == {kind.name for kind in DANGER.kinds}


@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: f"  {text}!!! ", lambda text: f"Hallo, {text}. Groetjes"], ids=str)
def test_capitals_and_greetings_hide_nothing(change: object) -> None:
    assert callable(change)
    missed = [text for _, text in UNSAFE if hear_danger(change(text), DANGER) is None]
    assert len(missed) <= len(UNSAFE) * 0.01, "\n".join(missed)


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
    started = time.perf_counter()
    hear_danger(text, DANGER)
    assert time.perf_counter() - started < 1


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
