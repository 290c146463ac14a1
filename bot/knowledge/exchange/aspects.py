"""Tells which of our aspects a foreign heading or question is about, and cuts a long text into the answer and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.exchange.markup import Section, collapse
from bot.knowledge.sentences import key_of
from bot.model.knowledge import BRING, CONDITIONS, COSTS, DURATION, HOW, STATUS, WHAT, WHEN, WHERE

MOST_WORDS = 60
"""What fits into the answer that is read first; the checker of the knowledge files has the same limit."""

_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        COSTS,
        (
            "kosten",
            "kost",
            "prijs",
            "prijzen",
            "tarief",
            "tarieven",
            "betalen",
            "betaling",
            "betaalmethoden",
            "leges",
            "bedrag",
            "bedragen",
        ),
    ),
    (BRING, ("meenemen", "meebrengen", "nodig", "bewijs", "bewijzen", "bewijsstukken", "documenten", "bijlagen")),
    (CONDITIONS, ("voorwaarden", "voorwaarde", "eisen", "vereisten", "regels", "bestemd", "recht op")),
    (STATUS, ("hoe ver", "status", "voortgang", "geen reactie", "geen bericht")),
    (DURATION, ("hoe lang", "hoelang", "duur", "duurt", "termijn", "levertijd", "doorlooptijd", "geldigheid", "geldig")),
    (WHEN, ("wanneer", "openingstijden", "deadline", "uiterlijk")),
    (WHERE, ("waar", "locatie", "locaties", "loket", "adres")),
    (HOW, ("aanvragen", "aanvraag", "aanpak", "regelen", "aanmelden", "aangeven", "stappen", "procedure", "hoe werkt", "zo werkt", "hoe")),
    (WHAT, ("wat is", "wat houdt", "inleiding", "beschrijving", "omschrijving", "algemeen", "samenvatting", "over")),
)
"""Words that give an aspect away, the most telling first: "wat kost …" is about costs although it begins with "wat"."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def aspect_of(heading: str, titles: Mapping[str, str]) -> str | None:
    """The aspect that `heading` is about: the one whose title it is, else the first whose words it holds, else none."""
    key = key_of(heading)
    for aspect, title in titles.items():
        if key == key_of(title) or key == aspect:
            return aspect
    words = f" {key} "
    return next((aspect for aspect, signs in _SIGNS if any(f" {sign} " in words for sign in signs)), None)


def texts_of(sections: Iterable[Section], first: str, titles: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The text of every aspect among `sections`, what has no heading under `first`; and the headings that fit no aspect."""
    texts: dict[str, str] = {}
    unknown: list[str] = []
    for section in sections:
        aspect = first if section.heading is None else aspect_of(section.heading, titles)
        if aspect is None:
            unknown.append(section.heading or "")
        else:
            texts[aspect] = "\n\n".join(part for part in (texts.get(aspect), section.text) if part)
    return texts, tuple(unknown)


def cut(text: str) -> tuple[str, str | None]:
    """The first paragraph (with the list that it announces) and the rest; a paragraph that is too long is cut between two sentences."""
    first, *rest = text.split("\n\n")
    if len(first.split()) > MOST_WORDS and "\n" not in first:
        first, left_over = _shorter(first)
        rest = [left_over, *rest] if left_over else rest
    return first, "\n\n".join(rest) or None


def _shorter(paragraph: str) -> tuple[str, str]:
    sentences = _SENTENCE.split(paragraph)
    taken = 1
    while taken < len(sentences) and len(" ".join(sentences[: taken + 1]).split()) <= MOST_WORDS:
        taken += 1
    return collapse(" ".join(sentences[:taken])), collapse(" ".join(sentences[taken:]))
