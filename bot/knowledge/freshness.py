"""Finds what ages: facts that end soon, sources that nobody looked at for a year, and whatever is only an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.document import Document, Step
from bot.knowledge.folder import Folder, MunicipalityFolder
from bot.knowledge.municipality_schema import MunicipalityShape
from bot.knowledge.schema import SourceShape

SOON = timedelta(days=60)
LONG_AGO = timedelta(days=365)


@dataclass(frozen=True)
class Notice:
    """One thing to look after: kind is expired, expires, unchecked, example or unsourced."""

    kind: str
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """The line that editors read."""
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class _Fact:
    """Something with a date or an example mark, and where it stands."""

    document: Document
    steps: tuple[Step, ...]
    name: str
    until: date | None
    example: bool
    source: SourceShape | None = None

    def notice(self, kind: str, message: str) -> Notice:
        return Notice(kind, self.document.path, self.document.line(*self.steps), f"{self.name}: {message}")


def notices(folder: Folder, today: date) -> list[Notice]:
    """Everything to look after as of `today`, by kind and file."""
    found = [notice for fact in _facts(folder) for notice in _judge(fact, today)]
    found += [*_plannings(folder), *_promises(folder), *_unsourced(folder)]
    return sorted(found, key=lambda notice: (notice.kind, notice.path, notice.line))


def _unsourced(folder: Folder) -> Iterator[Notice]:
    for sheet in folder.vacs:
        count = sum(not vac.bronnen for vac in sheet.shape.vacs)
        if count:
            yield Notice(
                "unsourced", sheet.document.path, 1, f"{count} of {len(sheet.shape.vacs)} particular answers name no source (bronnen)"
            )


def _plannings(folder: Folder) -> Iterator[Notice]:
    for place in folder.municipalities:
        sheet = place.appointments
        if sheet is not None and sheet.shape.voorbeeld:
            line = sheet.document.line("voorbeeld")
            yield Notice("example", sheet.document.path, line, "the planning of appointments is only an example, and citizens book on it")


def _promises(folder: Folder) -> Iterator[Notice]:
    for place in folder.municipalities:
        sheet = place.reports
        if sheet is not None and sheet.shape.voorbeeld:
            line = sheet.document.line("voorbeeld")
            yield Notice("example", sheet.document.path, line, "what is promised about reports is only an example, and citizens hear it")


def _judge(fact: _Fact, today: date) -> Iterator[Notice]:
    if fact.example:
        yield fact.notice("example", "is only an example; a citizen never sees it")
        return
    until = fact.until
    if until is not None and until < today:
        yield fact.notice("expired", f"was valid until {until.isoformat()}; a citizen does not see it any more")
    elif until is not None and until <= today + SOON:
        yield fact.notice("expires", f"is valid until {until.isoformat()}")
    checked = fact.source.gecontroleerd_op if fact.source else None
    if checked is not None and checked < today - LONG_AGO:
        yield fact.notice("unchecked", f"was last looked at on {checked.isoformat()}")


def _facts(folder: Folder) -> Iterator[_Fact]:
    for product in folder.products:
        yield from _sources(product.document, product.shape.bronnen)
    for body in folder.organisations:
        yield from _sources(body.document, body.shape.bronnen)
    for sheet in folder.amounts:
        for index, amount in enumerate(sheet.shape.bedragen):
            example = amount.voorbeeld or amount.bron.voorbeeld
            yield _Fact(sheet.document, ("bedragen", index), amount.naam, amount.geldig_tot, example, amount.bron)
    for place in folder.municipalities:
        yield from _municipality(place)


def _municipality(place: MunicipalityFolder) -> Iterator[_Fact]:
    if place.main is not None:
        yield from _main(place.main.document, place.main.shape)
    if place.prices is not None:
        for index, price in enumerate(place.prices.shape.prijzen):
            name = f"{price.product}, {price.omschrijving}"
            example = price.voorbeeld or price.bron.voorbeeld
            yield _Fact(place.prices.document, ("prijzen", index), name, price.geldig_tot, example, price.bron)
    for local in place.products:
        yield from _sources(local.document, local.shape.bronnen)


def _main(document: Document, main: MunicipalityShape) -> Iterator[_Fact]:
    for index, counter in enumerate(main.loketten):
        source = counter.bronnen[0] if counter.bronnen else None
        yield _Fact(document, ("loketten", index), counter.naam, None, counter.voorbeeld, source)
        if counter.tijden_voorbeeld and not counter.voorbeeld:
            yield _Fact(document, ("loketten", index, "openingstijden"), f"{counter.naam}, openingstijden", None, True)
    for kind in type(main.contact).model_fields:
        contact = getattr(main.contact, kind)
        if contact is not None:
            source = contact.bronnen[0] if contact.bronnen else None
            yield _Fact(document, ("contact", kind), kind, None, contact.voorbeeld, source)


def _sources(document: Document, sources: tuple[SourceShape, ...]) -> Iterator[_Fact]:
    for index, source in enumerate(sources):
        yield _Fact(document, ("bronnen", index), source.titel, source.geldig_tot, source.voorbeeld, source)
