"""Numbers on how well sentences that nobody trained on are understood, from what `make understand` says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Meaning = Mapping[str, Any]

OUT_OF_SCOPE = "out_of_scope"
DANGER = "danger"

_BINS = 10
_WORST = 20


@dataclass(frozen=True)
class Case:
    """A held-out sentence and what is right: a product (or one of `also`), an aspect, an act, an organisation, or danger."""

    text: str
    theme: str
    style: str = ""
    product: str | None = None
    also: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    act: str | None = None
    organisations: tuple[str, ...] = ()

    @property
    def products(self) -> frozenset[str]:
        """Every product that is a right answer."""
        return frozenset((self.product, *self.also)) if self.product else frozenset()


Pairs = Sequence[tuple[Case, Meaning]]


def numbers(pairs: Pairs) -> dict[str, Any]:
    """Everything that is measured; shares are between 0 and 1, and None where there is nothing to measure."""
    of_products = [pair for pair in pairs if pair[0].product and pair[0].act not in (OUT_OF_SCOPE, DANGER)]
    answered = [pair for pair in of_products if pair[1]["zone"] == "answer" and pair[1]["act"] == "ask"]
    outside = [pair for pair in pairs if pair[0].act == OUT_OF_SCOPE]
    return {
        "sentences": len(pairs),
        "products": _first_and_three(of_products),
        "aspects": _share(_right_aspect, [pair for pair in of_products if pair[0].aspects]),
        "acts": _share(_right_act, [pair for pair in pairs if pair[0].act and pair[0].act not in (OUT_OF_SCOPE, DANGER)]),
        "organisations": _share(_right_organisation, [pair for pair in pairs if pair[0].organisations]),
        "near_scope_referred": _share(_in_zone("refer"), [pair for pair in pairs if pair[0].organisations]),
        "answered": _share(_in_zone("answer"), of_products),
        "answers_wrong": _share(lambda case, said: said["product"] not in case.products, answered),
        "calibration_error": calibration_error([(said["confidence"], said["product"] in case.products) for case, said in answered]),
        "out_of_scope_recognised": _share(_kept_out, outside),
        "out_of_scope_refused": _share(_in_zone("refuse"), outside),
        "in_scope_refused": _share(_in_zone("refuse"), of_products),
        "danger_recognised": _share(_in_zone(DANGER), [pair for pair in pairs if pair[0].act == DANGER]),
        "danger_false": _share(_in_zone(DANGER), [pair for pair in pairs if pair[0].act != DANGER]),
        "themes": _grouped(of_products, lambda case: case.theme),
        "styles": _grouped(of_products, lambda case: case.style),
        "confusions": _confusions(of_products),
    }


def calibration_error(told: Iterable[tuple[float, bool]]) -> float | None:
    """Expected calibration error: how far what was said to be sure and what was right lie apart, on average."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in told:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    count = sum(len(items) for items in bins.values())
    if not count:
        return None
    apart = (abs(sum(sure for sure, _ in items) - sum(right for _, right in items)) for items in bins.values())
    return round(sum(apart) / count, 4)


def table(found: Mapping[str, Any]) -> str:
    """The numbers as Markdown."""
    single = [(name, value) for name, value in found.items() if not isinstance(value, (dict, list))]
    lines = ["# How well sentences are understood that nobody trained on", "", "| what | value |", "|---|---|"]
    lines += [f"| products, {name} | {value} |" for name, value in found["products"].items()]
    lines += [f"| {name.replace('_', ' ')} | {value} |" for name, value in single]
    for kind in ("themes", "styles"):
        lines += ["", f"| {kind} | first | first three | sentences |", "|---|---|---|---|"]
        lines += [f"| {name} | {row['first']} | {row['three']} | {row['count']} |" for name, row in found[kind].items()]
    lines += ["", "| wanted | understood | times |", "|---|---|---|"]
    lines += [f"| {row['wanted']} | {row['understood']} | {row['times']} |" for row in found["confusions"]]
    return "\n".join(lines) + "\n"


def _share(right: Callable[[Case, Meaning], bool], pairs: Pairs) -> float | None:
    return round(sum(right(case, said) for case, said in pairs) / len(pairs), 4) if pairs else None


def _first_and_three(pairs: Pairs) -> dict[str, Any]:
    first = _share(lambda case, said: said["product"] in case.products, pairs)
    three = _share(lambda case, said: bool(case.products & {said["product"], *(name for name, _ in said["products"][:3])}), pairs)
    return {"first": first, "three": three, "count": len(pairs)}


def _grouped(pairs: Pairs, key: Callable[[Case], str]) -> dict[str, Any]:
    groups: dict[str, list[tuple[Case, Meaning]]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair[0])].append(pair)
    return {name: _first_and_three(groups[name]) for name in sorted(groups)}


def _confusions(pairs: Pairs) -> list[dict[str, Any]]:
    missed = Counter((case.product, _named(said)) for case, said in pairs if said["product"] not in case.products)
    return [{"wanted": wanted, "understood": name, "times": times} for (wanted, name), times in missed.most_common(_WORST)]


def _named(said: Meaning) -> str:
    return str(said["product"] or said["organisation"] or said["act"])


def _right_aspect(case: Case, said: Meaning) -> bool:
    return bool(said["aspect"] in case.aspects)


def _right_act(case: Case, said: Meaning) -> bool:
    return bool(said["act"] == case.act)


def _right_organisation(case: Case, said: Meaning) -> bool:
    return bool(said["organisation"] in case.organisations)


def _kept_out(case: Case, said: Meaning) -> bool:
    """Refused, referred, or given to a person: anything but an answer about a product or a guess which one."""
    return said["zone"] in ("refuse", "refer", "person", "smalltalk")


def _in_zone(zone: str) -> Callable[[Case, Meaning], bool]:
    return lambda _, said: bool(said["zone"] == zone)
