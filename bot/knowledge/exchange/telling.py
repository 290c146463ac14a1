"""What Wegwijs tells about every product, here or nowhere in particular: what goes out, and what an import is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.clock import Clock, local
from bot.knowledge.answering import text_of
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.explain import did_you_mean
from bot.knowledge.filling import Texts
from bot.knowledge.library import Library
from bot.model.knowledge import ASPECTS, WHAT, Link, Organisation, Product
from bot.model.knowledge_base import KnowledgeBase
from bot.model.municipality import Municipality

_OWN_ADDRESS = re.compile(r"/kennis/producten/([a-z0-9-]+)(?:[/?#]|$)")


@dataclass(frozen=True)
class Said:
    """One answer: our own text, what is added below it (prices, who does it), and what comes behind "Meer weten"."""

    own: str
    added: tuple[str, ...]
    more: str | None

    @property
    def full(self) -> str:
        """All of it, in the order in which it is read."""
        return "\n\n".join((self.own, *self.added, *([self.more] if self.more else [])))


@dataclass(frozen=True)
class ShownLink:
    """A link as a citizen gets it; `place` is where it stands in `written_links`, None when it comes from somewhere else."""

    link: Link
    place: int | None


class Telling:
    """The knowledge base seen from one municipality (or none), at one moment."""

    def __init__(self, base: KnowledgeBase, municipality: str | None, clock: Clock, site: str = "", owms: str | None = None) -> None:
        """Tell what holds in `municipality`; `site` is our own public address, `owms` what the municipality is called in OWMS.

        Raises ExchangeError when there is no such municipality.
        """
        if municipality is not None and municipality not in base.municipalities:
            hint = did_you_mean(municipality, base.municipalities)
            raise ExchangeError(f'there is no municipality "{municipality}"{hint}; known are {", ".join(sorted(base.municipalities))}')
        self.base = base
        self.here: Municipality | None = base.municipalities[municipality] if municipality else None
        self.today = local(clock()).date()
        self.owms = owms
        self._id = municipality
        self._site = site.rstrip("/")
        self._library = Library(base, clock)
        self._texts = Texts(base.messages)

    def products(self) -> tuple[Product, ...]:
        """All products, by id."""
        return self._library.products()

    def said(self, product: Product, aspect: str) -> Said:
        """What is said about one aspect."""
        answer = self._library.answer(product.id, aspect, self._id)
        own = self._texts.fill(text_of(product, aspect, self.here).text, self.here)
        added = tuple(block for block in answer.text[len(own) :].split("\n\n") if block)
        return Said(own, added, answer.more)

    def particulars(self, product: Product) -> Mapping[str, str]:
        """What is said to each particular question about a product."""
        return {answer.title: answer.text for answer in self._library.particulars(product.id, self._id)}

    def titles(self) -> Mapping[str, str]:
        """The names of the aspects as citizens read them."""
        return {aspect: self._library.aspect_title(aspect) for aspect in ASPECTS}

    def body_of(self, product: Product) -> Organisation | None:
        """Who does the product here, when it is not the municipality."""
        return self._library.body_of(product.id, self._id) if self._id else None

    def team_name(self, team: str) -> str:
        """The name of a team as people read it."""
        return self._library.team_name(team)

    def written_links(self, product: Product) -> tuple[Link, ...]:
        """The links as the files have them: the municipality's, or else the product's."""
        different = self.here.products.get(product.id) if self.here else None
        return different.links if different is not None and different.links is not None else product.links

    def links(self, product: Product) -> tuple[ShownLink, ...]:
        """The links as a citizen gets them."""
        written = self.written_links(product)
        free = list(range(len(written)))
        found = []
        for link in self._library.answer(product.id, WHAT, self._id).links:
            place = next((index for index in free if _same(written[index], link)), None)
            if place is not None:
                free.remove(place)
            found.append(ShownLink(link, place))
        return tuple(found)

    def page_of(self, product: Product) -> ShownLink | None:
        """The municipality's own page about a product, if one of the links is that."""
        own = [shown for shown in self.links(product) if shown.place is not None and self.is_own(shown.link.url)]
        pages = [shown for shown in own if shown.link.kind == "informatie"]
        return next(iter((*pages, *own)), None)

    def is_own(self, url: str | None) -> bool:
        """Whether an address is on the municipality's own site."""
        return self.here is not None and url is not None and host_of(url) == host_of(self.here.website)

    def online(self, product: Product) -> ShownLink | None:
        """The way to request it online, if there is one."""
        return next((shown for shown in self.links(product) if shown.link.kind == "online"), None)

    def checked_on(self, product: Product) -> date:
        """The last day on which somebody looked a source up, or today when nobody noted one."""
        different = self.here.products.get(product.id) if self.here else None
        sources = (*(different.sources if different else ()), *product.sources)
        return max((source.checked_on for source in sources if source.checked_on and not source.example), default=self.today)

    def address_of(self, product: Product) -> str:
        """Where our own public API tells about a product; `product_at` reads it back."""
        return f"{self._site}/api/v1/kennis/producten/{product.id}"

    def product_at(self, url: str | None) -> str | None:
        """The product that one of our own addresses is about."""
        found = _OWN_ADDRESS.search(url or "")
        return found.group(1) if found and found.group(1) in self.base.products else None


def host_of(url: str) -> str:
    """The host of an address without `www.`; empty when it is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _same(written: Link, shown: Link) -> bool:
    return (written.kind, written.title) == (shown.kind, shown.title) and written.url in (None, shown.url)
