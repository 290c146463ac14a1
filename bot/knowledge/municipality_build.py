"""Builds each municipality out of its own folder and what it inherits from a shared one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.knowledge import convert
from bot.knowledge.appointment_build import build_rules
from bot.knowledge.folder import MunicipalityFolder
from bot.knowledge.municipality_schema import ContactShape, CounterShape, HoursShape, LocalProductShape, MunicipalityShape, PriceShape
from bot.knowledge.report_build import build_report_policy
from bot.knowledge.widget_build import build_widget
from bot.model.appointment_rules import AppointmentRules
from bot.model.hours import ExceptionalDay, OpeningHours
from bot.model.knowledge import ASPECTS
from bot.model.municipality import WEEKDAYS, Contact, Counter, LocalProduct, Municipality, Place, Price


def build_municipalities(folders: Iterable[MunicipalityFolder]) -> dict[str, Municipality]:
    """Every municipality whose own file is right, by id; shared folders only give."""
    by_name = {folder.name: folder for folder in folders}
    everywhere = {shape.id: _counter(shape) for folder in by_name.values() if folder.main for shape in folder.main.shape.loketten}
    built = {}
    for folder in by_name.values():
        if folder.shared or folder.main is None:
            continue
        shared = by_name.get(folder.main.shape.basis or "")
        municipality = _municipality(folder, folder.main.shape, shared)
        if municipality is not None:
            built[municipality.id] = replace(municipality, appointments=_appointments(municipality, folder, shared, everywhere))
    return built


def _appointments(
    here: Municipality, folder: MunicipalityFolder, shared: MunicipalityFolder | None, everywhere: Mapping[str, Counter]
) -> AppointmentRules | None:
    files = [(item.name, item.appointments.shape) for item in (shared, folder) if item is not None and item.appointments is not None]
    home = {place.name for place in here.places} | {counter.id for counter in here.counters}
    return build_rules(files, frozenset(home), everywhere)


def _municipality(folder: MunicipalityFolder, own: MunicipalityShape, shared: MunicipalityFolder | None) -> Municipality | None:
    if own.naam is None or own.in_een_zin is None or own.website is None:
        return None
    base = shared.main.shape if shared and shared.main else MunicipalityShape(id=own.id)
    counters = {shape.id: _counter(shape) for shape in (*own.loketten, *base.loketten)}
    return Municipality(
        id=folder.name,
        name=own.naam,
        in_sentence=own.in_een_zin,
        cbs_code=own.cbs_code or "",
        website=own.website.rstrip("/"),
        contacts=MappingProxyType({**_contacts(base), **_contacts(own)}),
        places=tuple(Place(shape.naam, shape.ook, shape.postcodes, shape.niet) for shape in own.plaatsen),
        counters=tuple(counters.values()),
        bodies=MappingProxyType({**base.instanties, **own.instanties}),
        prices=_prices(folder, shared),
        products=MappingProxyType(_products(folder, shared)),
        reports=build_report_policy(folder.name, [item.reports.shape for item in (shared, folder) if item and item.reports]),
        widget=build_widget([item.widget.shape for item in (shared, folder) if item and item.widget], own.website.rstrip("/")),
    )


def _contacts(shape: MunicipalityShape) -> dict[str, Contact]:
    found: dict[str, ContactShape | None] = {kind: getattr(shape.contact, kind) for kind in type(shape.contact).model_fields}
    return {
        kind: Contact(kind, contact.value, convert.sources(contact.bronnen), convert.is_example(contact), contact.toelichting)
        for kind, contact in found.items()
        if contact is not None
    }


def _counter(shape: CounterShape) -> Counter:
    return Counter(
        id=shape.id,
        name=shape.naam,
        street=shape.adres.straat,
        postcode=shape.adres.postcode,
        town=shape.adres.plaats,
        week=tuple(_hours(getattr(shape.openingstijden, day)) for day in WEEKDAYS),
        exceptions=tuple(ExceptionalDay(day.datum, _hours(day.tijden), day.reden) for day in shape.uitzonderingen),
        closed_on_holidays=shape.feestdagen_gesloten,
        sources=convert.sources(shape.bronnen),
        example=convert.is_example(shape),
        example_hours=shape.tijden_voorbeeld,
        note=shape.toelichting,
    )


def _hours(shapes: tuple[HoursShape, ...]) -> tuple[OpeningHours, ...]:
    return tuple(sorted((OpeningHours(shape.van, shape.tot, shape.met_afspraak) for shape in shapes), key=lambda item: item.start))


def _prices(folder: MunicipalityFolder, shared: MunicipalityFolder | None) -> tuple[Price, ...]:
    """The own prices, and the shared ones of products for which the municipality has none of its own."""
    own = folder.prices.shape.prijzen if folder.prices else ()
    covered = {shape.product for shape in own}
    inherited = shared.prices.shape.prijzen if shared and shared.prices else ()
    return tuple(_price(shape) for shape in (*own, *(shape for shape in inherited if shape.product not in covered)))


def _price(shape: PriceShape) -> Price:
    return Price(
        product=shape.product,
        description=shape.omschrijving,
        euro=shape.bedrag,
        valid_from=shape.geldig_vanaf,
        valid_until=shape.geldig_tot,
        source=convert.source(shape.bron),
        example=shape.voorbeeld or shape.bron.voorbeeld,
        unit=shape.eenheid,
    )


def _products(folder: MunicipalityFolder, shared: MunicipalityFolder | None) -> dict[str, LocalProduct]:
    merged = {sheet.shape.id: _local(sheet.shape) for sheet in (shared.products if shared else ())}
    for sheet in folder.products:
        own = _local(sheet.shape)
        base = merged.get(own.id, LocalProduct(own.id))
        merged[own.id] = LocalProduct(
            id=own.id,
            body=own.body or base.body,
            aspects=MappingProxyType({**base.aspects, **own.aspects}),
            extra=MappingProxyType({**base.extra, **own.extra}),
            links=own.links if own.links is not None else base.links,
            sources=(*own.sources, *base.sources),
        )
    return merged


def _local(shape: LocalProductShape) -> LocalProduct:
    extra = {aspect: getattr(shape.extra, aspect) for aspect in ASPECTS}
    return LocalProduct(
        id=shape.id,
        body=shape.instantie,
        aspects=convert.aspects(shape.aspecten),
        extra=MappingProxyType({aspect: text for aspect, text in extra.items() if text is not None}),
        links=convert.links(shape.acties) if shape.acties is not None else None,
        sources=convert.sources(shape.bronnen),
    )
