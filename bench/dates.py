"""What reading days and times costs: `python -m bench.dates`; prints JSON.

`ordinary_ms` is over the sentences of the test tables. `long_ms` has messages of 5,000 signs that are meant to hurt; `ratio` is what
twice the length costs, from 1,000 to 2,000 signs (more is not read): 2 is as it should be, 4 looks back over all.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import yaml

from bot.clock import AMSTERDAM
from bot.text.choosing import Shown, pick
from bot.text.dates import read

TABLES = Path(__file__).parent.parent / "tests" / "text" / "dates"
NOW = datetime(2026, 11, 22, 10, tzinfo=AMSTERDAM)
TIMES = 5
HURTING = {
    "weekdays": "dinsdag ",
    "days or hours": "10-12 ",
    "clock times": "12:30 ",
    "digits": "1",
    "numbers": "1 2 ",
    "letters": "a",
    "letters and digits": "a1",
    "small words": "op en of de ",
    "refusals": "niet op ",
    "sides": "om rond na voor ",
    "halves": "half ",
    "commas": ",",
    "blanks": " ",
    "a story": "ik werk op maandag, dinsdag en donderdag, dus liefst woensdag na 3 uur. ",
    "pointing": "ik wil graag die dan maar ",
}


def measure() -> dict[str, object]:
    """Milliseconds of the processor, the best of a few times."""
    said = [case["say"] for table in sorted(TABLES.glob("*.yml")) for case in yaml.safe_load(table.read_text("utf-8"))["cases"]]
    ordinary = [_milliseconds(partial(read, text, NOW)) for text in said]
    shown = [Shown(NOW)]
    return {
        "sentences": len(said),
        "ordinary_ms": {"median": round(statistics.median(ordinary), 2), "most": round(max(ordinary), 2)},
        "long_ms": {name: _long(part) for name, part in HURTING.items()},
        "choosing_long_ms": round(
            max(_milliseconds(lambda part=part: pick(_text(part, 5000), shown, NOW)) for part in HURTING.values()), 1
        ),  # type: ignore[misc]
    }


def _long(part: str) -> dict[str, float]:
    one, two, long = (_milliseconds(partial(read, _text(part, length), NOW)) for length in (1000, 2000, 5000))
    return {"ms": round(long, 1), "ratio": round(two / one, 1)}


def _text(part: str, length: int) -> str:
    return (part * (length // len(part) + 1))[:length]


def _milliseconds(run: Callable[[], object]) -> float:
    run()
    best = float("inf")
    for _ in range(TIMES):
        started = time.thread_time()
        run()
        best = min(best, time.thread_time() - started)
    return best * 1000


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
