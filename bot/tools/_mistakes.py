"""Picks mistakes to show beside the numbers: which sentences still go wrong, of every kind some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.tools._understood import DANGER, OUT_OF_SCOPE, Case, Pairs

MOST = 8
"""So many of each kind."""

_TITLES = {
    "product": "Another product first",
    "aspect": "Another aspect of the right product",
    "act": "Not the act that was meant",
    "organisation": "Not the organisation that does it",
    "follow_up": "Follow-ups",
    "missed": "Danger that was not heard",
    "alarm": "Alarms about nothing",
}
_LONGEST = 140


def mistakes(pairs: Pairs, most: int = MOST) -> dict[str, list[dict[str, str]]]:
    """By kind, mistakes spread evenly over the set: the text, what was wanted and what was understood; the same for the same model."""
    found: dict[str, list[dict[str, str]]] = {kind: [] for kind in _TITLES}
    for case, said in pairs:
        kind = _kind(case, said)
        if kind is not None:
            found[kind].append({"text": case.text, "wanted": _wanted(case, kind), "understood": _understood(said)})
    return {kind: _spread(rows, most) for kind, rows in found.items() if rows}


def shown(found: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[str]:
    """The mistakes as Markdown, long texts cut."""
    for kind, rows in found.items():
        yield from ("", f"### {_TITLES[kind]}", "", "| message | wanted | understood |", "|---|---|---|")
        yield from (f"| {_cut(row['text'])} | {row['wanted']} | {row['understood']} |" for row in rows)


def _kind(case: Case, said: Mapping[str, Any]) -> str | None:
    """What went wrong; None when nothing did."""
    heard = said["zone"] == DANGER
    if case.act == DANGER or heard:
        return None if (case.act == DANGER) == heard else "alarm" if heard else "missed"
    kind, right = _judged(case, said)
    return None if right or case.act == OUT_OF_SCOPE else kind


def _judged(case: Case, said: Mapping[str, Any]) -> tuple[str, bool]:
    product = not case.product or said["product"] in case.products
    aspect = not case.aspects or said["aspect"] in case.aspects
    if case.before is not None:
        return "follow_up", product and aspect
    if case.organisations:
        return "organisation", said["organisation"] in case.organisations
    if case.act is not None:
        return "act", said["act"] == case.act
    return ("aspect", aspect) if product else ("product", False)


def _wanted(case: Case, kind: str) -> str:
    if kind == "organisation":
        return case.organisations[0]
    if kind in ("missed", "alarm"):
        return "danger" if kind == "missed" else "no danger"
    return " ".join(filter(None, (case.act, case.product, "/".join(case.aspects))))


def _understood(said: Mapping[str, Any]) -> str:
    act = said["act"] if said["act"] != "ask" else None
    return " ".join(filter(None, (act, said["organisation"] or said["product"], said["aspect"], f"({said['zone']})")))


def _spread(rows: Sequence[dict[str, str]], most: int) -> list[dict[str, str]]:
    return [rows[place * len(rows) // most] for place in range(most)] if len(rows) > most else list(rows)


def _cut(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "/")
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rsplit(' ', 1)[0]} ..."
