"""What a message says by its form alone: a postcode, the name of an aspect, a word that many subjects share, or no language at all."""

from __future__ import annotations

import re

from bot.engine.nlu.meaning import NO_SUBJECT, Scores

_POSTCODE = re.compile(r"^\W*[1-9]\d{3}\s?[a-z]{2}\W*$", re.IGNORECASE)
_MACHINE = re.compile(r"[{}]|</|\w_\w")
_WORD = re.compile(r"^\W*([^\W\d_]{4,})\W*$")
_ASPECT_NAMES = {
    "kosten": "kosten",
    "prijs": "kosten",
    "tarief": "kosten",
    "duur": "duur",
    "levertijd": "duur",
    "meenemen": "meenemen",
    "meebrengen": "meenemen",
    "voorwaarden": "voorwaarden",
    "eisen": "voorwaarden",
    "wanneer": "wanneer",
    "waar": "waar",
    "aanvragen": "aanvragen",
    "regelen": "aanvragen",
    "status": "status",
}
_SHARED_BY = 3
_LONGEST_PLACE = 4
_CLEAR = 0.8
_MINDED = 0.5
_LONG_WORD = 5
_IT = re.compile(r"\b(?:dat|dit|het|die|deze|er|daar|ie|hem)\b", re.IGNORECASE)
_LONGEST_ABOUT_IT = 6


def is_language(text: str) -> bool:
    """Whether `text` is something to read: letters, and no code."""
    return any(sign.isalpha() for sign in text) and _MACHINE.search(text) is None


def is_postcode(text: str) -> bool:
    """Whether `text` is a Dutch postcode and nothing else."""
    return _POSTCODE.match(text) is not None


def is_place(text: str, scores: Scores) -> bool:
    """Whether `text` may be the name of a place, when one was asked for: short, no question, about nothing that is known."""
    short = len(text.split()) <= _LONGEST_PLACE and "?" not in text
    return short and scores.names != "product" and not (scores.intents[0][0].startswith("ask_") and scores.intent_sure >= _CLEAR)


def aspect_named(text: str) -> str | None:
    """The aspect that a message of a word or two names, as a button would ("kosten", "en de duur?")."""
    words = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in ("en", "de", "het", "ook", "over")]
    return _ASPECT_NAMES.get(words[0]) if len(words) == 1 else None


def asks_about_it(text: str, scores: Scores) -> bool:
    """Whether a short message clearly asks an aspect of something that it does not name ("wat kost dat?")."""
    intent = scores.intents[0][0]
    clear = intent.startswith("ask_") and intent not in ("ask_what", "ask_help", "ask_person") and scores.intent_sure >= _MINDED
    return clear and scores.names == NO_SUBJECT and len(text.split()) <= _LONGEST_ABOUT_IT and points_back(text)


def points_back(text: str) -> bool:
    """Whether `text` says "it", "that" or "him" in the place of what it is about."""
    return _IT.search(text) is not None


def shared_word(text: str, scores: Scores) -> bool:
    """Whether `text` is a single word that the names of several of the likeliest subjects have in common ("vergunning")."""
    match = _WORD.match(text)
    if match is None:
        return False
    word = match[1].lower()
    names = [name for name, _ in scores.products]
    return word not in names and sum(word in name for name in names) >= _SHARED_BY


def spelled_out(product: str, text: str) -> bool:
    """Whether `text` holds the first word of the name of `product` ("nog even over mijn paspoort")."""
    word = product.split("-", maxsplit=1)[0]
    return len(word) >= _LONG_WORD and word in re.findall(r"[^\W\d_]+", text.lower())


def named_in_full(product: str, text: str) -> bool:
    """Whether `text` holds the whole name of `product`."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return all(word in words for word in product.split("-"))
