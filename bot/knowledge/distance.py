"""Which of some places lies nearest, as the crow flies."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

Position = tuple[float, float]
"""Latitude and longitude in degrees."""

_EARTH_KM = 6_371.0


def kilometres(one: Position, other: Position) -> float:
    """The distance over the earth between two positions (haversine formula)."""
    (lat1, lon1), (lat2, lon2) = ((radians(degree) for degree in position) for position in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def nearest(places: Mapping[str, Position], position: Position, within_km: float) -> str | None:
    """The name of the nearest place; None when all are further away than `within_km`."""
    found = min(places.items(), key=lambda place: kilometres(place[1], position), default=None)
    return found[0] if found and kilometres(found[1], position) <= within_km else None
