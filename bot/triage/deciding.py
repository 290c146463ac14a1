"""The decision itself: the first rule that holds and has a route that is possible now."""

from __future__ import annotations

from bot.errors import BotError
from bot.model.triage import ALWAYS, Condition, Decision, Facts, Limits, Policy, Route


class NoRoute(BotError):
    """A table without a way out; the checks of the knowledge folder let none through."""


def decide(facts: Facts, policy: Policy) -> Decision:
    """The same facts and policy always give the same decision, and its routes are all possible now. Raises NoRoute."""
    for rule in policy.rules:
        if not holds(rule.condition, facts):
            continue
        routes = tuple(route for route in rule.routes if is_possible(route, facts, policy.limits))
        if routes:
            return Decision(routes[0], routes[1:], rule.name, rule.reason)
    raise NoRoute("no rule of the table can be followed")


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether every part of `condition` fits these facts."""
    lists = (
        (condition.signs, facts.signs),
        (condition.themes, {facts.theme}),
        (condition.products, {facts.product}),
        (condition.preferred, {facts.preferred}),
        (condition.zones, {facts.zone}),
        (condition.acts, {facts.act}),
        (condition.channels, {facts.channel}),
    )
    if any(wanted and not wanted & found for wanted, found in lists):
        return False
    return _numbers_hold(condition, facts)


def _numbers_hold(condition: Condition, facts: Facts) -> bool:
    if facts.misses < condition.misses_from:
        return False
    if condition.confidence_below is not None and facts.confidence >= condition.confidence_below:
        return False
    if condition.wait_from is not None and (facts.expected_wait is None or facts.expected_wait < condition.wait_from):
        return False
    return condition.team_open is None or condition.team_open == facts.team_open


def is_possible(route: Route, facts: Facts, limits: Limits) -> bool:
    """Whether this route is there now; nothing is offered that is not."""
    if route in ALWAYS:
        return True
    if route == "live_chat":
        return _somebody_answers(facts, limits)
    return {
        "answer": facts.can_answer,
        "ask": facts.can_ask,
        "refer": facts.can_refer,
        "callback_at": "terugbellen" in facts.appointments,
        "counter": "balie" in facts.appointments or facts.counter_open,
        "home": "huisbezoek" in facts.appointments,
    }[route]


def _somebody_answers(facts: Facts, limits: Limits) -> bool:
    soon = facts.expected_wait is None or facts.expected_wait <= limits.longest_wait
    return facts.team_open and facts.agents > 0 and facts.waiting < limits.longest_queue and soon
