"""A made-up knowledge folder with everything that a standard can hold, and what other systems could say about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.knowledge.exchange.telling import Telling
from bot.knowledge.loader import read_knowledge
from tests.knowledge.builders import NOON, KnowledgeFolder, product, questions
from tests.knowledge.test_vacs import vac

TERMS = "http://standaarden.overheid.nl/owms/terms/"
SITE = "https://bot.voorbeeld.nl"
HERE = "duindorp"
_ORGAN = "Nee, een **orgel** blijft staan. Lees [meer](https://rijk.nl/orgel)."
WEBSITE = "https://www.duindorp.nl"
OWMS = f"{TERMS}Duindorp_(gemeente)"


def upl(name: str) -> dict[str, str]:
    return {"naam": name, "uri": f"{TERMS}{name}"}


def catalogue(root: Path) -> KnowledgeFolder:
    """Three products with a UPL name and one without, in a municipality that has texts, links and prices of its own."""
    root.mkdir()
    folder = KnowledgeFolder(root)
    folder.write("themas.yml", {"themas": {"afval": "Afval"}, "teams": {"afval": "Afval", "balie": "Balie"}})
    folder.municipality(HERE, cbs_code="0001", contact={"telefoon": {"nummer": "14 0001", "bronnen": [SOURCE]}})
    folder.organisation("ophaaldienst")
    folder.write("products/paspoort.yml", _passport())
    folder.write("products/grofvuil.yml", _bulky_waste())
    folder.write("vacs/grofvuil.yml", {"vacs": [vac(), vac("orgel", vraag="Haalt u een orgel op?", antwoord=_ORGAN)]})
    folder.write("products/glas.yml", _product("glas", upl=upl("glas"), doelgroep=["inwoner", "ondernemer"], gerelateerd=["paspoort"]))
    folder.write("products/afvalkalender.yml", _product("afvalkalender"))
    folder.local(
        HERE,
        "grofvuil",
        instantie="ophaaldienst",
        aspecten={"waar": {"tekst": "U brengt het naar de werf van {gemeente}.", "meer": "De werf ligt aan de haven."}},
        extra={"duur": "In Duindorp duurt het drie dagen."},
        bronnen=[SOURCE],
    )
    folder.local(
        HERE,
        "paspoort",
        acties=[
            {"soort": "informatie", "titel": "Paspoort in Duindorp", "url": f"{WEBSITE}/paspoort"},
            {"soort": "online", "titel": "Afspraak maken", "url": f"{WEBSITE}/afspraak", "digid": True},
            {"soort": "formulier", "titel": "Toestemming", "url": f"{WEBSITE}/toestemming"},
        ],
    )
    folder.prices(HERE, {"omschrijving": "Ophalen, per keer"})
    return folder


SOURCE = {"titel": "De wet", "url": "https://wetten.overheid.nl/x", "gecontroleerd_op": "2026-11-22"}


def _product(name: str, **changes: Any) -> dict[str, Any]:
    """A right product with one word and one question more than it needs."""
    made = product(name, **changes)
    made["woorden"].append(f"{name} v")
    made["voorbeeldvragen"]["kosten"].append(f"en wat kost {name} dan")
    return made


def _passport() -> dict[str, Any]:
    made = _product("paspoort", upl=upl("paspoort"), gerelateerd=["glas", "grofvuil"])
    made["aspecten"] |= {
        "wat": {
            "tekst": "Met een **paspoort** reist u. Dat is mooi.",
            "meer": "Lees [meer](https://rijk.nl/pas) bij het Rijk.",
        },
        "meenemen": {"tekst": "U neemt mee: een pasfoto & uw oude paspoort.", "meer": "Verder:\n- uw bankpas\n- een pen"},
        "wanneer": {"nvt": "Dat kan altijd."},
        "status": {"tekst": "Bel {telefoon} als u niets hoort."},
    }
    return made


def _bulky_waste() -> dict[str, Any]:
    made = _product("grofvuil", upl=upl("grofvuil"), doelgroep=["inwoner", "ondernemer"])
    made["aspecten"]["kosten"] = {"tekst": "Ophalen kost geld.", "meer": "U betaalt vooraf.", "lokaal": True}
    made["acties"] = [
        {"soort": "online", "titel": "Grofvuil aanmelden", "url": "https://ophalen.nl/x"},
        {"soort": "telefoon", "titel": "Bellen"},
        {"soort": "online", "titel": "Nog niet bekend"},
    ]
    made["voorbeeldvragen"]["duur"] = questions("de duur van grofvuil", 3)
    made["voorbeeldvragen"]["melden"] = questions("een melding van grofvuil", 2)
    return made


def telling(folder: KnowledgeFolder, municipality: str | None = HERE) -> Telling:
    """What the folder tells at noon."""
    return Telling(read_knowledge(folder.root).base, municipality, lambda: NOON, SITE, OWMS)


PDC_ITEMS: list[dict[str, Any]] = [
    {
        "id": 1,
        "title": "Paspoort &#8211; aanvragen",
        "title_alternative": "Paspoort",
        "slug": "paspoort-aanvragen",
        "language": "nl",
        "post_status": "publish",
        "portal_url": "https://www.duindorp.nl/paspoort/",
        "excerpt": "Kort.",
        "content": "<p>Met een <strong>paspoort</strong> reist u <script>alert(1)</script>ver.</p>"
        "<h2>Wat heb ik nodig?</h2><p>U neemt mee:</p><ul><li>een <em>pasfoto</em></li><li>uw <a href='https://www.duindorp.nl/pas'"
        " onclick='x()'>oude pas</a></li></ul><h2>Kosten</h2><p>Een paspoort kost geld.</p><h2>Iets geheel anders</h2><p>Hallo.</p>",
        "synonyms": "reisboekje, pasje",
        "faq": [{"question": "Hoe lang is een reisboekje geldig?", "answer": "<p>Tien jaar.</p>"}],
        "links": [{"title": "Eisen pasfoto", "url": "https://rijk.nl/pasfoto"}],
        "forms": [{"title": "Formulier", "url": "http://www.duindorp.nl/oud"}],
        "downloads": [],
        "appointment": {"active": True, "title": "Afspraak", "url": "https://www.duindorp.nl/afspraak", "meta": ""},
        "taxonomies": {"pdc-type": [{"id": 3, "name": "Extern", "slug": "external"}]},
    },
    {"id": 2, "title": "Glas", "content": "<p>Breng glas naar de glasbak.</p>", "post_status": "publish"},
    {
        "id": 3,
        "title": "Werkinstructie grofvuil",
        "content": "<p>Alleen voor medewerkers.</p>",
        "taxonomies": {"pdc-type": [{"id": 4, "name": "Intern", "slug": "internal"}]},
    },
    {"id": 4, "title": "Vuurwerkverbod", "content": "<p>Niet doen.</p>"},
]

PRODUCT_TYPES: list[dict[str, Any]] = [
    {
        "uuid": "95792000-d57f-4d3a-b14c-c4c7aa964907",
        "naam": "Grofvuil laten ophalen",
        "samenvatting": "Wij halen **grofvuil** bij u op.",
        "taal": "nl",
        "code": "GROF-1",
        "uniforme_product_naam": "grofvuil",
        "doelgroep": "burgers",
        "gepubliceerd": True,
        "keywords": ["bankstel weg"],
        "interne_opmerkingen": "Niet voor burgers.",
        "links": [{"uuid": "1", "naam": "Over grofvuil", "url": "https://www.duindorp.nl/grofvuil"}],
        "prijzen": [
            {
                "uuid": "2",
                "actief_vanaf": "2026-01-01",
                "prijsopties": [{"bedrag": "20.00", "beschrijving": "Ophalen, per keer"}],
            },
            {
                "uuid": "4",
                "actief_vanaf": "2027-01-01",
                "prijsopties": [{"bedrag": "99.00", "beschrijving": "Ophalen, per keer"}],
            },
        ],
    },
    {"uuid": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "naam": "Interne dienst", "samenvatting": "", "doelgroep": "interne_organisatie"},
]

CONTENT: list[dict[str, Any]] = [
    {
        "uuid": "7",
        "taal": "nl",
        "labels": ["Voorwaarden"],
        "content": "Hooguit *drie* kuub.",
        "aanvullende_informatie": "1. Meld aan\n2. Zet buiten",
        "producttype_uuid": "95792000-d57f-4d3a-b14c-c4c7aa964907",
    },
    {"uuid": "8", "taal": "nl", "labels": ["Los"], "content": "Iets.", "producttype_uuid": "95792000-d57f-4d3a-b14c-c4c7aa964907"},
]

CURRENT_PRICES: list[dict[str, Any]] = [
    {
        "uuid": "95792000-d57f-4d3a-b14c-c4c7aa964907",
        "code": "GROF-1",
        "upl_naam": "grofvuil",
        "upl_uri": f"{TERMS}grofvuil",
        "actuele_prijs": {
            "uuid": "9",
            "actief_vanaf": "2026-07-01",
            "prijsopties": [
                {"uuid": "10", "bedrag": "31.50", "beschrijving": "Ophalen, per keer"},
                {"uuid": "11", "bedrag": "60.00", "beschrijving": "Met spoed"},
            ],
            "prijsregels": [],
        },
    },
    {"uuid": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "code": "X", "upl_naam": None, "upl_uri": None, "actuele_prijs": None},
]


def foreign(name: str) -> bytes:
    """A saved answer of a system that Wegwijs only reads from."""
    answers: dict[str, Any] = {
        "openpdc": {"data": PDC_ITEMS, "pagination": {"total_count": 4, "total_pages": 1, "current_page": 1, "limit": 100}},
        "open-product": {"producttypen": PRODUCT_TYPES, "content": CONTENT, "actuele-prijzen": CURRENT_PRICES},
    }
    return json.dumps(answers[name]).encode()
