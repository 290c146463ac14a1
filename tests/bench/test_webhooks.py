"""The load test of the webhooks, small: real processes, everything shuffled and repeated, the engine stopped in the second part."""

from __future__ import annotations

import pytest

from bench.webhook_load import Count
from bench.webhooks import Run, Steady, report, shuffled, steady

pytestmark = pytest.mark.slow

ALL = Count(stored=20, lost=0, doubled=0, citizens_in_order=4, late=0, unanswered=0, answered_twice=0)


async def test_nothing_is_lost_or_doubled_and_what_waits_together_is_read_in_order() -> None:
    run = await shuffled(4, 5, name="small", worker=False, spacing=0.0, ago=3600)
    assert run.webhooks > 20
    assert run.count == ALL


async def test_while_the_engine_is_stopped_everything_is_acknowledged() -> None:
    calm = await steady(5, 4)
    assert (calm.messages, calm.stored) == (20, 20)


def test_the_report_tells_what_was_measured() -> None:
    run = Run("small", 28, 1.0, 2.0, 12.3, ALL, citizens=4)
    text = report([run], Steady(20, 1, 2, 3, 4, 20, a_second=5), each=5)
    assert "| small | 28 | 28 | 12 ms | 2 s | 0 | 0 | 0 | 0 | 4 of 4 | 0 |" in text
    assert "4 citizens send 5 messages each" in text
    assert "5 messages a second: 20 acknowledged, 20 in the database" in text
