"""Tells in which language a message is written: Dutch, unless it is clearly one of the languages that can be answered."""

from __future__ import annotations

import re
import unicodedata

from lingua import Language, LanguageDetector, LanguageDetectorBuilder
from spacy.lang.de.stop_words import STOP_WORDS as STOP_GERMAN
from spacy.lang.en.stop_words import STOP_WORDS as STOP_ENGLISH
from spacy.lang.es.stop_words import STOP_WORDS as STOP_SPANISH
from spacy.lang.fr.stop_words import STOP_WORDS as STOP_FRENCH
from spacy.lang.nl.stop_words import STOP_WORDS as STOP_DUTCH
from spacy.lang.pl.stop_words import STOP_WORDS as STOP_POLISH
from spacy.lang.tr.stop_words import STOP_WORDS as STOP_TURKISH

DUTCH = "nl"
LANGUAGES = {
    "en": Language.ENGLISH,
    "de": Language.GERMAN,
    "pl": Language.POLISH,
    "ar": Language.ARABIC,
    "tr": Language.TURKISH,
    "uk": Language.UKRAINIAN,
    "fr": Language.FRENCH,
    "es": Language.SPANISH,
}
"""The languages that are recognised beside Dutch, by their ISO 639-1 code; `knowledge/talen.yml` has an answer in each."""

_LEAST_WORDS = 3
"""Latin words below which a message stays Dutch: a name, "thanks" and "ok" tell nothing."""
_LEAST_FOREIGN = 6
"""Letters of another script from which a message is foreign, however few words."""
_SURE = 0.5
_VERY_SURE = 0.9
"""From here on a message without any common word of any language counts too, if its letters are not Dutch."""

_CODES = {language: code for code, language in LANGUAGES.items()} | {Language.DUTCH: DUTCH}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_DUTCH = re.compile(r"[ąćęłńśźżğışçñáíóúàâçôûùœãõ]")
# Common words that are no stop words of Dutch, dialect and hasty spelling along.
_DUTCH = STOP_DUTCH.union(
    (
        "aanvragen",
        "afspraak",
        "benne",
        "dit",
        "doe",
        "eens",
        "ge",
        "geen",
        "gemeente",
        "graag",
        "hewwe",
        "hoeveel",
        "huis",
        "ikke",
        "joe",
        "jullie",
        "komme",
        "kost",
        "kosten",
        "krijg",
        "laten",
        "legen",
        "loket",
        "maak",
        "mien",
        "mijn",
        "mn",
        "mot",
        "nie",
        "nuwe",
        "paspoort",
        "rijbewijs",
        "stadhuis",
        "straat",
        "vergunning",
        "vraag",
        "waar",
        "waneer",
        "wanneer",
        "weet",
        "welke",
        "wij",
        "wor",
        "word",
        "wordt",
        "wul",
        "zoek",
    )
)
_COMMON = {
    "en": STOP_ENGLISH | {"i'm", "don't", "want", "need", "help", "how", "does", "lost", "hello"},
    "de": STOP_GERMAN | {"möchte", "brauche", "bitte", "guten"},
    "pl": STOP_POLISH | {"chcę", "proszę", "gdzie", "dzień", "nie", "mogę"},
    "tr": STOP_TURKISH | {"istiyorum", "nerede", "nasıl", "merhaba"},
    "fr": STOP_FRENCH | {"bonjour", "voudrais", "besoin", "j'ai", "d'aide"},
    "es": STOP_SPANISH | {"quiero", "necesito", "hola", "gracias"},
}


def make_detector() -> LanguageDetector:
    """A detector of these languages that keeps about 25 MB and takes a fifth of a millisecond; loads its models at once."""
    return (
        LanguageDetectorBuilder.from_languages(Language.DUTCH, *LANGUAGES.values())
        .with_low_accuracy_mode()
        .with_preloaded_language_models()
        .build()
    )


def language_of(text: str, detector: LanguageDetector) -> str:
    """The language as an ISO 639-1 code; Dutch when in doubt."""
    written = _WORD.findall(text)
    words = [word.lower() for word in written]
    foreign = sum(len(word) for word in words if _is_other_script(word))
    if len(words) < _LEAST_WORDS and foreign < _LEAST_FOREIGN:
        return DUTCH
    likeliest = detector.compute_language_confidence_values(" ".join(words))[0]
    code = _CODES[likeliest.language]
    if code == DUTCH or likeliest.value < _SURE:
        return DUTCH
    if foreign >= _LEAST_FOREIGN and code not in _COMMON:
        return code
    return code if _sounds_so(words, code, likeliest.value) and not all(word.istitle() for word in written) else DUTCH


def _sounds_so(words: list[str], code: str, sure: float) -> bool:
    """Whether there are more common words of that language than of Dutch, or only foreign letters and no common word at all."""
    common = sum(word in _COMMON.get(code, ()) for word in words)
    dutch = sum(word in _DUTCH for word in words)
    return common > dutch or (common == dutch == 0 and sure >= _VERY_SURE and bool(_NOT_DUTCH.search(" ".join(words))))


def _is_other_script(word: str) -> bool:
    return not unicodedata.name(word[0], "").startswith("LATIN")
