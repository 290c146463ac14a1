"""Reads a whole message, which may hold more than one question: the first is what it means, the others come along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.engine.nlu.clauses import bare, plainly, questions, twins
from bot.engine.nlu.meaning import Context, Scores, Thresholds, Understanding
from bot.engine.nlu.moment import Score, understand
from bot.engine.nlu.signs import points_back
from bot.text.references import read_reference

WISHES = ("book", "move", "cancel", "report", "person")
"""Acts that stand beside a question as a wish of their own."""

SURE_WISH = 0.6
SURE_ASPECT = 0.5
"""A part of a message must be this clear about what is wanted."""

LONGEST_WITH_CODE = 2
"""Words of a message that is a code alone ("code AF-7K4M2P"); with more it says itself what to do with it."""

POINTED_AT = 0.01
NEAREST = 2
"""The whole message must point at a product that a part of it is about: at least this much, or as one of its nearest."""

UNCLEAR = ("ask", "person")
"""Zones in which the bot would ask, or bring in a person."""

Read = Callable[[str, Context], Understanding]


@dataclass(frozen=True)
class _Part:
    """A part of a message: what it means, and how sure the models are of what is wanted."""

    meaning: Understanding
    sure: float

    @property
    def answers(self) -> bool:
        """Whether it asks something that can be answered."""
        return self.meaning.act == "ask" and self.meaning.zone == "answer" and self.meaning.product is not None


def read_message(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding:
    """What a message means at this moment, with everything else that it asks in `also`."""
    if context.form is None and read_reference("M", text):
        # Somebody names a report by its number: they want to know how it stands.
        return Understanding("report_status", "status", None, None, (), None, 1.0, "answer")
    if context.form is None and _is_code(text):
        return _of_code(text)
    seen = lru_cache(maxsize=None)(score)
    plain = plainly(bare(text))
    whole = understand(plain, context, seen, limits)
    if context.form is not None:
        return whole
    parts = questions(plain)
    if len(parts) > 1:
        pointed = _pointed_at(seen(plain)) | {f"product:{context.product}"}
        found = _of_questions(parts, context, seen, limits, pointed)
    else:
        found = _of_twins(plain, seen, limits)
    if whole.zone in UNCLEAR and context.missed:
        return _with_what_was_said(plain, whole, context, seen, limits)
    wished = whole.act in WISHES and whole.act in {reading.act for reading in found}
    clear = whole.zone == "answer" and not wished and whole.product not in {reading.product for reading in found}
    if len(found) < 2 or clear:
        return whole
    return replace(found[0], also=tuple(found[1:]))


def _is_code(text: str) -> bool:
    """Whether a message is the code of an appointment or a call-back and no more than a word with it."""
    return bool(read_reference("AF", text) or read_reference("TB", text)) and len(text.split()) <= LONGEST_WITH_CODE


def _of_code(text: str) -> Understanding:
    """Who names nothing but a code wants to see the appointment, or to know how the call-back stands."""
    intent, act = ("view_appointment", "view") if read_reference("AF", text) else ("callback_status", "status")
    return Understanding(intent, act, None, None, (), None, 1.0, "answer")


def _with_what_was_said(text: str, alone: Understanding, context: Context, score: Score, limits: Thresholds) -> Understanding:
    """A message that is not clear after one that was not clear either: perhaps they are so together."""
    if not context.said:
        return alone
    together = understand(f"{context.said} {text}", replace(context, product=None), score, limits)
    return together if _Part(together, 1.0).answers and together.product in {name for name, _ in score(context.said).products} else alone


def _pointed_at(scores: Scores) -> set[str]:
    return {name for place, (name, share) in enumerate(scores.subjects) if place < NEAREST or share >= POINTED_AT}


def _of_questions(parts: list[str], context: Context, score: Score, limits: Thresholds, pointed: set[str]) -> list[Understanding]:
    """What each part asks, in the light of the part before it (or after it, when that is where the subject stands); questions first."""

    def read(text: str, moment: Context) -> _Part:
        return _Part(understand(text, moment, score, limits), score(text).intent_sure)

    moment, found = context, []
    for text in parts:
        part = _same_again(text, read(text, moment), moment, score)
        found.append(part)
        if part.answers:
            moment = replace(context, product=part.meaning.product, aspect=part.meaning.aspect)
    named = next((part.meaning.product for part in found if part.answers), None)
    if named is not None and points_back(parts[0]) and not _stands(found[0], pointed):
        found[0] = read(parts[0], replace(context, product=named, aspect=None))
    kept = [part.meaning for part in found if _stands(part, pointed)]
    different = list({(reading.intent, reading.product, reading.organisation): reading for reading in reversed(kept)}.values())[::-1]
    return sorted(different, key=lambda reading: reading.act in WISHES)


def _same_again(text: str, part: _Part, moment: Context, score: Score) -> _Part:
    """A part that is about the product before it, when it sounds so beside its name ("en moet ik dan een vergunning hebben?")."""
    if not part.answers or moment.product is None or part.meaning.product == moment.product:
        return part
    beside = score(f"{moment.product.replace('-', ' ')} {text}")
    return (
        replace(part, meaning=replace(part.meaning, product=moment.product))
        if beside.subjects[0][0] == f"product:{moment.product}"
        else part
    )


def _of_twins(text: str, score: Score, limits: Thresholds) -> list[Understanding]:
    """One question about two products."""
    pair = twins(text)
    if pair is None:
        return []
    first, second = (_Part(understand(part, Context(), score, limits), 1.0) for part in pair)
    clear = first.answers and second.answers and min(first.meaning.confidence, second.meaning.confidence) >= limits.answer
    if not clear or first.meaning.product == second.meaning.product or score(pair[1]).intents[0][0] != "ask_what":
        return []
    return [first.meaning, replace(second.meaning, intent=first.meaning.intent, aspect=first.meaning.aspect)]


def _stands(part: _Part, pointed: set[str]) -> bool:
    """Whether a part means something on its own, and something that the whole message points at as well."""
    reading = part.meaning
    if part.answers:
        return f"product:{reading.product}" in pointed and part.sure >= SURE_ASPECT
    if reading.zone == "refer":
        return f"organisation:{reading.organisation}" in pointed
    return reading.act in WISHES and reading.zone in ("answer", "person") and part.sure >= SURE_WISH
