"""Which sentences ask to know something."""

from __future__ import annotations

import pytest

from bot.text.questions import asks_to_know


@pytest.mark.parametrize(
    "said", ["wat kost dat", "En hoe lang duurt het?", "wie haalt het onkruid weg", "oh, is het gratis", "moet ik mijn naam noemen"]
)
def test_that_asks_to_know(said: str) -> None:
    assert asks_to_know(said)


@pytest.mark.parametrize(
    "said", ["Dorpsstraat 10", "kunnen jullie het onkruid weghalen?", "de stoep is stuk", "ik weet niet hoe laat het is", "watersnood"]
)
def test_that_does_not(said: str) -> None:
    assert not asks_to_know(said)
