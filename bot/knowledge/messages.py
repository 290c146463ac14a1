"""The system's own texts that the program counts on, and which values each of them may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.model.knowledge import ASPECTS

FILLS = frozenset({"gemeente", "website", "telefoon"})
"""The values that any text may use; they come from the municipality."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

REQUIRED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "welkom": frozenset(),
        "welkom_zonder_gemeente": frozenset(),
        "kies_gemeente": frozenset(),
        "te_lang": frozenset(),
        "te_snel": frozenset(),
        "storing": frozenset(),
        "storing_verlopen": frozenset(),
        "onbekende_keuze": frozenset(),
        "prijs_onbekend": frozenset(),
        "prijs_per_gemeente": frozenset(),
        "bedrag_onbekend": frozenset({"titel", "url"}),
        "gratis": frozenset(),
        "ander_orgaan": frozenset({"organisatie"}),
        "gesloten": frozenset({"opening"}),
        "gesloten_zonder_opening": frozenset(),
        "nu_open": frozenset({"loket", "tot"}),
        "opening": frozenset({"loket", "dag", "tijd"}),
        "loket_gesloten": frozenset(),
        "met_afspraak": frozenset(),
        "tijden_onbekend": frozenset(),
        "tijden_per_gemeente": frozenset(),
        "loketten_onbekend": frozenset(),
        "meer_op_website": frozenset({"organisatie", "url"}),
        "bel_organisatie": frozenset({"organisatie", "nummer"}),
        "bsn_gemaskeerd": frozenset(),
        "fout": frozenset(),
        "gemeente_onbekend": frozenset(),
        "website_onbekend": frozenset(),
        "telefoon_onbekend": frozenset(),
        **{f"contact_{kind}": frozenset({"waarde"}) for kind in ("telefoon", "whatsapp", "email", "contactformulier", "postadres")},
        **{f"aspect_{aspect}": frozenset() for aspect in ASPECTS},
    }
)
"""Every key that code uses, with the values it gives besides FILLS; berichten.yml may hold more."""
