"""Triage: every moment has a way on, the same moment the same one, and nothing is offered that is not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.knowledge.loader import load_knowledge
from bot.model.triage import ALWAYS, ROUTES, SIGNS, Condition, Facts, Limits, Policy, Rule
from bot.settings import ROOT
from bot.triage.deciding import NoRoute, decide, is_possible

POLICY = load_knowledge(ROOT / "knowledge").policies[None]

OPEN = Facts(team_open=True, agents=2, municipality="castricum")
CLOSED = Facts(municipality="castricum")

THEMES = ("zorg", "werk-en-inkomen", "reisdocumenten", None)
PRODUCTS = ("schuldhulp", "wmo", "paspoort", None)

facts = some.builds(
    Facts,
    act=some.sampled_from(("ask_costs", "ask_person", "not_helped", "complain", "request_callback", "")),
    product=some.sampled_from(PRODUCTS),
    theme=some.sampled_from(THEMES),
    preferred=some.sampled_from(("click", "call", "face", None)),
    zone=some.sampled_from(("answer", "ask", "person", "refer", "danger", "smalltalk", "refuse")),
    confidence=some.floats(0, 1),
    misses=some.integers(0, 5),
    signs=some.frozensets(some.sampled_from(SIGNS)),
    can_answer=some.booleans(),
    can_ask=some.booleans(),
    can_refer=some.booleans(),
    team_open=some.booleans(),
    agents=some.integers(0, 5),
    waiting=some.integers(0, 60),
    expected_wait=some.none() | some.integers(0, 120),
    appointments=some.frozensets(some.sampled_from(("balie", "terugbellen", "huisbezoek", "video"))),
    counter_open=some.booleans(),
)

conditions = some.builds(
    Condition,
    signs=some.frozensets(some.sampled_from(SIGNS), max_size=2),
    themes=some.frozensets(some.sampled_from(("zorg", "reisdocumenten")), max_size=1),
    zones=some.frozensets(some.sampled_from(("answer", "ask", "person")), max_size=2),
    misses_from=some.integers(0, 2),
    confidence_below=some.none() | some.floats(0.1, 1),
    wait_from=some.none() | some.integers(0, 60),
    team_open=some.none() | some.booleans(),
)

rules = some.builds(
    Rule,
    name=some.just("made-up"),
    reason=some.just("made up"),
    routes=some.lists(some.sampled_from(ROUTES), min_size=1, max_size=4, unique=True).map(tuple),
    condition=conditions,
)

policies = some.builds(
    lambda first, limits: Policy((*first, Rule("rest", "rest", ("live_chat", "callback"))), limits),
    some.lists(rules, max_size=6),
    some.builds(Limits, some.integers(1, 50), some.integers(1, 60), some.integers(1, 20)),
)


@settings(max_examples=400, deadline=None)
@given(facts=facts, policy=some.just(POLICY) | policies)
def test_every_moment_has_a_way_on_that_is_there_and_always_the_same(facts: Facts, policy: Policy) -> None:
    decision = decide(facts, policy)
    assert decision == decide(replace(facts), policy)
    assert all(is_possible(route, facts, policy.limits) for route in (decision.route, *decision.others))
    assert decision.route not in decision.others
    assert decision.rule in {rule.name for rule in policy.rules}


@given(facts=facts)
def test_live_chat_needs_open_hours_an_agent_and_a_queue_that_ends(facts: Facts) -> None:
    if is_possible("live_chat", facts, Limits(longest_queue=10, longest_wait=30)):
        assert facts.team_open
        assert facts.agents
        assert facts.waiting < 10
        assert (facts.expected_wait or 0) <= 30


@given(facts=facts)
def test_what_is_always_there_is_always_there(facts: Facts) -> None:
    assert all(is_possible(route, facts, Limits()) for route in ALWAYS)


ASKED: dict[str, Any] = {"act": "ask_person", "zone": "answer"}


@pytest.mark.parametrize(
    ("moment", "route", "rule"),
    [
        (replace(OPEN, signs=frozenset({"danger"})), "emergency", "gevaar"),
        (replace(OPEN, **ASKED), "live_chat", "vraagt-een-mens"),
        (replace(CLOSED, **ASKED), "callback", "vraagt-een-mens"),
        (replace(CLOSED, **ASKED, appointments=frozenset({"terugbellen"})), "callback_at", "vraagt-een-mens"),
        (replace(OPEN, **ASKED, agents=0), "callback", "vraagt-een-mens"),
        (replace(OPEN, **ASKED, waiting=25), "callback", "vraagt-een-mens"),
        (replace(OPEN, **ASKED, expected_wait=60), "callback", "vraagt-een-mens"),
        (replace(OPEN, **ASKED, signs=frozenset({"cannot_read"})), "callback", "kan-niet-lezen"),
        (replace(OPEN, can_answer=True, product="paspoort", theme="reisdocumenten", preferred="click"), "answer", "gewoon-antwoord"),
        (replace(OPEN, can_answer=True, product="schuldhulp", theme="werk-en-inkomen", preferred="face"), "answer", "maatwerk"),
        (replace(OPEN, zone="ask", can_ask=True), "ask", "niet-zeker"),
        (replace(OPEN, zone="ask", can_ask=True, misses=1), "live_chat", "tweede-misverstand"),
        (replace(CLOSED, zone="ask", can_ask=True, misses=1), "callback", "tweede-misverstand"),
        (replace(OPEN, zone="ask", can_ask=True, signs=frozenset({"upset"})), "live_chat", "boos-en-niet-begrepen"),
        (replace(OPEN, zone="refer", can_refer=True), "refer", "ander-doet-het"),
        (replace(CLOSED, zone="refer"), "callback", "rest"),
    ],
)
def test_the_table_of_the_house(moment: Facts, route: str, rule: str) -> None:
    decision = decide(moment, POLICY)
    assert (decision.route, decision.rule) == (route, rule)


def test_personal_subjects_are_answered_with_a_person_beside_it() -> None:
    moment = replace(OPEN, can_answer=True, product="wmo", theme="zorg", preferred="face", appointments=frozenset({"huisbezoek"}))
    assert decide(moment, POLICY).others[:2] == ("home", "live_chat")


def test_a_table_without_a_way_out_is_an_error() -> None:
    with pytest.raises(NoRoute):
        decide(CLOSED, Policy((Rule("only", "only", ("live_chat",)),)))
