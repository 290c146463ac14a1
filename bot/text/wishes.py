"""Hears in a sentence how people want to meet, which variant they want, and what of a summary is wrong."""

from __future__ import annotations

import re
from typing import Optional

from bot.model.appointment import AppointmentKind

_KINDS: tuple[tuple[AppointmentKind, str], ...] = (
    (
        "huisbezoek",
        r"huisbezoek|keukentafel\w*|bij (?:mij|ons|me|mijn \w+) (?:thuis|langs)|thuis (?:langs)?komen|aan huis"
        r"|(?:ik|wij|we) (?:kan|kunnen) niet van huis|thuis\b(?!\s*(?:laten )?(?:bezorg|breng))",
    ),
    ("video", r"video\w*|beeldbel\w*|beeldgesprek|teams|via (?:het )?scherm|online gesprek"),
    (
        "terugbellen",
        r"terugbel\w*|belafspraak|bel (?:mij|me)|(?:mij|me) (?:\w+ ){0,4}(?:op)?bellen|telefonisch\w*|gebeld worden"
        r"|telefoongesprek|per telefoon",
    ),
    ("balie", r"balie|loket|langs ?kom\w*|kom\w* (?:\w+ )?langs|aan de balie|op het gemeentehuis|persoonlijk"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS)

_OPTIONS = (
    ("kosteloos", r"kosteloos\w*|kosteloze|gratis|nul euro|zonder kosten"),
    ("eenvoudig", r"eenvoudig\w*|simpel\w*|sober\w*|kort\w* (?:trouw\w*|huwelijk)"),
    ("ceremonie", r"ceremon\w*|met toespraak|uitgebreid\w*|feestelijk\w*"),
    ("bezorgen", r"(?:thuis )?bezorg\w*|thuisbezorg\w*|thuis (?:laten )?breng\w*|opsturen|thuis krijgen"),
)
_OPTION_PATTERNS = tuple((option, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for option, words in _OPTIONS)
_WITHOUT = re.compile(r"\b(?:niet|geen|zonder|zelf op ?halen)\b", re.IGNORECASE)

_ELSEWHERE = re.compile(
    r"\b(?:ander[e]?|elders|welke?) ?(?:loket\w*|gemeentehuis|gemeentehuizen|plaats|plek om te komen|locaties?"
    r"|balie|dorp|stadhuis|vestiging)\b"
    r"|\bergens anders\b|\bniet in \w+\b.*\bgemeentehuis\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:fout|verkeerde?|klopt niet|kloppen niet|niet goed|onjuiste?|ander[es]?|wijzig\w*|verander\w*|aanpas\w*|pas .* aan"
    r"|niet juist|vergist)\b",
    re.IGNORECASE,
)
_PARTS = (
    ("name", r"\w*naam|spelling"),
    ("email", r"e-?mail\w*|mail\w*"),
    ("phone", r"telefoon\w*|nummer|mobiel\w*"),
    ("address", r"(?:huis|woon|bezoek)?adres"),
    ("time", r"dag|datum|tijd|tijden|tijdstip|uur|moment"),
    ("place", r"plaats|loket|locatie|gemeentehuis|plek|balie"),
    ("amount", r"aantal|personen|hoeveel"),
    ("product", r"product|reden|onderwerp|waarvoor|aanvraag"),
    ("note", r"omschrijving|opmerking|toelichting"),
    ("details", r"gegevens"),
)
_PART_PATTERNS = tuple((part, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for part, words in _PARTS)


def read_kind(text: str) -> Optional[AppointmentKind]:  # noqa: UP045 - also read by Python 3.10
    """The kind of appointment that `text` speaks of: huisbezoek, video, terugbellen or balie."""
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(text)), None)


def read_option(text: str) -> Optional[str]:  # noqa: UP045
    """The variant that `text` asks for; None when it names none or does not want it ("niet bezorgen")."""
    if _WITHOUT.search(text):
        return None
    return next((option for option, pattern in _OPTION_PATTERNS if pattern.search(text)), None)


def refuses_option(text: str) -> bool:
    """Whether a variant is named in order not to have it: "toch niet bezorgen"."""
    return bool(_WITHOUT.search(text)) and any(pattern.search(text) for _, pattern in _OPTION_PATTERNS)


def wants_other_place(text: str) -> bool:
    """Whether somebody asks for another counter without saying which."""
    return _ELSEWHERE.search(text) is not None


def read_wrong(text: str) -> Optional[str]:  # noqa: UP045
    """The part that is said to be wrong or must change: name, email, phone, address, time, place, amount, product, note or details."""
    if not _WRONG.search(text):
        return None
    return next((part for part, pattern in _PART_PATTERNS if pattern.search(text)), None)
