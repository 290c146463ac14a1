"""A small run of the bench: real processes die under real conversations, and nothing is lost, doubled or out of order."""

from __future__ import annotations

import pytest

from bench.live_under_kill import Outcome, Plan, play

pytestmark = pytest.mark.slow


async def test_nothing_of_live_conversations_is_lost_when_gateway_worker_and_desks_die() -> None:
    outcome = await play(Plan(conversations=12, each=5, at_once=4, pause=1.0, kills=4, every=2.0))
    assert (outcome.lost.total(), outcome.doubled.total(), outcome.misordered.total()) == (0, 0, 0)
    assert set(outcome.killed) == {"gateway", "worker", "desk connection"}
    assert outcome.killed["gateway"] >= 1


def test_the_comparison_itself_sees_what_is_wrong() -> None:
    outcome = Outcome()
    right = [
        (1, "bot", "welkom"),
        (2, "citizen", "citizen 0"),
        (3, "agent", "agent 0"),
        (4, "citizen", "citizen 1"),
        (5, "agent", "agent 1"),
    ]
    outcome.check("right", right, 2)
    assert outcome.wrong == 0
    outcome.check("lost", right[:4], 2)
    outcome.check("doubled", [*right, right[-1]], 2)
    outcome.check("misordered", [right[0], right[3], right[2], right[1], right[4]], 2)
    assert outcome.lost["lost"] == 1
    assert outcome.doubled["doubled"] >= 1
    assert outcome.misordered["misordered"] >= 1
