"""The real knowledge folder: what must hold while it is still being written, and (once it is complete) that it is right."""

from __future__ import annotations

from datetime import date, datetime, timezone
from time import process_time

import pytest

from bot.knowledge.freshness import notices
from bot.knowledge.library import Library
from bot.knowledge.loader import Reading, read_knowledge
from bot.knowledge.messages import REQUIRED
from bot.knowledge.places import PlaceFinder
from bot.knowledge.style import read_rules
from bot.knowledge.training import training_files
from bot.model.knowledge import ASPECTS
from bot.settings import ROOT
from bot.text.readability import judge
from bot.text.wording import euro

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)
MUNICIPALITIES = (None, "bergen", "castricum", "heiloo", "uitgeest")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_knowledge(ROOT / "knowledge")


@pytest.fixture(scope="module")
def library(reading: Reading) -> Library:
    return Library(reading.base, lambda: NOW)


def test_reading_everything_takes_less_than_three_seconds_of_the_processor() -> None:
    start = process_time()
    read_knowledge(ROOT / "knowledge")
    assert process_time() - start < 3


def test_the_messages_are_complete_and_readable(reading: Reading) -> None:
    assert [str(problem) for problem in reading.errors if problem.path == "knowledge/berichten.yml"] == []
    assert REQUIRED.keys() <= reading.base.messages.keys()
    rules, _ = read_rules(ROOT / "knowledge")
    hard = {key: judge(text, rules) for key, text in reading.base.messages.items()}
    assert {key: found for key, found in hard.items() if any(item.hard for item in found)} == {}


def test_every_answer_can_be_given_everywhere(library: Library) -> None:
    for product in library.products():
        for aspect in ASPECTS:
            for municipality in MUNICIPALITIES:
                answer = library.answer(product.id, aspect, municipality)
                assert answer.text.strip()
                assert "{" not in answer.text + (answer.more or "")
                assert all(link.url for link in answer.links)


def test_every_organisation_can_be_referred_to(library: Library) -> None:
    for organisation in library.organisations():
        for municipality in MUNICIPALITIES:
            referral = library.referral(organisation.id, municipality)
            assert "{" not in referral.text


def test_no_example_and_no_expired_fact_is_ever_told(reading: Reading, library: Library) -> None:
    for place in reading.base.municipalities.values():
        texts = " ".join(library.answer(item.id, aspect, place.id).text for item in library.products() for aspect in ASPECTS)
        assert [contact.value for contact in place.contacts.values() if contact.example and contact.value in texts] == []
        untrue = [counter for counter in place.counters if counter.example or counter.example_hours]
        assert [counter.name for counter in untrue if f"**{counter.name}**\n- " in texts] == []


def test_no_maximum_is_told_as_a_price(reading: Reading, library: Library) -> None:
    maxima = {euro(item.euro) for items in reading.base.amounts.values() for item in items if item.kind == "maximum" and item.euro}
    prices = {euro(price.euro) for place in reading.base.municipalities.values() for price in place.prices}
    fees = {euro(item.euro) for items in reading.base.amounts.values() for item in items if item.kind == "bedrag" and item.euro}
    for product in library.products():
        for municipality in MUNICIPALITIES:
            text = library.answer(product.id, "kosten", municipality).text
            assert [amount for amount in maxima - prices - fees if amount in text] == []


def test_every_place_points_at_its_municipality(reading: Reading) -> None:
    finder = PlaceFinder(reading.base.municipalities.values())
    names = [(place.name, home.id) for home in reading.base.municipalities.values() for place in home.places]
    lost = {name: finder.find(f"ik woon in {name}") for name, home in names if finder.find(f"ik woon in {name}") not in (home, None)}
    assert lost == {}


def test_training_data_can_be_made(reading: Reading) -> None:
    files = training_files(reading.base)
    assert all(content.startswith("# Generated") for content in files.values())


def test_freshness_can_be_told(reading: Reading) -> None:
    assert all(notice.line > 0 for notice in notices(reading.folder, date(2026, 11, 23)))
