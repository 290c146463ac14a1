"""Shows the knowledge base as the public API gives it: every answer through the library, as a citizen gets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.gateway import knowledge_shapes as shapes
from bot.gateway.errors import NotInKnowledge
from bot.gateway.knowledge_search import ProductSearch
from bot.knowledge.costs import holds
from bot.knowledge.library import Library
from bot.model.knowledge import ASPECTS, Answer, Link, Organisation, Product, Referral, Source
from bot.model.municipality import Municipality, Price
from bot.text.readability import Rules, measure, words_in

_KEPT = 8192
"""Texts whose numbers are remembered; all answers of five municipalities fit."""


class KnowledgeView:
    """One version of the knowledge base, with its search index and the rules of readability."""

    def __init__(self, library: Library, rules: Rules) -> None:
        """Make the index; that takes a moment, so not in the event loop."""
        self.library = library
        self._rules = rules
        self._search = ProductSearch(library.products(), library.themes())
        names = [*(item.name for item in library.products()), *(item.name for item in library.organisations())]
        self._names = _words(names)
        self._readability = lru_cache(maxsize=_KEPT)(self._measured)

    def products(self, query: str, theme: str | None) -> shapes.ProductList:
        """Products of a theme that match a query; raises NotInKnowledge for a theme that does not exist."""
        if theme is not None and theme not in self.library.themes():
            raise NotInKnowledge(f"theme {theme}")
        if query.strip():
            found = [product for name in self._search.find(query) if (product := self.library.product(name))]
        else:
            found = sorted(self.library.products(), key=lambda product: product.name.casefold())
        kept = [product for product in found if theme in (None, product.theme)]
        return shapes.ProductList(total=len(kept), products=tuple(self._summary(product) for product in kept))

    def product(self, key: str, here: Municipality | None, today: date, examples: bool) -> shapes.ProductOut:
        """All of a product for citizens of `here`; raises NotInKnowledge."""
        found = self._known(key)
        municipality = here.id if here else None
        body = self.library.body_of(key, here.id) if here else None
        return shapes.ProductOut(
            id=found.id,
            name=found.name,
            municipality=municipality,
            theme=self._theme(found),
            audience=found.audience,
            words=found.words,
            upl=shapes.UplOut(name=found.upl_name, uri=found.upl_uri) if found.upl_name else None,
            owner=found.owner,
            team=shapes.Named(id=found.team, name=self.library.team_name(found.team)),
            channel=shapes.ChannelOut.model_validate({"preferred": found.channel, "reason": found.channel_reason}),
            appointment=found.appointment,
            organisation=body_out(body) if body else None,
            aspects=tuple(self.answer(key, aspect, here) for aspect in ASPECTS),
            vacs=self._vacs(found, municipality),
            prices=_prices(here, key, today, examples),
            related=tuple(shapes.Named(id=item.id, name=item.name) for item in map(self.library.product, found.related) if item),
            sources=sources_out(found.sources),
            questions=dict(found.questions),
            limits=shapes.LimitsOut(
                words=self._rules.most_words,
                mean_sentence=self._rules.mean_sentence,
                longest_sentence=self._rules.longest_sentence,
            ),
        )

    def answer(self, key: str, aspect: str, here: Municipality | None) -> shapes.AnswerOut:
        """One answer for citizens of `here`; raises NotInKnowledge."""
        self._known(key)
        if aspect not in ASPECTS:
            raise NotInKnowledge(f"aspect {aspect}")
        answer = self.library.answer(key, aspect, here.id if here else None)
        return shapes.AnswerOut(
            product=key,
            aspect=aspect,
            municipality=answer.municipality,
            title=self.library.aspect_title(aspect),
            text=answer.text,
            more=answer.more,
            applicable=answer.applicable,
            complete=answer.complete,
            local=answer.local,
            organisation=answer.organisation,
            links=links_out(answer.links),
            source=shown_source(answer),
            readability=self._readability(key, answer.text),
        )

    def themes(self) -> shapes.ThemeList:
        """Every theme, also one without products."""
        counts = [product.theme for product in self.library.products()]
        themes = self.library.themes().items()
        return shapes.ThemeList(themes=tuple(shapes.ThemeOut(id=key, name=name, products=counts.count(key)) for key, name in themes))

    def aspects(self) -> shapes.AspectList:
        """The nine aspects with the names on the buttons."""
        return shapes.AspectList(aspects=tuple(shapes.AspectOut(id=key, title=self.library.aspect_title(key)) for key in ASPECTS))

    def _known(self, key: str) -> Product:
        found = self.library.product(key)
        if found is None:
            raise NotInKnowledge(f"product {key}")
        return found

    def _theme(self, product: Product) -> shapes.Named:
        return shapes.Named(id=product.theme, name=self.library.themes().get(product.theme, product.theme))

    def _vacs(self, product: Product, municipality: str | None) -> tuple[shapes.VacOut, ...]:
        said = zip(product.vacs, self.library.particulars(product.id, municipality), strict=True)
        return tuple(
            shapes.VacOut(
                id=vac.id,
                question=vac.question,
                aspect=vac.aspect,
                text=answer.text,
                questions=vac.questions,
                follow_ups=vac.follow_ups,
                source=shown_source(answer),
                readability=self._readability(product.id, answer.text),
            )
            for vac, answer in said
        )

    def _summary(self, product: Product) -> shapes.ProductSummary:
        shown = {"id": product.id, "name": product.name, "audience": product.audience, "channel": product.channel}
        return shapes.ProductSummary.model_validate({**shown, "theme": self._theme(product)})

    def _measured(self, product: str, text: str) -> shapes.ReadabilityOut:
        found = measure(text, self._rules, known=self._names | _words(self._known(product).words))
        return shapes.ReadabilityOut(
            words=found.words,
            sentences=len(found.sentences),
            mean_sentence=found.mean_sentence,
            longest_sentence=found.longest_sentence,
            long_words=found.long_words,
            jargon=found.jargon,
            passive=len(found.passive),
        )


def links_out(links: Iterable[Link]) -> tuple[shapes.LinkOut, ...]:
    """The links that lead somewhere."""
    return tuple(shapes.LinkOut(kind=link.kind, title=link.title, url=link.url, digid=link.digid) for link in links if link.url)


def sources_out(sources: Iterable[Source]) -> tuple[shapes.SourceOut, ...]:
    """The sources that somebody looked up; an example is never shown."""
    return tuple(_source(source) for source in sources if not source.example)


def shown_source(told: Answer | Referral) -> shapes.SourceOut | None:
    """The source that stands below an answer."""
    if told.source_url is None:
        return None
    return shapes.SourceOut(title=told.source_title or told.source_url, url=told.source_url, checked_on=told.checked_on)


def body_out(body: Organisation) -> shapes.BodyOut:
    """An organisation in short."""
    return shapes.BodyOut(id=body.id, name=body.name, website=body.website, phone=body.phone)


def _words(names: Iterable[str]) -> frozenset[str]:
    """The names and the words in them, as the measuring of a text looks at them."""
    return frozenset(word.lower() for name in names for word in (*words_in(name), name))


def _source(source: Source) -> shapes.SourceOut:
    return shapes.SourceOut(title=source.title, url=source.url, checked_on=source.checked_on, valid_until=source.valid_until)


def _prices(here: Municipality | None, product: str, today: date, examples: bool) -> tuple[shapes.PriceOut, ...]:
    """The prices of today; examples only when they were asked for, and marked."""
    mine = [price for price in here.prices if price.product == product] if here else []
    return tuple(_price(price) for price in mine if (examples or not price.example) and holds(replace(price, example=False), today))


def _price(price: Price) -> shapes.PriceOut:
    return shapes.PriceOut(
        description=price.description,
        euro=price.euro,
        unit=price.unit,
        valid_from=price.valid_from,
        valid_until=price.valid_until,
        source=None if price.source.example else _source(price.source),
        example=price.example,
    )
