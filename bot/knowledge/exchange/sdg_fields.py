"""The fields of a product in the SDG / PDC API 1.8, and where our aspects stand in them."""

from __future__ import annotations

from bot.knowledge.exchange.fields import Field
from bot.model.knowledge import BRING, CONDITIONS, COSTS, DURATION, HOW, STATUS, WHAT, WHEN, WHERE

TITLE = 150
"""How long a title may be."""

AUDIENCES = {"inwoner": "eu-burger", "ondernemer": "eu-bedrijf"}

ASPECTS_OF: dict[str, tuple[str, ...]] = {
    "tekst": (WHAT,),
    "procedureBeschrijving": (HOW, WHERE),
    "bewijs": (BRING,),
    "vereisten": (CONDITIONS,),
    "kostenEnBetaalmethoden": (COSTS,),
    "uitersteTermijn": (DURATION, WHEN),
    "wtdBijGeenReactie": (STATUS,),
}
"""The texts of a translation; every aspect but the first of a field stands below a heading with its title."""

NO_PLACE = "bezwaarEnBeroep"
"""The one text of the standard for which we have no aspect."""

_LABELED = (Field("label", required=True), Field("url", "uri", required=True))

_OWMS = (Field("owmsIdentifier", "uri"), Field("owmsPrefLabel"), Field("owmsEndDate", "moment", nullable=True))

_RELATED = (Field("url", "uri", required=True), Field("upnUri", "uri", required=True), Field("upnLabel", required=True))

TRANSLATION_FIELDS = (
    Field("taal", required=True, choices=("nl", "en")),
    Field("titel", longest=TITLE),
    *(Field(name) for name in ASPECTS_OF),
    Field(NO_PLACE),
    Field("procedureLink", "object", nullable=True, fields=_LABELED),
    Field("links", "list", required=True, fields=_LABELED),
    Field("productAanwezigToelichting"),
    Field("productValtOnderToelichting"),
    Field("datumWijziging", "moment", required=True),
)

PRODUCT_FIELDS = (
    Field("url", "uri", required=True),
    Field("uuid", "uuid", required=True),
    Field("upnLabel", required=True),
    Field("upnUri", "uri", required=True),
    Field("versie", "number", required=True),
    Field("publicatieDatum", "date", required=True, nullable=True),
    Field("productAanwezig", "flag", nullable=True),
    Field("productValtOnder", "object", required=True, nullable=True, fields=_RELATED),
    Field("verantwoordelijkeOrganisatie", "object", required=True, fields=(Field("url", "uri", required=True), *_OWMS)),
    Field("bevoegdeOrganisatie", "object", required=True, fields=(Field("naam", required=True), *_OWMS)),
    Field("catalogus", "uri", required=True),
    Field("locaties", "list", required=True),
    Field("doelgroep", required=True, choices=tuple(AUDIENCES.values())),
    Field("vertalingen", "list", required=True, fields=TRANSLATION_FIELDS),
    Field("beschikbareTalen", "list", required=True),
    Field("gerelateerdeProducten", "list", required=True, fields=_RELATED),
)
