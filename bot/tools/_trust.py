"""How far confidence can be trusted: calibration, what each zone gives, and how much of a number is chance."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

BINS = 10
SEED = 20_261
_DRAWS = 1_000
_EDGE = 25
"""Of a thousand draws the 25 lowest and highest are left out: 95 % lies between."""

Told = tuple[float, bool]
"""How sure it was, and whether it was right."""


def reliability(told: Iterable[Told]) -> list[dict[str, Any]]:
    """Ten bins of confidence: how many sentences, how sure they were on average, and how many of them were right."""
    bins: dict[int, list[Told]] = defaultdict(list)
    for sure, right in told:
        bins[min(int(sure * BINS), BINS - 1)].append((sure, right))
    return [
        {
            "from": number / BINS,
            "count": len(items),
            "sure": round(sum(sure for sure, _ in items) / len(items), 4),
            "right": round(sum(right for _, right in items) / len(items), 4),
        }
        for number, items in sorted(bins.items())
    ]


def calibration_error(told: Iterable[Told]) -> float | None:
    """Expected calibration error: how far what was said to be sure and what was right lie apart, on average."""
    told = list(told)
    apart = sum(row["count"] * abs(row["sure"] - row["right"]) for row in reliability(told))
    return round(apart / len(told), 4) if told else None


def interval(right: Sequence[bool]) -> list[float] | None:
    """Between which shares 95 % of samples of this size would lie (bootstrap from a fixed seed)."""
    if not right:
        return None
    chance = random.Random(SEED)  # noqa: S311 (statistics, not secrets)
    shares = sorted(sum(chance.choices(right, k=len(right))) / len(right) for _ in range(_DRAWS))
    return [round(shares[_EDGE], 4), round(shares[-_EDGE - 1], 4)]


def zone_rows(told: Iterable[tuple[str, bool]]) -> dict[str, dict[str, Any]]:
    """Of each zone: the share of the sentences that fall in it, and how often the product that comes first there is wrong."""
    zones: dict[str, list[bool]] = defaultdict(list)
    for zone, right in told:
        zones[zone].append(right)
    count = sum(len(items) for items in zones.values())
    return {
        zone: {"share": round(len(items) / count, 4), "wrong": round(1 - sum(items) / len(items), 4), "count": len(items)}
        for zone, items in sorted(zones.items(), key=lambda item: -len(item[1]))
    }
