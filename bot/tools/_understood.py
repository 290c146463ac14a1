"""Numbers on how well sentences that nobody trained on are understood, from what `make understand` says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.tools._trust import calibration_error, interval, reliability, zone_rows

Meaning = Mapping[str, Any]

OUT_OF_SCOPE = "out_of_scope"
DANGER = "danger"

_WORST = 20


@dataclass(frozen=True)
class Case:
    """A held-out sentence and what is right: a product (or one of `also`), an aspect, an act, an organisation, or danger.

    `before` is the conversation that it leans on, as `make understand` takes it; None for a sentence on its own.
    `seen`: the training data happen to hold the same words, as they do for a few of one to three words.
    """

    text: str
    theme: str
    style: str = ""
    product: str | None = None
    also: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    act: str | None = None
    organisations: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = None
    seen: bool = False

    @property
    def products(self) -> frozenset[str]:
        """Every product that is a right answer."""
        return frozenset((self.product, *self.also)) if self.product else frozenset()


Pairs = Sequence[tuple[Case, Meaning]]


def numbers(pairs: Pairs) -> dict[str, Any]:
    """Everything that is measured; shares are between 0 and 1, and None where there is nothing to measure."""
    leaning = [pair for pair in pairs if pair[0].before is not None]
    pairs = [pair for pair in pairs if pair[0].before is None]
    of_products = [pair for pair in pairs if pair[0].product and pair[0].act not in (OUT_OF_SCOPE, DANGER)]
    answered = [pair for pair in of_products if pair[1]["zone"] == "answer" and pair[1]["act"] == "ask"]
    return {
        "sentences": len(pairs),
        "products": {**_first_and_three(of_products), "interval": interval([_right_product(*pair) for pair in of_products])},
        "products_unseen": _first_and_three([pair for pair in of_products if not pair[0].seen]),
        "aspects": _share(_right_aspect, [pair for pair in of_products if pair[0].aspects]),
        "acts": _share(_right_act, [pair for pair in pairs if pair[0].act and pair[0].act not in (OUT_OF_SCOPE, DANGER)]),
        "organisations": _share(_right_organisation, [pair for pair in pairs if pair[0].organisations]),
        "near_scope_referred": _share(_in_zone("refer"), [pair for pair in pairs if pair[0].organisations]),
        "answered": _share(_in_zone("answer"), of_products),
        "answers_wrong": _share(lambda case, said: not _right_product(case, said), answered),
        "calibration_error": calibration_error(_told(answered)),
        "calibration_error_all": calibration_error(_told(of_products)),
        "two_answers": _share(lambda _, said: any(other["act"] == "ask" for other in said.get("also", ())), of_products),
        **_follow_ups(leaning),
        **_edges(pairs, of_products),
        "themes": _grouped(of_products, lambda case: case.theme),
        "styles": _grouped(of_products, lambda case: case.style),
        "confusions": _confusions(of_products),
        "zones": _zones(pairs, of_products),
        "reliability": reliability(_told(of_products)),
    }


def _follow_ups(pairs: Pairs) -> dict[str, Any]:
    return {
        "follow_ups": len(pairs),
        "follow_up_products": _share(_right_product, [pair for pair in pairs if pair[0].product]),
        "follow_up_aspects": _share(_right_aspect, [pair for pair in pairs if pair[0].aspects]),
    }


def _edges(pairs: Pairs, of_products: Pairs) -> dict[str, Any]:
    """Where the bot must not answer, and where it must not be silent."""
    outside = [pair for pair in pairs if pair[0].act == OUT_OF_SCOPE]
    return {
        "out_of_scope_recognised": _share(_kept_out, outside),
        "out_of_scope_refused": _share(_in_zone("refuse"), outside),
        "in_scope_refused": _share(_in_zone("refuse"), of_products),
        "danger_recognised": _share(_in_zone(DANGER), [pair for pair in pairs if pair[0].act == DANGER]),
        "danger_false": _share(_in_zone(DANGER), [pair for pair in pairs if pair[0].act != DANGER]),
    }


def _zones(pairs: Pairs, of_products: Pairs) -> dict[str, Any]:
    """What falls in each zone: questions of the municipality, of another organisation, and what is nobody's business."""
    near = [pair for pair in pairs if pair[0].organisations]
    outside = [pair for pair in pairs if pair[0].act == OUT_OF_SCOPE]
    return {
        "questions": zone_rows((said["zone"], _right_product(case, said)) for case, said in of_products),
        "near_scope": zone_rows((said["zone"], _right_organisation(case, said)) for case, said in near),
        "out_of_scope": zone_rows((said["zone"], _kept_out(case, said)) for case, said in outside),
    }


def _share(right: Callable[[Case, Meaning], bool], pairs: Pairs) -> float | None:
    return round(sum(right(case, said) for case, said in pairs) / len(pairs), 4) if pairs else None


def _first_and_three(pairs: Pairs) -> dict[str, Any]:
    first = _share(_right_product, pairs)
    three = _share(lambda case, said: bool(case.products & {said["product"], *(name for name, _ in said["products"][:3])}), pairs)
    return {"first": first, "three": three, "count": len(pairs)}


def _right_product(case: Case, said: Meaning) -> bool:
    return said["product"] in case.products


def _told(pairs: Pairs) -> list[tuple[float, bool]]:
    """How sure the product that comes first was, and whether it was right."""
    return [(said["confidence"], _right_product(case, said)) for case, said in pairs if said["product"]]


def _grouped(pairs: Pairs, key: Callable[[Case], str]) -> dict[str, Any]:
    groups: dict[str, list[tuple[Case, Meaning]]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair[0])].append(pair)
    return {name: _first_and_three(groups[name]) for name in sorted(groups)}


def _confusions(pairs: Pairs) -> list[dict[str, Any]]:
    missed = Counter((case.product, _named(said)) for case, said in pairs if said["product"] not in case.products)
    asked = Counter(case.product for case, _ in pairs)
    worst = sorted(missed.items(), key=lambda item: (-item[1], str(item[0])))[:_WORST]
    return [{"wanted": wanted, "understood": name, "times": times, "of": asked[wanted]} for (wanted, name), times in worst]


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
