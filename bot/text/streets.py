"""Reads where something is outdoors: a street with its number, a postcode, the number of a lamp post."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KINDS = "straat|laan|weg|plein|kade|singel|gracht|dreef|steeg|plantsoen|dijk|boulevard"
_KINDS_WITH_NUMBER = (
    _KINDS + "|baan|pad|hof|park|markt|veld|akker|wal|dam|brink|ring|werf|kamp|land|burg|horst|oord|meent|kant|duin|bos|berg"
)
"""Endings that name a street only where a house number follows: "het Hofland" may be anything, "Hofland 12" is an address."""

_GENERIC = _set("""
    straat laan weg plein kade gracht steeg plantsoen dijk pad park singel boulevard baan fietsstraat zijstraat winkelstraat woonstraat
    dwarsstraat hoofdweg snelweg landweg zandweg autoweg ringweg rijksweg onderweg terugweg heenweg uitweg omweg spoorweg zijweg rijweg
    toegangsweg schoolplein speelplein parkeerplein fietspad voetpad wandelpad zandpad bospad achterpad tegelpad schelpenpad ruiterpad
    rijbaan busbaan kegelbaan landingsbaan renbaan atletiekbaan invalsweg parallelweg skatebaan
""")
"""Kinds of streets, which name none: "de fietsstraat", "de hoofdweg"."""

_BEFORE = (
    r"(?:(?:van|de|der|den|ten|ter|het|'t|oude|nieuwe|lange|korte|eerste|tweede|grote|kleine|burgemeester|burg\.?|dokter|dr\.?"
    r"|professor|prof\.|pastoor|dominee|ds\.|prins|prinses|koning|koningin|jan|piet|willem|st\.|sint)\s+|[A-Z]\.\s*){0,4}"
)
_NO_ADDRESS = (
    r"(?!\s*(?:uur|dagen|weken|maanden|jaar|meter|keer|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober"
    r"|november|december))"
)
_NUMBER = rf"\d{{1,4}}(?:\s?[a-e](?![\w'])|-\d{{1,3}}\b)?(?!\d){_NO_ADDRESS}"
_NUMBERED = rf"(?:nr\.?|nummer|huisnummer|no\.?)?\s*{_NUMBER}"
_BESIDE = r"(?:(?:t\.?o\.?v?|tegenover|nabij|naast|voor|bij|ter hoogte van|thv)\s+)?"
_STREET = re.compile(
    rf"\b(?P<named>{_BEFORE}[\w'’-]{{2,}}(?:{_KINDS})\b(?:\s+{_BESIDE}{_NUMBERED})?)"
    rf"|\b(?P<numbered>{_BEFORE}[\w'’-]{{2,}}(?:{_KINDS_WITH_NUMBER})\s+{_NUMBERED})",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{3}(?:\s?[A-Z]{2}|[a-z]{2})(?![A-Za-z])(?:[\s,]+(?:nr\.?|nummer|huisnummer)?\s*\d{1,4}[a-z]?\b)?")
_POLE = re.compile(
    r"\b(?:(?:lantaarn|lantaren|lantaar|licht)?pa(?:al|len)|lantaarn|lichtmast|mast|paalnummer)\s*(?:met\s+)?(?:nr\.?|nummer)?\s*\d{2,}\w*",
    re.IGNORECASE,
)
_LOOSE_NUMBER = re.compile(rf"\b(?:nr\.?|nummer|huisnummer|no\.)\s*(?P<number>{_NUMBER})", re.IGNORECASE)
_ANY_NUMBER = re.compile(rf"\b{_NUMBER}", re.IGNORECASE)
_KIND_OF_STREET = re.compile(rf"(?:{_KINDS_WITH_NUMBER})$")
_ARTICLES = re.compile(r"^(?:(?:de|het|'t|van)\s+)+(?=\S)")
"""In small letters only: "de Ruyterstraat" loses its article, "De Ruyterstraat" keeps its name."""

_STANDS = r"(?:(?:die|dat|hij|ze|het|deze|dit)\s+(?:staat|ligt|is|zit|hangt)\s+)?"
_ONLY_WHERE = re.compile(
    rf"^\W*{_STANDS}(?!.*\b(?:ligt|liggen|is|zijn|staa[nt]|zit|hangt|brandt?|doet|kapot|stuk)\b)(?P<where>(?:in|op|bij|aan|ter\s+hoogte\s+van|tegenover|naast|voor|langs|achter|nabij|t\.?o\.?)\s+(?:\S+\s*){{1,9}}?)\W*$",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"^\W*(?:(?:het|dat|die|hij|ze) (?:is|ligt|staat|zit) )?(?:hier|daar|buiten|(?:bij|voor) (?:mij|ons|mijn|onze|de)\s*"
    r"(?:voor de|in de|op de|aan de|om de)?\s*(?:deur|huis|straat|hoek|woning|thuis)?|in (?:mijn|onze|de) (?:straat|buurt|wijk)"
    r"|op straat|op de stoep|thuis|overal)\W*$",
    re.IGNORECASE,
)
_NO_IDEA = re.compile(
    r"^\W*(?:nee\W+)?(?:dat\s+)?(?:(?:ik\s+)?(?:weet|zou)\s+(?:ik\s+|het\s+|dat\s+)?(?:\w+\s+)?(?:niet|geen)|geen (?:flauw )?idee"
    r"|onbekend|nvt|(?:ik\s+)?(?:kan|kon)\s+(?:ik\s+)?(?:het|dat)\s+(?:\w+\s+)?niet\s+(?:uitleggen|zeggen|omschrijven|vinden))\b",
    re.IGNORECASE,
)


_AROUND = 4
"""Signs beside a street that say nothing more ("de ")."""


def read_street(text: str) -> str | None:
    """The street with its number, the lamp post or the postcode in a text; two streets where they meet; None when none is named."""
    streets = [street for match in _STREET.finditer(text) if (street := _named(match))]
    if not streets:
        other = _POLE.search(text) or _POSTCODE.search(text)
        return _capital(other[0].strip()) if other else None
    number = _LOOSE_NUMBER.search(text)
    if len(streets) == 1 and number and not any(sign.isdigit() for sign in streets[0]):
        return f"{streets[0]} {number['number']}"
    return " / ".join(list(dict.fromkeys(streets))[:2])


def only_where(text: str) -> str:
    """The place in a message that says no more than where something is ("die staat bij de Meldijk"); else empty."""
    street = read_street(text)
    if street and len(street) >= len(text.strip(" .,!")) - _AROUND:
        return street
    match = _ONLY_WHERE.match(text)
    return _capital(match["where"].strip(" .,")) if match and "?" not in text and not is_no_place(text) else ""


def with_number(place: str, text: str) -> str | None:
    """The place with the house number that a correction names ("het is nummer 12"); None when it names none."""
    match = _LOOSE_NUMBER.search(text)
    if match is None:
        return None
    old = _ANY_NUMBER.search(place)
    return f"{place[: old.start()]}{match['number']}{place[old.end() :]}" if old else f"{place} {match['number']}"


def is_no_place(text: str) -> bool:
    """Whether an answer to "where is it" cannot be found by who does not know the citizen ("hier", "voor mijn deur", "geen idee")."""
    return bool(_AT_HOME.match(text) or _NO_IDEA.match(text))


def has_no_idea(text: str) -> bool:
    """Whether somebody cannot say where it is."""
    return _NO_IDEA.match(text) is not None


def _named(match: re.Match[str]) -> str:
    """The street as people write it; empty when it is only a kind of street."""
    street = (match["named"] or match["numbered"]).strip()
    kinds = [word for word in re.findall(r"[\w'’-]+", street.lower()) if _KIND_OF_STREET.search(word)]
    return "" if not kinds or kinds[-1] in _GENERIC else _capital(_ARTICLES.sub("", street))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
