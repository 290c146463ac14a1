"""A part of the house is away: the citizen hears so within ten seconds, and gets the answer when it is back."""

from __future__ import annotations

import os
import signal
import time

import httpx
import pytest

from tests.house.running import Citizen, RunningHouse

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.mark.parametrize("part", ["engine", "worker", "actions"])
def test_the_citizen_is_told_in_time_and_answered_afterwards(house: RunningHouse, part: str) -> None:
    citizen = Citizen(house.url)
    citizen.answers()
    pid = house.pid_of(part)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # silent, not dead: the worst way to be away
    try:
        sent = time.monotonic()
        citizen.send(text="wat kost een paspoort")
        state = citizen.state(after=2, wait=12)
        told = time.monotonic() - sent
        assert [message["author"] for message in state["messages"]] == ["system"]
        assert state["typing"] is True
        assert told < 10
    finally:
        os.kill(pid, signal.SIGCONT)
    citizen.seen = state["messages"][-1]["seq"]
    assert [message["meta"]["product"] for message in citizen.answers(60)] == ["paspoort"]


def test_the_parts_that_are_away_are_named(house: RunningHouse) -> None:
    house.wait_until_ready(60)
    pid = house.pid_of("actions")
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        ready = httpx.get(f"{house.url}/readyz", timeout=15)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert ready.status_code == 503
    assert ready.json()["parts"]["actions"] == "away"
    assert ready.json()["parts"]["database"] == "ok"
    house.wait_until_ready(60)


def test_the_state_of_the_house_can_be_watched(house: RunningHouse) -> None:
    assert httpx.get(f"{house.url}/healthz").json() == {"status": "alive"}
    numbers = httpx.get(f"{house.url}/metrics").text
    for name in ("wegwijs_ack_seconds_bucket", "wegwijs_turns_owed", "wegwijs_live_connections", "wegwijs_messages_total"):
        assert name in numbers
