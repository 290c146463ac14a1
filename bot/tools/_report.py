"""Writes the numbers on understanding as a Markdown report, beside the pictures that `bench.plots` makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.tools._mistakes import shown

Found = Mapping[str, Any]

_NAMES = {
    "aspects": "aspect right (of the nine)",
    "acts": "act right (appointment, report, person, ...)",
    "near_scope_referred": "for another organisation: referred",
    "organisations": "for another organisation: the right one",
    "answered": "answered at once",
    "answers_wrong": "wrong among the direct answers",
    "calibration_error": "expected calibration error, direct answers",
    "calibration_error_all": "expected calibration error, all questions",
    "two_answers": "single questions that get a second answer",
    "follow_up_products": "follow-ups: product right",
    "follow_up_aspects": "follow-ups: aspect right",
    "out_of_scope_recognised": "out of scope: kept out",
    "out_of_scope_refused": "out of scope: refused at once",
    "in_scope_refused": "in scope: wrongly refused",
    "danger_recognised": "danger heard",
    "danger_false": "danger heard where there is none",
}
_READERS = {
    "wish": "aspect or act right, by the author's label",
    "wish_accepted": "aspect or act right, by the author or by both readers",
    "first": "a first reader's label, by the author's",
    "second": "a second reader's label, by the author's",
    "each_other": "both readers give the same label",
}
_COSTS = {
    "parse_p95_ms": "reading one message, 95 % take less (processor time)",
    "engine_mib": "memory of the engine with the model, at most",
    "training_seconds": "training the model, by the clock",
    "training_cpu_seconds": "training the model, processor time",
}
_OTHERS = {"second": "second author", "development": "third author (development)"}
"""The sets that stand beside the first, by the name of their folder; by the last one numbers are chosen."""

_UNITS = {"parse_p95_ms": "ms", "engine_mib": "MiB"}
_ERRORS = ("calibration_error", "calibration_error_all")
_ZONES = {
    "questions": "Questions about a product (wrong: the product is not the first)",
    "near_scope": "Questions for another organisation (wrong: not the right organisation)",
    "out_of_scope": "Out of scope (wrong: an answer, or a guess which product)",
}


def table(found: Found) -> str:
    """The report."""
    others = {name: found[name] for name in _OTHERS if found.get(name)}
    lines = [
        "# How well sentences are understood that nobody trained on",
        "",
        f"{found['sentences']} sentences of `tests/nlu` and {found['follow_ups']} follow-ups, by an author who saw neither",
        "training data nor answers. `make evaluate` writes this; the same model gives the same numbers.",
        *_of_others(others),
        *_of_readers(found),
        "[comparison.md](comparison.md) puts other models beside ours.",
        "",
        " | ".join(("| what", "share", *(_OTHERS[name] for name in others))) + " |",
        "|---|---|" + "---|" * len(others),
        *_side_by_side(_rows(found), [_rows(other) for other in others.values()]),
        *(f"| {name} | {found[key]} {_UNITS.get(key, 's')} |" for key, name in _COSTS.items() if key in found),
    ]
    for kind, title in _ZONES.items():
        lines += ["", f"## {title}", "", "| zone | share | wrong | sentences |", "|---|---|---|---|"]
        lines += [
            f"| {name} | {_share(row['share'])} | {_share(row['wrong'])} | {row['count']} |" for name, row in found["zones"][kind].items()
        ]
    lines += ["", "![How sure it was and how often it was right](reliability.png)"]
    for kind in ("themes", "styles"):
        lines += _groups(kind, found[kind])
    lines += ["", "## The pairs that are mixed up most", "", "![The pairs that are mixed up most](confusions.png)", ""]
    lines += ["| wanted | understood | times | of |", "|---|---|---|---|"]
    lines += [f"| {row['wanted']} | {row['understood']} | {row['times']} | {row['of']} |" for row in found["confusions"]]
    examples = others.get("development", found).get("mistakes")
    if examples:
        lines += [
            "",
            "## What still goes wrong",
            "",
            "Examples from the set by which numbers are chosen, spread evenly over it.",
            *shown(examples),
        ]
    return "\n".join(lines) + "\n"


def _of_others(others: Mapping[str, Found]) -> Iterable[str]:
    for name, other in others.items():
        yield f"`tests/nlu/{name}`: {other['sentences']} sentences and {other['follow_ups']} follow-ups by the {_OTHERS[name]}."


def _of_readers(found: Found) -> Iterable[str]:
    if found.get("readers"):
        yield "Two readers, who saw no label, said of each question and act what is wanted: people agree no further than they do."


def _rows(found: Found) -> dict[str, str]:
    products, unseen = found["products"], found["products_unseen"]
    low, high = products["interval"] or (0.0, 0.0)
    return {
        "right product first": _share(products["first"]),
        "right product first, 95 % of samples": f"{_share(low)} to {_share(high)}",
        "right product in the first three": _share(products["three"]),
        "right product first, sentences that are also in the training data left out": _share(unseen["first"]),
        **{name: str(found[key]) if key in _ERRORS else _share(found[key]) for key, name in _NAMES.items()},
        **{name: _share(found["readers"][key]) for key, name in _READERS.items() if found.get("readers")},
    }


def _side_by_side(rows: Mapping[str, str], others: Sequence[Mapping[str, str]]) -> Iterable[str]:
    yield from (f"| {name} | {value} |" + "".join(f" {other.get(name, '')} |" for other in others) for name, value in rows.items())


def _groups(kind: str, groups: Found) -> Iterable[str]:
    yield from ("", f"## By {kind[:-1]}", "", f"![Right product by {kind[:-1]}]({kind}.png)", "")
    yield from (f"| {kind[:-1]} | first | first three | sentences |", "|---|---|---|---|")
    yield from (f"| {name} | {_share(row['first'])} | {_share(row['three'])} | {row['count']} |" for name, row in groups.items())


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f} %"
