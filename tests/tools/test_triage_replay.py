"""The replay: what another table would have done with the moments that were kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from bot.model.triage import Condition, Decision, Facts, Policy, Rule
from bot.store import conversations, decisions
from bot.tools.triage_replay import report

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
FACTS = Facts(act="ask_person", zone="person", municipality="castricum", team_open=True, agents=1, signs=frozenset({"upset"}))
REST = Rule("rest", "rest", ("callback",))
CHAT = Rule("boos", "boos", ("live_chat",), Condition(signs=frozenset({"upset"})))


async def _kept(database: Any) -> list[decisions.KeptDecision]:
    key = uuid4()
    async with database.transaction() as connection:
        await conversations.create(connection, key, "web", "castricum", None)
        decision = Decision("callback", (), "rest", "rest")
        await decisions.keep(connection, "m1", key, FACTS, decision, "v1", NOW)
        await decisions.keep(connection, "m1", key, replace(FACTS, misses=3), decision, "v1", NOW)
        await decisions.keep(connection, "m2", key, replace(FACTS, signs=frozenset()), decision, "v1", NOW)
        return await decisions.since(connection, NOW)


async def test_facts_are_kept_once_a_message_and_come_back_as_they_were(database: Any) -> None:
    assert [item.facts for item in await _kept(database)] == [FACTS, replace(FACTS, signs=frozenset())]


async def test_what_would_differ_is_counted_and_shown_without_words(database: Any) -> None:
    lines = list(report(await _kept(database), {None: Policy((CHAT, REST))}))
    assert lines[:2] == ["2 decisions, 1 would differ", "callback -> live_chat: 1"]
    assert "rest -> boos" in lines[2]
    assert "signs=upset" in lines[2]


async def test_the_same_table_changes_nothing(database: Any) -> None:
    assert list(report(await _kept(database), {None: Policy((REST,))})) == ["2 decisions, 0 would differ"]
