"""Every language has its texts, and what is told in it comes from a Dutch answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.checks import check_folder
from bot.knowledge.folder import read_folder
from bot.knowledge.loader import load_knowledge
from bot.knowledge.tongues import build_tongues
from bot.model.tongue import Tongue, TongueTopic

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
TONGUES = load_knowledge(KNOWLEDGE).tongues


def test_every_language_that_is_recognised_has_texts() -> None:
    assert set(TONGUES) == {"en", "de", "pl", "ar", "tr", "uk", "fr", "es"}
    assert all("{telefoon}" in tongue.phone for tongue in TONGUES.values())


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("how do I renew my passport?", "paspoort"),
        ("I just moved to Castricum", "verhuismelding"),
        ("when is my garbage collected", "afvalkalender"),
        ("What are your opening hours", "openingstijden"),
        ("I lost my driving license", "rijbewijs-verlengen"),
        ("can I exchange my driving licence", "rijbewijs-omwisselen"),
        ("I need an appointment", "afspraak"),
        ("my dog is lost", None),
        ("an appointment for a passport", "afspraak"),
    ],
)
def test_a_question_in_english_finds_its_topic(text: str, product: str | None) -> None:
    topic = TONGUES["en"].topic_of(text)
    assert (topic.product if topic else None) == product


def test_a_language_without_topics_finds_none() -> None:
    assert TONGUES["de"].topic_of("was kostet ein reisepass") is None


def test_two_topics_with_as_many_words_are_no_topic() -> None:
    topics = tuple(TongueTopic(name, "wat", frozenset({name}), "") for name in ("dog", "cat"))
    tongue = Tongue("en", "", "", "", {}, topics)
    assert tongue.topic_of("dog and cat") is None
    assert tongue.topic_of("dogs and a cat") == topics[1]


def test_a_topic_names_no_amount() -> None:
    assert not any("€" in topic.text or "euro" in topic.text.lower() for tongue in TONGUES.values() for topic in tongue.topics)


def test_a_topic_about_a_product_that_does_not_exist_is_told(tmp_path: Path) -> None:
    text = (
        (KNOWLEDGE / "talen.yml")
        .read_text("utf-8")
        .replace("product: paspoort", "product: paspoor")
        .replace("aspect: wanneer", "aspect: wan")
    )
    (tmp_path / "talen.yml").write_text(text, "utf-8")
    folder = read_folder(tmp_path)
    told = {problem.message for problem in check_folder(folder) if problem.path.endswith("talen.yml")}
    assert {'there is no product "paspoor"', 'there is no aspect "wan"'} <= told
    assert "en" in build_tongues(folder)
