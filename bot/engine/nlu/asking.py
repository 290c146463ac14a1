"""Finds the clauses of a message that ask something: what is wanted stands there, the rest tells how it came about."""

from __future__ import annotations

import re

_QUESTION_WORDS = (
    r"(?:(?:per|vanaf|tot|op|in|voor|bij|met|naar|aan|binnen|uit|van|tegen|om|over)\s+)?"
    r"(?:wat|hoe|hoeveel|hoelang|hoevaak|waar|wanneer|waneer|welke?|wie|wiens|waarom|waarvoor|waarmee|waarheen)\b"
)
_VERBS = (
    r"(?:kan|kun|kunt|kunnen?|mag|mogen|moet|moeten?|mot|heb|hep|hebt|heeft|hebben|krijgt?|krijgen|is|zijn|zit|zitten|bent?"
    r"|wordt?|worden|gaa?t?|gaan|doet?|doen|geldt|gelden|bestaat|komt?|komen|werkt|duurt|kost|kosten|hoeft?|hoeven|helpen|regelen|sturen|weten|weet|wilt?|willen|zou|zouden|zal"
    r"|vergoed\w*|betaal\w*|vraag\w*|geef\w*|maakt|telt|valt|vallen|blijft?|blijven|staat|neemt?|nemen|lukt"
    r"|loopt|lopen|verloopt|rijdt|rijden|haal\w*|ligt|ga|woon|bel|meld|stuur|breng|lever|vul)"
)
_AFTER_VERB = (
    r"(?:ik|k|je|jij|u|we|wij|hij|zij|ze|het|'?t|dat|dit|er|die|deze|mijn|m'?n|mn|me|jullie|iemand|iedereen|een|'?n|de|daar|hier|ook|dan|onze|ons"
    r"|zo'?n|nog|geen|al|voor|zoiets|ie|hun|haar|zijn|alleen|soms|misschien|eigenlijk|mensen)"
)
_FORM = rf"(?:{_QUESTION_WORDS}|{_VERBS}\s+{_AFTER_VERB}\b)"
_LEADS = (
    r"(?:(?:en|maar|of|plus|dus|want|nu|ja|nou|vraag|vraagje|mijn vraag|graag|dan|ook|weet u|weet je|ik vroeg me af"
    r"|ik wil (?:graag )?weten)\W+)*"
)

_ASKS = re.compile(rf"^\W*{_LEADS}{_FORM}", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(rf"\s*[,;:]\s*|\s+-\s+|\s+(?=(?:en|maar|dus|of|want)\s+(?:(?:dan|nu|ook)\s+)?{_FORM})", re.IGNORECASE)
_TURNS_TO_ASK = re.compile(
    rf"\s+(?={_VERBS}\s+(?:ik|je|u|we|wij|jullie|dat|dit)\b"
    rf"|(?:wat|hoe|hoelang|waar|wanneer|welke?|wie)\s+(?:{_VERBS}|lang|veel|laat|vaak|snel)\b)",
    re.IGNORECASE,
)
"""Where a statement without a comma turns into a question ("ik heb een hond mag ik die loslaten")."""


def asking(text: str) -> list[str]:
    """The clauses of `text` that have the form of a question; where a sentence ends in a question mark, only those of such sentences."""
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    marked = [part for part in sentences if part.rstrip().endswith("?")]
    clauses = (clause for sentence in marked or sentences for clause in _CLAUSE.split(sentence) if clause)
    return [found for clause in clauses if (found := _question_of(clause))]


def told(text: str) -> str:
    """The sentences of `text` beside those that ask ("Ik ga trouwen. Wat kost dat?"); empty when all of them ask, or none."""
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    kept = [part for part in sentences if not part.rstrip().endswith("?") and not any(map(_question_of, _CLAUSE.split(part)))]
    return " ".join(kept) if len(kept) < len(sentences) else ""


def _question_of(clause: str) -> str:
    if _ASKS.match(clause):
        return clause
    turn = _TURNS_TO_ASK.search(clause)
    rest = clause[turn.end() :] if turn else clause
    return rest if _ASKS.match(rest) or rest.rstrip().endswith("?") else ""
