"""Tells what a citizen wants from what they do not: "niet op maandag", "dinsdag werk ik", "alleen op woensdag".

Rules, with their reasons:
- A bare weekday that is refused is every such weekday: whoever means one Monday names its date. So it is with "alleen" and "altijd".
- Who works, is away or has something else at a time cannot come then; who does not work then can.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.text.dates.model import Context, DateRange, Find
from bot.text.dates.page import after, before
from bot.text.dates.words import BLANK

_NO = r"\b(?:niet|geen|behalve|uitgezonderd|nooit|zonder|buiten|andere? dag(?:en)? dan|anders dan)\b"
_BETWEEN_NO = (
    r"(?:[\s~,]|\b(?:op|in|om|de|het|een|en|of|liever|liefst|die|met|tijdens|tussen|van|rond|direct|graag|per se|ook|ook niet|s)\b)*$"
)
_BEFORE_NO = re.compile(_NO + _BETWEEN_NO)
_AFTER_NO = re.compile(
    r"^(?:[\s~]|\b(?:en|of|kan|kunnen|lukt|past|gaat|komt|ik|me|mij|het|dat|wij|we|helaas|ben|zit|al|echt|dan|uit|is|sowieso|werk|ook|wil|er"
    r"|liever|liefst|beter|eigenlijk|toch|kom)\b)*"
    r"(?:\b(?:niet|nooit|verhinderd|bezet|onmogelijk)\b)(?! (?:alleen|eerder|later|voor|na|te|(?:op|in|om)(?: de| het)? ~|uit\b))"
)
_CLAUSE = re.compile(r"[.;!?]|,(?! ?(?:~|en\b|of\b))|\bmaar\b|\bwel\b|\banders\b")

_GAP = r"(?:[\s~,]|\b(?:op|en|of|van|de|in|ook|altijd|al|nog|tot|tot en met|s)\b|t/m)*"
_WE = r"(?:ik|we|wij)"
_AWAY = r"(?:(?:op|met) vakantie|in het buitenland|weg|afwezig|bezet|niet thuis|op reis|ziek)"
_BUSY = r"(?:al |een |andere |ander |iets |wat )*(?:iets|anders|afspraak|les|college|examen|dienst|geen tijd)"
_ERRAND = r"(?:werken|naar (?:de|het|mijn|school|les) ?(?:tandarts|dokter|huisarts|ziekenhuis|werk)?)"
_BUSY_BEFORE = re.compile(rf"\b{_WE} werk(?:en)?\b(?! niet){_GAP}$")
_BUSY_AFTER = re.compile(
    rf"^{_GAP}(?:werk(?:en)? {_WE}\b|moet(?:en)? {_WE} {_ERRAND}|(?:ben|zijn|ga|gaan) {_WE} {_AWAY}|(?:zit|zitten) {_WE} (?:vol|{_AWAY})"
    rf"|(?:heb|hebben) {_WE} {_BUSY})\b"
)
_AROUND = (
    (re.compile(rf"\b{_WE} (?:ben|zijn|zit|zitten|ga|gaan)(?: er)?{_GAP}$"), re.compile(rf"^{_GAP}{_AWAY}\b")),
    (re.compile(rf"\b{_WE} moet(?:en)?{_GAP}$"), re.compile(rf"^{_GAP}{_ERRAND}\b")),
    (re.compile(rf"\b{_WE} (?:heb|hebben){_GAP}$"), re.compile(rf"^{_GAP}{_BUSY}\b")),
)
_CANNOT_THEN = re.compile(
    rf"^[\s,]*(?:\w+ ){{0,3}}maar (?:dan (?:kan|lukt|past|moet|werk|ben|zit|heb|ga|zijn|gaan|hebben) {_WE}?"
    rf"|{_WE} (?:werk|moet|kan (?:dan )?niet))"
    r"(?!.{0,20}\b(?:vrij|wel|graag)\b)"
)
_FOR = (
    re.compile(r"\bwant\s*(?:op )?$"),
    re.compile(rf"^\s*(?:ben|zijn|heb|hebben|moet|moeten|ga|gaan|zit|zitten) {_WE}\b(?!.*\b(?:vrij|tijd|wel)\b)"),
)
_SINCE = re.compile(r"\bsinds\s+(?:afgelopen |vorige |de |het )*$")
_HAVE = re.compile(rf"\b{_WE} (?:heb|hebben|had|hadden|ben|zijn|was|waren){_GAP}$|^\W*$")
_DONE = re.compile(
    rf"^\s*(?:(?:heb|hebben|had|hadden|ben|zijn|was|waren) {_WE}\b)?(?:(?! maar\b)[^.;!?,~]){{0,40}}"
    r"\b(?:gebeld|gemaild|gesproken|geweest|aangevraagd"
    r"|ingediend|ingeleverd|opgehaald|gekregen|ontvangen|bevallen|verhuisd|getrouwd|gemist|langsgekomen|gestuurd|verloren|geappt|gevraagd)\b"
)
_HAD = re.compile(rf"\b{_WE} (?:had|hadden){_GAP}$|\b(?:was|waren){_GAP}$")

_HAD_IN_MIND = re.compile(r"\b(?:gedachten?|gedacht|willen|gewild|graag|oog)\b")

_FREE_BEFORE = re.compile(rf"\bwerk(?:en)? (?:{_WE} )?niet\b{_GAP}$")
_FREE_AFTER = re.compile(
    rf"^\s*(?:werk(?:en)? {_WE} (?:nooit|niet)|(?:ben|heb|hebben|zijn) {_WE} (?:wel |altijd )?(?:vrij|tijd)"
    r"|(?:kan|lukt|past) (?:(?:ik|het|dat) )?(?:wel|prima|goed)|wel)\b"
)

_ONLY = re.compile(rf"\balleen(?: maar)?\b{_GAP}$|\baltijd(?: op)? $")
_ALWAYS = re.compile(rf"^{_GAP}(?:(?:ben|kan|heb) {_WE} )?altijd\b")


def is_wanted(find: Find, text: str) -> bool:
    """Whether the citizen wants this find, in the text where everything that is read is blanked."""
    left, right = clause(text, find)
    if _FREE_BEFORE.search(left) or _FREE_AFTER.search(right):
        return True
    busy = _BUSY_BEFORE.search(before(text, find.start)) or _BUSY_AFTER.search(right)
    around = any(first.search(left) and second.search(right) for first, second in _AROUND)
    busy = busy or _CANNOT_THEN.search(after(text, find.end)) or (_FOR[0].search(before(text, find.start)) and _FOR[1].search(right))
    return not (busy or around or _refused(left, find) or _AFTER_NO.search(right))


def is_told(find: Find, text: str, context: Context) -> bool:
    """Whether it is only part of the story: "sinds maandag", "ik heb vrijdag gebeld". Days that are over say so themselves."""
    if not (find.days or find.option) or any(day.last and day.last < context.today for day in find.days):
        return False
    left, right = before(text, find.start), after(text, find.end)
    return bool(
        _SINCE.search(left) or (_HAD.search(left) and not _HAD_IN_MIND.search(right)) or (_HAVE.search(left) and _DONE.search(right))
    )


def clause(text: str, find: Find) -> tuple[str, str]:
    """What stands before and after the find in its part of the sentence."""
    left, right = before(text, find.start), after(text, find.end)
    begins = [match.end() for match in _CLAUSE.finditer(left)]
    ends = _CLAUSE.search(right)
    return left[begins[-1] :] if begins else left, right[: ends.start()] if ends else right


def weekly(finds: list[Find], text: str, context: Context) -> list[Find]:
    """The finds, with "alleen op woensdag" as every Wednesday."""
    return [_every_week(find, context) if _is_weekly(find, text) else find for find in finds]


def never(find: Find, context: Context) -> tuple[DateRange, ...]:
    """What "niet op maandag" shuts out."""
    if find.weekly is not None:
        return (DateRange(context.today, None, (find.weekly,)),)
    if find.option and find.option.kind == "day":
        return tuple(choice for choice in find.option.choices if isinstance(choice, DateRange))
    return find.days


def _refused(left: str, find: Find) -> bool:
    """Whether a "niet" before it is about this find: "behalve vrijdag na 3 uur" refuses Friday and wants the time."""
    match = _BEFORE_NO.search(left)
    if match is None or find.days or find.option or BLANK not in match[0]:
        return match is not None
    return re.search(r"(?:\ben|\bof|,)\s*(?:\w+\s+)?$", match[0]) is not None


def _is_weekly(find: Find, text: str) -> bool:
    return find.weekly is not None and bool(_ONLY.search(before(text, find.start)) or _ALWAYS.search(after(text, find.end)))


def _every_week(find: Find, context: Context) -> Find:
    return replace(find, days=never(find, context), option=None)
