"""Puts one answer together: the national text, what differs here, amounts that hold today, links and the source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.clock import local
from bot.knowledge import counters
from bot.knowledge.costs import Figures, local_figures, national_figures
from bot.knowledge.errors import UnknownEntryError
from bot.knowledge.filling import Texts, phone_of
from bot.knowledge.sentences import key_of
from bot.model.knowledge import COSTS, HOW, WHAT, WHEN, WHERE, Answer, AspectText, Link, Organisation, Product, Referral, Source, Vac
from bot.model.knowledge_base import KnowledgeBase
from bot.model.municipality import LocalProduct, Municipality

ITSELF = "gemeente"
"""Written where an organisation could stand: the municipality does it itself."""

_COUNTER_PARTS = {
    ("openingstijden", WHAT): "times",
    ("openingstijden", WHEN): "times",
    ("openingstijden", WHERE): "addresses",
    ("contact", WHAT): "contacts",
    ("contact", HOW): "contacts",
    ("contact", WHEN): "times",
    ("contact", WHERE): "addresses",
}
"""The answers that are made of the municipality's own counters and numbers."""


def text_of(product: Product, aspect: str, here: Municipality | None) -> AspectText:
    """The municipality's text of an aspect, or else the product's; raises UnknownEntryError for an aspect that does not exist."""
    text = _different(product, here).aspects.get(aspect) or product.aspects.get(aspect)
    if text is None:
        raise UnknownEntryError(f'there is no aspect "{aspect}"')
    return text


class Answering:
    """Makes answers out of one knowledge base."""

    def __init__(self, base: KnowledgeBase, texts: Texts) -> None:
        self._base = base
        self._texts = texts

    def answer(self, product: Product, aspect: str, here: Municipality | None, now: datetime) -> Answer:
        """The answer for `here`, or for no municipality in particular."""
        text, different, body = text_of(product, aspect, here), _different(product, here), self.body_of(product, here)
        figures = self._figures(product, text, aspect, here, now)
        blocks = [self._texts.fill(text.text, here), *figures.blocks]
        if aspect in different.extra:
            blocks.append(self._texts.fill(different.extra[aspect], here))
        if body is not None and not _is_named(body, blocks):
            blocks.append(self._texts.say("ander_orgaan", here, organisatie=body.name))
        own = different.sources if aspect in different.aspects or aspect in different.extra else ()
        today = local(now).date()
        source = figures.source or _shown((*own, *product.sources), today)
        return Answer(
            product=product.id,
            aspect=aspect,
            municipality=here.id if here else None,
            title=product.name,
            text="\n\n".join(blocks),
            more=self._texts.fill(text.more, here) if text.more else None,
            links=_links(product, different, body, here),
            source_title=source.title if source else None,
            source_url=source.url if source else None,
            checked_on=source.checked_on if source else None,
            owner=product.owner,
            applicable=text.applicable,
            complete=figures.complete and not _aged((*own, *product.sources), today),
            local=text.local or (product.id, aspect) in _COUNTER_PARTS,
            organisation=body.id if body else None,
        )

    def vac(self, product: Product, vac: Vac, here: Municipality | None, now: datetime) -> Answer:
        """The answer to a particular question."""
        body, today = self.body_of(product, here), local(now).date()
        blocks = [self._texts.fill(vac.text, here)]
        if body is not None and not _is_named(body, blocks):
            blocks.append(self._texts.say("ander_orgaan", here, organisatie=body.name))
        source = _shown(vac.sources, today)
        return Answer(
            product=product.id,
            aspect=vac.aspect,
            municipality=here.id if here else None,
            title=vac.question,
            text="\n\n".join(blocks),
            more=None,
            links=_links(product, _different(product, here), body, here),
            source_title=source.title if source else None,
            source_url=source.url if source else None,
            checked_on=source.checked_on if source else None,
            owner=product.owner,
            organisation=body.id if body else None,
            vac=vac.id,
        )

    def referral(self, found: Organisation, here: Municipality | None, now: datetime) -> Referral:
        """The way to another organisation."""
        ways = []
        if found.website:
            ways.append(self._texts.say("meer_op_website", here, organisatie=found.name, url=found.website))
        if found.phone:
            ways.append(self._texts.say("bel_organisatie", here, organisatie=found.name, nummer=found.phone))
        blocks = [self._texts.fill(found.referral, here), self._texts.fill(found.does, here), " ".join(ways)]
        source = _shown(found.sources, local(now).date())
        return Referral(
            organisation=found.id,
            name=found.name,
            text="\n\n".join(block for block in blocks if block),
            links=_links_to(found),
            source_title=source.title if source else None,
            source_url=source.url if source else None,
            checked_on=source.checked_on if source else None,
        )

    def body_of(self, product: Product, here: Municipality | None) -> Organisation | None:
        """Who does `product` here: the product's own file says so, else the municipality for this product, else for its theme."""
        if here is None:
            return None
        name = _different(product, here).body or here.bodies.get(product.id) or here.bodies.get(product.theme)
        return None if name is None or name == ITSELF else self._base.organisations.get(name)

    def _figures(self, product: Product, text: AspectText, aspect: str, here: Municipality | None, now: datetime) -> Figures:
        today = local(now).date()
        periods = [self._base.amounts[name] for name in text.amounts if name in self._base.amounts]
        parts = [national_figures(periods, today, self._texts)]
        if text.local:
            parts.append(self._local_part(product, aspect, here, today))
        kind = _COUNTER_PARTS.get((product.id, aspect))
        if kind is not None:
            parts.append(self._counter_part(kind, here, now))
        return Figures(
            tuple(block for part in parts for block in part.blocks),
            all(part.complete for part in parts),
            next((part.source for part in reversed(parts) if part.source), None),
        )

    def _local_part(self, product: Product, aspect: str, here: Municipality | None, today: date) -> Figures:
        """The prices below the costs; below another aspect the way to what holds here, unless the municipality wrote it itself."""
        if aspect == COSTS:
            return local_figures(product.id, here, today, self._texts)
        different = _different(product, here)
        if aspect in different.aspects or aspect in different.extra:
            return Figures()
        return Figures((self._texts.say("lokaal_onbekend", here),), complete=False)

    def _counter_part(self, kind: str, here: Municipality | None, now: datetime) -> Figures:
        if here is None:
            return Figures((self._texts.say("tijden_onbekend" if kind == "times" else "loketten_onbekend"),), complete=False)
        if kind == "times":
            return counters.opening_times(here, now, self._texts)
        return counters.addresses(here, self._texts) if kind == "addresses" else counters.ways_of_contact(here, self._texts)


def _different(product: Product, here: Municipality | None) -> LocalProduct:
    return (here.products.get(product.id) if here else None) or LocalProduct(product.id)


def _is_named(body: Organisation, blocks: Iterable[str]) -> bool:
    """Whether the text says already who does it."""
    words = [f" {key_of(block)} " for block in blocks]
    return any(f" {key_of(name)} " in block for name in (body.name, *body.aliases) for block in words)


def _links(product: Product, different: LocalProduct, body: Organisation | None, here: Municipality | None) -> tuple[Link, ...]:
    """The municipality's links, or else the product's and the way to the body that does it; a link without an address is left out."""
    chosen: Iterable[Link] = different.links if different.links is not None else product.links
    if body is not None and different.links is None:
        chosen = (*_links_to(body), *chosen)
    phone = phone_of(here) if here else None
    found = []
    for link in chosen:
        if link.url is None and link.kind == "telefoon" and phone is not None:
            found.append(Link(link.kind, link.title, "tel:" + "".join(sign for sign in phone if sign in "+0123456789")))
        elif link.url is not None:
            found.append(link)
    return tuple(found)


def _links_to(body: Organisation) -> tuple[Link, ...]:
    return (Link("informatie", body.name, body.website),) if body.website else ()


def _shown(sources: Iterable[Source], today: date) -> Source | None:
    """The first source that was looked up and still holds."""
    real = (source for source in sources if not source.example)
    return next((source for source in real if source.valid_until is None or source.valid_until >= today), None)


def _aged(sources: Iterable[Source], today: date) -> bool:
    """Whether what was looked up has aged, every source of it."""
    real = [source for source in sources if not source.example]
    return bool(real) and _shown(real, today) is None
