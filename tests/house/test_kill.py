"""Every process is killed in the middle of two hundred conversations: nothing is lost, doubled or out of order."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.house.running import Citizen, RunningHouse

QUESTIONS = {
    "paspoort": "wat kost een paspoort",
    "milieustraat": "waar is de milieustraat",
    "grofvuil": "hoe raak ik mijn grofvuil kwijt",
}
"""A question for each product; the product in the answer's metadata tells which question it answers."""

CONVERSATIONS = 200
VICTIMS = ("engine", "worker", "gateway", "actions", "database")

pytestmark = [pytest.mark.model, pytest.mark.slow]


def _converse(house: RunningHouse, number: int) -> list[str]:
    citizen = Citizen(house.url)
    time.sleep(number % 10 / 10)
    for question in QUESTIONS.values():
        citizen.send(text=question)
    limit = time.monotonic() + 150
    while time.monotonic() < limit:
        state = citizen.state()
        if not state["typing"]:
            seqs = [message["seq"] for message in state["messages"]]
            assert seqs == list(range(1, len(seqs) + 1))
            got = [message["meta"].get("product", "") for message in state["messages"] if message["author"] == "bot"][1:]
            if got != list(QUESTIONS):
                print(number, [(message["author"], message["text"][:60], message["meta"].get("product")) for message in state["messages"]])
            return got
        time.sleep(1)
    raise AssertionError("an answer is still owed")


def test_killing_every_process_loses_doubles_and_misorders_nothing(house: RunningHouse) -> None:
    finished = threading.Event()

    def kill_one_after_another() -> None:
        for victim in VICTIMS:
            if finished.wait(4):
                return
            house.kill(victim)

    killer = threading.Thread(target=kill_one_after_another)
    killer.start()
    with ThreadPoolExecutor(24) as pool:
        answered = list(pool.map(lambda number: _converse(house, number), range(CONVERSATIONS)))
    finished.set()
    killer.join()
    wanted = list(QUESTIONS)
    lost = sum(len(set(wanted) - set(got)) for got in answered)
    doubled = sum(len(got) - len(set(got)) for got in answered)
    misordered = sum([product for product in got if product in wanted] != wanted for got in answered)
    print(f"lost {lost}, doubled {doubled}, misordered {misordered}")
    assert (lost, doubled, misordered) == (0, 0, 0)
    house.wait_until_ready(60)
