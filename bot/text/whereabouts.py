"""Tells an answer to "where is it" from anything else that is said instead: a place shows itself by a sign of one."""

from __future__ import annotations

import re

from bot.text.streets import read_street

_LANDMARK = (
    r"(?:\w*(?:park|plein|station|school|winkel|winkels|supermarkt|kerk|strand|bos|speeltuin|speelveld|sporthal|sportveld|haven|molen"
    r"|halte|brug|tunnel|viaduct|rotonde|kruising|kruispunt|begraafplaats|zwembad|bibliotheek|gemeentehuis|boulevard|markt|terrein"
    r"|parkeerplaats|parkeerplek|parkeergarage|ijsbaan|boerderij|vijver|sloot|strandopgang|fietspad|voetpad|wandelpad|duinen|weiland"
    r"|plantsoen|apotheek|restaurant|hotel|camping|snackbar|bakker|slager|garage|pomp|flat|wijk)"
    r"|albert heijn|ah|jumbo|lidl|aldi|dirk|vomar|deen|hema|kruidvat|deka)"
)
_NEAR = (
    r"(?:bij|naast|tegenover|hoek|nabij|achter|langs|tussen|richting|kruising|kruispunt|rotonde|afslag|ter hoogte van"
    r"|t\.?h\.?v\.?|t\.?o\.?)"
)
_NOBODY = r"(?!(?:mij|me|ons|u|jullie|hem|haar|hun|hen|wie|elkaar|deze|dit|dat|die)\b)"
_SIGNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"\b{_NEAR}\s+{_NOBODY}\w", re.IGNORECASE),
        (r"\b(?i:in|op|aan|voor|onder|rond|midden op|midden in)\s+(?:(?i:de|het|een|den|'t|mijn|onze|ons|m'n|mn)\s+\w|[A-Z])", re.NOFLAG),
        (rf"\b{_LANDMARK}\b", re.IGNORECASE),
        (r"(?<!\d)\d{1,4}[a-z]?(?!\d)(?!\s*(?:uur|keer|dagen|weken|maanden|jaar|x)\b)", re.IGNORECASE),
        (
            r"^\W*(?:\S+\s+){0,2}[^\W\d_]{3,}(?:baan|pad|hof|veld|akker|wal|dam|brink|ring|werf|kamp|burg|horst|oord|meent|duin)\W*$",
            re.IGNORECASE,
        ),
    )
)
_LANDMARK_PHRASE = re.compile(
    rf"\b(?:(?:in|op|aan|voor|bij|naast|tegenover|achter|langs|nabij)\s+(?:(?:de|het|een|'t)\s+)?(?:\w+\s+){{0,2}}?{_LANDMARK}\b\s*)+",
    re.IGNORECASE,
)
_NOT_OUTDOORS = re.compile(
    r"\b(?:web)?sites?\b|\bwebpagina\b|\bwebformulier\b|\bdigid\b|\binlog\w*|\bcomputer\b|\blaptop\b|\bchatbot\b|\binternet\b|\bde app\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"^\W*(?:(?:en|maar|ja|nee)\s+)?(?:die|dat|hij|het|ze|er|ook|deze|dit)\b", re.IGNORECASE)
_ALSO = re.compile(r"^\W*(?:(?:en|ja|maar)\s+)?ook\b", re.IGNORECASE)
_TELLS = 4
"""Words that tell more of what is wrong; fewer tell nothing."""


def shows_place(text: str) -> bool:
    """Whether there is a sign of a place in a text: a street, a number, something it is beside, a kind of place."""
    return read_street(text) is not None or any(sign.search(text) for sign in _SIGNS)


def landmark_in(text: str) -> str | None:
    """The words about a place that people know, without a street ("op de parkeerplaats bij de ijsbaan"); None when there are none."""
    found = _LANDMARK_PHRASE.search(text)
    return found[0].strip()[:1].upper() + found[0].strip()[1:] if found else None


def is_indoors(text: str) -> bool:
    """Whether something is meant that nobody can repair outdoors: the website, an app, logging in."""
    return _NOT_OUTDOORS.search(text) is not None and read_street(text) is None


def tells_more(text: str) -> bool:
    """Whether a text goes on about what is wrong ("die is omver gereden", "ook op het elektriciteitshuisje")."""
    return _MORE.match(text) is not None and len(re.findall(r"[^\W\d_]{2,}", text)) >= _TELLS


def is_also(text: str) -> bool:
    """Whether a text names another thing that is wrong as well, however it is placed."""
    return _ALSO.match(text) is not None
