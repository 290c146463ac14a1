"""The counter nearest to a village, in the real knowledge base."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.knowledge.library import Library
from tests.appointments.town import real_base

NOW = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("said", "counter"),
    [
        ("Limmen", "gemeentehuis-castricum"),
        ("ik woon in Bergen aan Zee", "gemeentehuis-bergen"),
        ("Uitgeest", "gemeentehuis-uitgeest"),
        ("Heiloo", "gemeentehuis-heiloo"),
    ],
)
def test_the_nearest_counter_is_found(said: str, counter: str) -> None:
    found = Library(real_base(), lambda: NOW).counter_near(said)
    assert found is not None
    municipality, nearest = found
    assert nearest.id == counter
    assert nearest in municipality.counters


@pytest.mark.parametrize("said", ["Utrecht", "wat kost een paspoort?"])
def test_no_counter_is_near_what_is_no_village_of_ours(said: str) -> None:
    assert Library(real_base(), lambda: NOW).counter_near(said) is None
