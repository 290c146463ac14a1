"""Signs of what is wanted that do not depend on what it is about: question words, verbs and forms, by the definition of each aspect."""

from __future__ import annotations

import re

import numpy as np
from scipy import sparse

from bot.engine.nlu.asking import asking
from bot.engine.nlu.clauses import bare
from bot.engine.nlu.spelling import normalise

WEIGHT = 0.3
"""What one sign counts for beside a vector of length one; 0.2 and 0.5 measure the same."""

_ONE = r"(?:ik|je|we|wij|u|ze|hij|zij|hem|die|dat|er|het|een|mijn|m'?n|de|ons|onze|mensen|iedereen)"
_PATTERNS = {
    "voorwaarden": (
        r"^(?:mag|mogen|hoef|hoeven|hoeft)\b",
        rf"^moet\w*\s+{_ONE}\b",
        r"^dien\w*\s",
        r"\brecht\w*\s+op\b|\bverplicht|\btoegestaan|\bverboden|\bin aanmerking|\bgerechtigd|\bbevoegd|\bvergunning(?:vrij|plicht)"
        r"|\bstrafbaar|\bgeldt?\b|\btelt\b|\btellen\b|\bvoldo\w+",
        r"\b(?:regels?|eisen|eis|voorwaarden?|criteria|voorschrift\w*|max|maximaal|maximum|minimum|minimaal|leeftijd|grens|hoogte|afstand"
        r"|inkomensgrens|vermogensgrens)\b",
        r"\b(?:mag|moet|hoort|kan|klopt)\s+(?:dat|dit|het|zo)\b(?!.*\b(?:waar|hoe)\b)",
        rf"^(?:kan|kun|kunnen|krijg\w*|heb|heeft|hebben|is|zijn|ben|komt?|komen)\s+{_ONE}\b",
        r"^wie\s+(?:mag|kan|krijgt|komt|moet)|\bhoe\s+(?:oud|hoog|groot|ver|breed|lang mag|veel mag)\b|\bhoeveel\s+\w+\s+(?:mag|mogen)\b"
        r"|^(?:vanaf|tot)\s+welke\s+leeftijd",
    ),
    "waar": (
        r"\bwaar\b(?!\s*(?:om|voor|mee|heen|op|bij|over|in))",
        r"\b(?:bij|naar|aan)\s+wie\b|\bop welke plek|\b(?:adres|locatie|telefoonnummer|waarheen)\b"
        r"|\bwelk\w*\s+(?:loket|adres|balie|nummer|website|site|plek|plaats|instantie|afdeling|milieustraat|gemeente)\b",
        r"\bwie\s+moet\s+(?:ik|je|we)\s+(?:hebben|bellen|zijn)",
    ),
    "kosten": (
        r"\b(?:kosten?|prijs|prijzen|tarief|tarieven|gratis|duur|goedkoper|korting|leges|euro|€|bedrag|vergoed\w*|eigen bijdrage"
        r"|boete|kwijt|geld|rekening|terugkrijg\w*|huurprijs)\b",
        r"\b(?:betaal|betalen|betaalt|bijbetalen|rekenen|rekent)\b",
        r"\bhoeveel\b(?!\s+(?:tijd|dagen|weken|maanden|uur|jaar|dag|werkdagen|keer|mensen|kilo|meter))",
    ),
    "meenemen": (
        r"\b(?:meenemen|meebrengen|mee|inleveren|overleggen|aanleveren|bijvoegen|bewijs|bewijzen|bewijsstuk\w*|papier|papieren"
        r"|document\w*|stukken|bescheiden|pasfoto|foto|kopie|formulier|tekening|bonnetje|legitimatie)\b",
        r"\bwat\s+(?:heb|moet|moeten|hebben)\s+(?:ik|je|we|wij|u)\b.*\b(?:nodig|laten zien|opsturen|hebben|geven|invullen|klaarleggen)\b"
        r"|(?<!vergunning )(?<!vergunning is )(?<!vergunningen zijn )\bnodig\b",
        r"\blaten zien\b|\bbreng\w*\b",
    ),
    "duur": (
        r"\bhoe\s?lang\w*\b|\bhoe\s+snel\b",
        r"\bduurt?\b|\bduren\b|\bduurd\b|\bgeldig\w*\b|\bwachttijd|\bwachtlijst|\blevertijd|\bbehandeltijd|\bdoorlooptijd|\btermijn|\bwachten\b",
        r"\bhoeveel\s+(?:tijd|dagen|weken|maanden|jaar|uur|werkdagen)\b",
    ),
    "wanneer": (
        r"\bwan+eer\b",
        r"\bhoe\s+laat\b|\bhoe\s?vaak\b|\b(?:welke|wat)\s+(?:dag|dagen|datum|tijd|tijden|week|uur|maand)\b|\b(?:tot|vanaf)\s+wan+eer\b"
        r"|\buiterlijk\b|\bopeningstijd\w*|\bdeadline|\bbinnen\s+(?:hoeveel|welke)|\bop\s+tijd|\bte\s+laat|\bdatum\b|\bopen\b|\bvooraf\b",
    ),
    "status": (
        r"\b(?:al klaar|klaar|nog niet|nog nieuws|(?:hoor|gehoord)? ?(?:niks|niets) ?(?:gehoord)?|nog steeds|al weken|al maanden|hoe staat"
        r"|hoe ver|stand van zaken|status|behandeling|ontvangen|binnengekomen|wachten op|wacht al|geen reactie|geen antwoord)\b",
    ),
    "aanvragen": (
        r"^hoe\s+(?!lang|laat|veel|vaak|oud|hoog|snel|ver|groot)",
        r"\b(?:ik|we|wij)\s+(?:wil|willen|wou|zou|zouden)\b|\bgraag\b",
        r"\bwie\s+(?:kan|helpt|gaat|komt|lost|regelt)\b|\bkan iemand\b|\bkunnen jullie|\bkunt u|\bkun je|\bwilt u|\bwillen jullie|\bhelp",
        r"\b\w{4,}en$|\b(?:aanvraag|inschrijving|aanmelding|melding)$",
        r"\b(?:kwijt|verloren|gestolen|kapot|stuk)\b|\bwat (?:moet|kan|nu|doe) (?:ik|je|we)? ?(?:doen|nu)?$|\bwat nu\b",
    ),
    "wat": (
        r"\bwat\s+(?:is|zijn|betekent|houdt|doet|doen)\b|\bwaarom\b|\bwat\s+voor\b|\bbetekent\b|\bverschil\b|\bbestaat er|\bis er\b"
        r"|\bklopt\b",
    ),
}
_CUES = tuple(re.compile(pattern) for patterns in _PATTERNS.values() for pattern in patterns)
_LENGTHS = (1, 3, 6, 200)
_WIDTH = 2 * len(_CUES) + 1 + len(_LENGTHS)
_LEADS = re.compile(r"^\W*(?:(?:en|maar|of|dus|want|nu|ja|nou|dan|ook)\W+)*")


def cues(texts: list[str]) -> sparse.csr_matrix:
    """The signs of each text, a row each: in its questions, in the whole of it, and whether it asks or only says (in how many words)."""
    rows = [sorted(_of(text)) for text in texts]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    places = np.array([place for row in rows for place in row], dtype=np.int32)
    return sparse.csr_matrix((np.full(len(places), WEIGHT, dtype=np.float32), places, ends), shape=(len(texts), _WIDTH))


def _of(text: str) -> set[int]:
    text = bare(text)
    questions = [_LEADS.sub("", normalise(part)).strip(" ?") for part in asking(text)]
    whole = normalise(text).strip(" ?")
    found = {place for place, cue in enumerate(_CUES) if any(cue.search(question) for question in questions)}
    found |= {place + len(_CUES) for place, cue in enumerate(_CUES) if cue.search(whole)}
    words = len(whole.split())
    length = next((place for place, most in enumerate(_LENGTHS) if words <= most), len(_LENGTHS) - 1)
    return found | {2 * len(_CUES) + (0 if questions else 1 + length)}
