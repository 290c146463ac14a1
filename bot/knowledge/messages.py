"""The system's own texts that the program counts on, and which values each of them may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.model.knowledge import ASPECTS
from bot.model.triage import SIGNS

FILLS = frozenset({"gemeente", "website", "telefoon"})
"""The values that any text may use; they come from the municipality."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

LONGEST_BUTTON = 20
"""Signs in the title of a button: where one of the choices is longer, WhatsApp shows a list instead. (Meta, reply buttons.)"""

SHOWN_CONTACTS = ("telefoon", "telefoon_buitenland", "whatsapp", "email", "contactformulier", "postadres")
"""The ways of contact that an answer lists, in this order."""

DESK_ERRORS = (
    *(
        "uitgelogd",
        "inloggen_mislukt",
        "code_nodig",
        "te_vaak_fout",
        "mag_niet",
        "totp_nodig",
        "wachtwoord_zwak",
        "code_fout",
        "sleutel_weg",
    ),
    *("uitnodiging_weg", "email_bezet", "laatste_beheerder", "onbekende_medewerker", "onbekende_melding"),
    *("unknown_agent", "not_allowed", "not_present", "too_many", "already_taken", "not_yours", "nobody_there", "nothing_said"),
    *("slot_taken", "refused"),
)
"""What the desk tells agents when something cannot be; the English ones are the codes of the hand-off service."""

SUMMARY = ("wanneer", "wat", "optie", "naam", "email", "telefoon", "adres", "onderwerp")
"""The lines of an appointment that is read back."""

NOTE = ("gevaar", "reden", "onderwerp", "vraag", "stemming", "gemeente", "naam", "telefoon", "kenmerk", "labels")
"""The lines of the note with which a conversation goes to people at another desk."""

REPORT = ("wat", "waar", "fotos", "bericht")
"""The lines of a report that is read back."""

REQUIRED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "welkom": frozenset(),
        "welkom_zonder_gemeente": frozenset(),
        "welkom_product": frozenset({"onderwerp"}),
        "kies_gemeente": frozenset(),
        "vreemde_website": frozenset(),
        "gesprek_beeindigd": frozenset(),
        "te_lang": frozenset(),
        "te_snel": frozenset(),
        "storing": frozenset(),
        "storing_verlopen": frozenset(),
        "gevaar_nogmaals": frozenset({"antwoord"}),
        "onbekende_keuze": frozenset(),
        "link": frozenset({"titel", "url"}),
        "link_digid": frozenset({"titel", "url"}),
        "prijs_onbekend": frozenset(),
        "bedrag_onbekend": frozenset({"titel", "url"}),
        "lokaal_onbekend": frozenset(),
        "gratis": frozenset(),
        "ander_orgaan": frozenset({"organisatie"}),
        "meer_op_website": frozenset({"organisatie", "url"}),
        "bel_organisatie": frozenset({"organisatie", "nummer"}),
        "nu_open": frozenset({"loket", "tot"}),
        "nu_open_afspraak": frozenset({"loket", "tot"}),
        "gesloten": frozenset({"opening"}),
        "gesloten_zonder_opening": frozenset(),
        "opening": frozenset({"loket", "dag", "tijd"}),
        "opening_afspraak": frozenset({"loket", "dag", "tijd"}),
        "vandaag": frozenset(),
        "morgen": frozenset(),
        "tijd_van_tot": frozenset({"van", "tot"}),
        "alleen_met_afspraak": frozenset(),
        "loket_gesloten": frozenset(),
        "dagen_van_tot": frozenset({"van", "tot"}),
        "andere_tijden": frozenset({"loket"}),
        "tijden_onbekend": frozenset(),
        "loketten_onbekend": frozenset(),
        "loket_dichtbij": frozenset({"loket"}),
        "loket_dichtbij_adres": frozenset({"loket", "straat", "plaats"}),
        "bsn_gemaskeerd": frozenset(),
        **{f"desk_{key}": frozenset() for key in DESK_ERRORS},
        **{f"ontvangen_{kind}": frozenset() for kind in ("picture", "foto", "voice", "sticker", "document", "location", "unknown")},
        **{f"geen_{kind}": frozenset() for kind in ("foto", "spraak", "sticker", "document", "bericht")},
        "bestand_wachtrij": frozenset(),
        "foto_wachtrij": frozenset(),
        "alleen_tekst": frozenset(),
        "ontvangen_plaats": frozenset({"plaats"}),
        "locatie_ver_weg": frozenset(),
        "locatie_buiten": frozenset({"plaats"}),
        "geen_foto_buiten": frozenset(),
        **{f"foto_{what}": frozenset() for what in ("ontvangen", "met_woorden", "niet_gelukt", "te_groot", "onleesbaar", "te_veel")},
        "knop_melding": frozenset(),
        "bericht_verwijderd": frozenset(),
        "bericht_verwijderd_medewerker": frozenset(),
        "gesprek_verhuisd": frozenset(),
        "geen_whatsapp": frozenset(),
        "verhuis_bericht": frozenset({"code"}),
        "ontvangen_code": frozenset(),
        **{f"verhuisd_{owner}": frozenset() for owner in ("bot", "queued", "agent", "closed")},
        **{f"code_{problem}": frozenset() for problem in ("klopt_niet", "te_vaak", "ander_gesprek")},
        "lijst_openen": frozenset(),
        "maak_keuze": frozenset(),
        "melding_door_waar": frozenset({"plek"}),
        "melding_door_ongeveer": frozenset(),
        "melding_door_nummer": frozenset({"nummer"}),
        "of_typ": frozenset(),
        "fout": frozenset(),
        "niet_in_kennisbank": frozenset(),
        "gemeente_onbekend": frozenset(),
        "website_onbekend": frozenset(),
        "telefoon_onbekend": frozenset(),
        "afspraak_onbekend": frozenset(),
        "afspraak_keer": frozenset({"aantal", "wat"}),
        "geen_mail": frozenset(),
        "verslag_gemeente": frozenset(),
        "verslag_onderwerp": frozenset({"gemeente"}),
        "verslag_begin": frozenset({"gemeente", "dag"}),
        "verslag_einde": frozenset(),
        **{f"verslag_{author}": frozenset() for author in ("citizen", "bot", "agent", "system")},
        "afspraak_dag_bestaat_niet": frozenset({"dag"}),
        "afspraak_dag_voorbij": frozenset(),
        "afspraak_herinnering": frozenset({"wanneer", "waar", "code"}),
        **{f"afspraak_regel_{part}": frozenset({"waarde"}) for part in SUMMARY},
        "melding_anoniem": frozenset(),
        "melding_gedeeld": frozenset({"plaats"}),
        "melding_plek": frozenset({"plek", "plaats"}),
        **{f"melding_regel_{part}": frozenset({"waarde"}) for part in REPORT},
        "wachtrij_plaats": frozenset({"plaats", "wachttijd"}),
        "wachtrij_al": frozenset({"plaats", "wachttijd"}),
        "niet_bereikt": frozenset({"kenmerk"}),
        "wachtrij_lang": frozenset({"plaats", "wachttijd"}),
        "wachtrij_gestopt": frozenset(),
        "wachtrij_niemand": frozenset(),
        "wachttijd_kort": frozenset(),
        "wachttijd_ongeveer": frozenset({"minuten"}),
        "wachttijd_onbekend": frozenset(),
        "medewerker_begint": frozenset({"naam"}),
        "medewerker_weg": frozenset({"plaats", "wachttijd"}),
        "doorverbonden": frozenset({"team", "plaats", "wachttijd"}),
        "reden_lange_mail": frozenset(),
        "notitie_kop": frozenset(),
        **{f"notitie_{fact}": frozenset({"waarde"}) for fact in NOTE},
        **{f"stemming_{sign}": frozenset() for sign in SIGNS},
        "medewerker_elders": frozenset(),
        "medewerker_neemt_over": frozenset(),
        "bot_terug": frozenset(),
        "gesprek_gesloten": frozenset(),
        "gesprek_opnieuw": frozenset(),
        "beoordeling_vraag": frozenset(),
        "beoordeling_dank": frozenset(),
        **{f"beoordeling_{score}": frozenset() for score in range(1, 6)},
        **{f"knop_{kind}": frozenset() for kind in ("chat", "op_tijd", "balie", "huisbezoek", "bericht", "niet_wachten")},
        **{f"contact_{kind}": frozenset({"waarde"}) for kind in SHOWN_CONTACTS},
        **{f"aspect_{aspect}": frozenset() for aspect in ASPECTS},
    }
)
"""Every key that code uses, with the values it gives besides FILLS; berichten.yml may hold more."""
