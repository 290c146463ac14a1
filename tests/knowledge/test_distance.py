from __future__ import annotations

import pytest

from bot.knowledge.distance import kilometres, nearest

AMSTERDAM, ROTTERDAM = (52.3731, 4.8922), (51.9225, 4.4792)
PLACES = {"Heiloo": (52.60, 4.70), "Castricum": (52.55, 4.66)}


def test_a_known_distance_is_right() -> None:
    assert kilometres(AMSTERDAM, ROTTERDAM) == pytest.approx(57, abs=1)
    assert kilometres(AMSTERDAM, AMSTERDAM) == 0


def test_the_nearest_place_is_found_and_a_far_one_is_not() -> None:
    assert nearest(PLACES, (52.595, 4.71), within_km=10) == "Heiloo"
    assert nearest(PLACES, AMSTERDAM, within_km=10) is None
    assert nearest({}, AMSTERDAM, within_km=10) is None
