"""Whether a short message within a talk is about what was spoken of, whatever its words alone would be about."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.engine.nlu.leaning import LONGEST_REMARK, beside, elliptic, stands_for
from bot.engine.nlu.meaning import NO_SUBJECT, OUT_OF_SCOPE, Context, Scores, Thresholds
from bot.engine.nlu.signs import spelled_out

_SURE = 0.95
"""Beside the name of what was spoken of, the message must sound this clearly like that."""

_PLAINLY_OUTSIDE = 0.8
"""What is this clearly none of our business is so within a talk as well."""

_ITS_OWN = 0.98
"""What belongs to another organisation this clearly ("hoe vraag ik huurtoeslag aan") does so within a talk as well."""

_ARRANGES = re.compile(
    r"^\W*(?:(?:en|maar)\W+)?(?:hoe|waar)\s+(?:kan\s+|moet\s+)?(?:(?:ik|wij|we|je)\s+)?(?:vraag|regel|krijg|meld|geef|betaal)\b",
    re.IGNORECASE,
)

_LACKS = re.compile(r"^\W*(?:(?:en|maar|ja)\W+)?(?:(?:ik|wij|we)\s+)?(?:heb(?:ben)?\s+)?(?:geen|zonder)\b", re.IGNORECASE)
"""Who lacks something ("geen digid") does not ask for it."""

_ANOTHER = re.compile(r"^\W*(?:en|of)\W+(?:(?:de|het|een|ook)\s+)?[^\W\d_]+\W*$", re.IGNORECASE)
"""And then one word: the same about something else ("en plastic?")."""


def stays(text: str, context: Context, scores: Scores, score: Callable[[str], Scores], limits: Thresholds) -> Scores | None:
    """The scores of a message beside what was spoken of, where it is about that; None where its own words decide.

    "voor school" after a birth certificate names school transport, and "boete?" the judicial collection agency, when read alone.
    """
    if context.product is None or context.form is not None or len(text.split()) > LONGEST_REMARK:
        return None
    if not _elsewhere(text, context.product, scores, limits):
        return None
    together = score(beside(context.product, text))
    same = together.names == "product" and together.products[0][0] == context.product
    return together if same and together.subject_sure >= _SURE and together.outside < limits.out_of_scope else None


def arranges(text: str) -> bool:
    """Whether somebody asks how or where to arrange something ("hoe vraag ik huurtoeslag aan"): then they say what."""
    return _ARRANGES.match(text) is not None and not stands_for(text)


def _elsewhere(text: str, product: str, scores: Scores, limits: Thresholds) -> bool:
    """Whether the message alone would lead to something else, without saying so in full."""
    if scores.names == NO_SUBJECT:
        plainly = scores.intents[0][0] == OUT_OF_SCOPE and scores.intent_sure >= _PLAINLY_OUTSIDE
        return scores.outside >= limits.out_of_scope and not plainly
    if scores.names != "product":
        return scores.subject_sure < _ITS_OWN and not arranges(text)
    other = scores.products[0][0]
    named = _ANOTHER.match(text) is not None or elliptic(text) or spelled_out(other, text)
    return other != product and (not named or _LACKS.match(text) is not None)
