"""The closed lists of the model fit each other."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from bot.model.knowledge import ASPECTS, INTENTS, QUESTION_GROUPS, AspectText
from bot.model.knowledge_base import KnowledgeBase
from bot.model.municipality import WEEKDAYS
from bot.text.wording import DAYS


def test_there_are_nine_aspects_and_two_acts() -> None:
    assert len(ASPECTS) == len(set(ASPECTS)) == 9
    assert set(QUESTION_GROUPS) - set(ASPECTS) == {"afspraak", "melden"}


def test_every_question_group_has_its_own_intent() -> None:
    assert tuple(INTENTS) == QUESTION_GROUPS
    assert len(set(INTENTS.values())) == len(QUESTION_GROUPS)


def test_the_days_of_the_files_are_the_days_people_read() -> None:
    assert WEEKDAYS == DAYS


def test_an_empty_base_shares_nothing_that_can_be_changed() -> None:
    with pytest.raises(TypeError):
        KnowledgeBase().messages["x"] = "y"  # type: ignore[index]


def test_values_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        AspectText("x").text = str(Decimal(1))  # type: ignore[misc]
