"""Builds the triage table of each municipality, and checks that no moment is left without a way on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.knowledge.errors import Problem
from bot.knowledge.explain import did_you_mean
from bot.knowledge.folder import Folder, MunicipalityFolder, Sheet
from bot.knowledge.triage_schema import ChatHoursShape, ConditionShape, RuleShape, TriageLimitsShape, TriageShape
from bot.model.municipality import WEEKDAYS
from bot.model.triage import ALWAYS, ChatHours, Condition, Limits, Policy, Route, Rule, Sign
from bot.text.danger_pattern import Pattern, PatternError, read_pattern
from bot.text.danger_words import fold

ROUTE_OF: Mapping[str, Route] = {
    "antwoord": "answer",
    "doorvragen": "ask",
    "verwijzen": "refer",
    "chat": "live_chat",
    "terugbellen": "callback",
    "terugbellen_op_tijd": "callback_at",
    "balie": "counter",
    "huisbezoek": "home",
    "bericht": "note",
    "noodhulp": "emergency",
}
"""What the routes are called in triage.yml."""

SIGN_OF: Mapping[str, Sign] = {
    "vraagt_mens": "asks_person",
    "kan_niet_online": "cannot_online",
    "kan_niet_lezen": "cannot_read",
    "boos": "upset",
    "dringend": "urgent",
    "gevaar": "danger",
}
"""What the signs are called in triage.yml."""

FALLBACK = Policy(rules=(Rule("rest", "Er is geen regel.", ("callback",)),), version="none")
"""For a knowledge folder without triage.yml: a person calls back, always."""


def build_policies(folder: Folder) -> Mapping[str | None, Policy]:
    """The policy of every municipality by id, and the general one under None."""
    if folder.triage is None:
        return MappingProxyType({None: FALLBACK})
    general = folder.triage.shape
    by_name = {place.name: place for place in folder.municipalities}
    built: dict[str | None, Policy] = {None: _policy((general,))}
    for place in by_name.values():
        if not place.shared and place.main is not None:
            shared = by_name.get(place.main.shape.basis or "")
            built[place.name] = _policy((*_own(place), *_own(shared), general))
    return MappingProxyType(built)


def _own(place: MunicipalityFolder | None) -> tuple[TriageShape, ...]:
    return (place.triage.shape,) if place is not None and place.triage is not None else ()


def _policy(shapes: tuple[TriageShape, ...]) -> Policy:
    """One table of several, the most special first."""
    version = hashlib.sha256("".join(shape.model_dump_json() for shape in shapes).encode()).hexdigest()[:12]
    rules = tuple(_rule(rule) for shape in shapes for rule in shape.regels)
    hours = {team: _hours(week) for shape in reversed(shapes) for team, week in shape.chat_open.items()}
    words: dict[Sign, tuple[Pattern, ...]] = {}
    for shape in shapes:
        for name, written in shape.woorden.items():
            words[SIGN_OF[name]] = (*words.get(SIGN_OF[name], ()), *_patterns(written))
    return Policy(rules or FALLBACK.rules, _limits([shape.grenzen for shape in shapes]), hours, words, version)


def _patterns(written: tuple[str, ...]) -> Iterator[Pattern]:
    for source in written:
        try:
            yield read_pattern(fold(source), {})
        except PatternError:
            continue  # told by check_triage; the folder is refused


def _rule(shape: RuleShape) -> Rule:
    return Rule(shape.naam, shape.reden, tuple(ROUTE_OF[name] for name in shape.dan), _condition(shape.als))


def _condition(shape: ConditionShape) -> Condition:
    return Condition(
        signs=frozenset(SIGN_OF[name] for name in shape.signalen),
        themes=frozenset(shape.thema),
        products=frozenset(shape.product),
        preferred=frozenset(shape.voorkeur),
        zones=frozenset(shape.zone),
        acts=frozenset(shape.intentie),
        channels=frozenset(shape.kanaal),
        misses_from=shape.misverstanden_vanaf,
        confidence_below=shape.zekerheid_onder,
        wait_from=shape.wachttijd_vanaf,
        team_open=shape.team_open,
    )


def _hours(shape: ChatHoursShape) -> ChatHours:
    week = tuple(tuple((stretch.van, stretch.tot) for stretch in getattr(shape, day)) for day in WEEKDAYS)
    return ChatHours(week, shape.feestdagen_gesloten)


def _limits(shapes: list[TriageLimitsShape]) -> Limits:
    given: dict[str, int] = {}
    for shape in reversed(shapes):
        for ours, value in (
            ("longest_queue", shape.wachtrij_hoogstens),
            ("longest_wait", shape.wachttijd_hoogstens),
            ("long_wait", shape.wachttijd_lang),
        ):
            if value is not None:
                given[ours] = value
    return Limits(**given)


def check_triage(folder: Folder) -> Iterator[Problem]:
    """What is wrong in the tables: unknown names, words that cannot be read, a moment without a way on."""
    if folder.triage is not None:
        yield from _names(folder, folder.triage)
        yield from _ways_on(folder.triage)
    for place in folder.municipalities:
        if place.triage is not None:
            yield from _names(folder, place.triage)
            yield from _swallows(place.triage)


def _ways_on(sheet: Sheet[TriageShape]) -> Iterator[Problem]:
    rules, document = sheet.shape.regels, sheet.document
    if not rules:
        yield document.error("regels is empty; then nobody is helped on", "regels")
        return
    last = rules[-1]
    if last.als != ConditionShape():
        yield document.error("the last rule must hold always: leave out its als", "regels", len(rules) - 1)
    if not _is_always_possible(last):
        yield document.error("the last rule needs a route that is always there: terugbellen, bericht", "regels", len(rules) - 1)
    for index, rule in enumerate(rules[:-1]):
        if rule.als == ConditionShape() and _is_always_possible(rule):
            yield document.error("this rule always holds, so no rule below it is ever used", "regels", index)


def _swallows(sheet: Sheet[TriageShape]) -> Iterator[Problem]:
    for index, rule in enumerate(sheet.shape.regels):
        if rule.als == ConditionShape() and _is_always_possible(rule):
            yield sheet.document.error("this rule always holds, so the general rules are never used", "regels", index)


def _is_always_possible(rule: RuleShape) -> bool:
    return any(ROUTE_OF[name] in ALWAYS - {"emergency"} for name in rule.dan)


def _names(folder: Folder, sheet: Sheet[TriageShape]) -> Iterator[Problem]:
    yield from _rules(folder, sheet)
    teams = folder.themes.shape.teams if folder.themes else {}
    for team in sheet.shape.chat_open:
        if team not in teams:
            yield sheet.document.error(f'team "{team}" does not exist{did_you_mean(team, teams)}', "chat_open", team)
    yield from _words(sheet)


def _rules(folder: Folder, sheet: Sheet[TriageShape]) -> Iterator[Problem]:
    themes = folder.themes.shape.themas if folder.themes else {}
    document, seen = sheet.document, set()
    for index, rule in enumerate(sheet.shape.regels):
        if rule.naam in seen:
            yield document.error(f'rule "{rule.naam}" stands here twice', "regels", index)
        seen.add(rule.naam)
        for key, given, known in (("thema", rule.als.thema, themes), ("product", rule.als.product, folder.product_ids)):
            for name in set(given) - set(known):
                yield document.error(f'{key} "{name}" does not exist{did_you_mean(name, known)}', "regels", index, "als", key)


def _words(sheet: Sheet[TriageShape]) -> Iterator[Problem]:
    for sign, written in sheet.shape.woorden.items():
        for index, source in enumerate(written):
            try:
                read_pattern(fold(source), {})
            except PatternError as error:
                yield sheet.document.error(str(error), "woorden", sign, index)
