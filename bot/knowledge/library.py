"""The one door to the knowledge base: every answer, referral, opening hour and system text comes from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from bot.clock import Clock
from bot.knowledge import distance, hours, nearest
from bot.knowledge.answering import Answering, text_of
from bot.knowledge.errors import UnknownEntryError
from bot.knowledge.filling import Texts, phone_of
from bot.knowledge.particulars import Particulars
from bot.knowledge.places import PlaceFinder
from bot.knowledge.rare_words import RareWords
from bot.knowledge.triage import FALLBACK
from bot.model.knowledge import ASPECTS, Answer, Organisation, Product, Referral
from bot.model.knowledge_base import KnowledgeBase
from bot.model.municipality import Counter, DayHours, Municipality, Opening
from bot.model.people import AnswerTemplate
from bot.model.tongue import Tongue
from bot.model.triage import Policy

_NEAR_KM = 10.0
"""Who is further away from all our villages does not ask about the nearest counter."""


class Library:
    """Answers from one knowledge base; it holds no state, so one serves everybody at once."""

    def __init__(self, base: KnowledgeBase, clock: Clock) -> None:
        """Answer from `base`; `clock` decides what is still valid and whether a counter is open."""
        self._base = base
        self._clock = clock
        self._texts = Texts(base.messages)
        self._answers = Answering(base, self._texts)
        self._places = PlaceFinder(base.municipalities.values())

    def answer(self, product: str, aspect: str, municipality: str | None = None) -> Answer:
        """What is said about `aspect` of `product`; raises UnknownEntryError for a product or aspect that does not exist.

        A municipality that does not exist (any more) is treated as none, so that the citizen still gets the national text.
        """
        return self._answers.answer(self._known_product(product), aspect, self._municipality(municipality), self._clock())

    def particular(self, product: str, question: str, municipality: str | None = None, aspect: str | None = None) -> Answer | None:
        """The answer to the particular question that `question` is, if it is one; raises UnknownEntryError for an unknown product."""
        found = self._particulars.find(product, question, aspect)
        return self._answers.vac(self._known_product(product), found, self._municipality(municipality), self._clock()) if found else None

    def particulars(self, product: str, municipality: str | None = None) -> tuple[Answer, ...]:
        """The answers to all particular questions about a product, in the order of its file; raises UnknownEntryError."""
        found, here = self._known_product(product), self._municipality(municipality)
        return tuple(self._answers.vac(found, vac, here, self._clock()) for vac in found.vacs)

    def reply(self, product: str, aspect: str, question: str, municipality: str | None = None) -> Answer:
        """What is said to who typed `question`: the answer, with the particular one or with "Meer weten" when it is about just that."""
        answer = self.answer(product, aspect, municipality)
        particular = self._particulars.find(product, question, aspect)
        if particular is not None:
            below = self._texts.fill(particular.text, self._municipality(municipality))
            return replace(answer, text=f"{answer.text}\n\n**{particular.question}**\n\n{below}", vac=particular.id)
        if answer.more is None or not self._rest.points_at(question, answer.more, answer.text):
            return answer
        return replace(answer, text=f"{answer.text}\n\n{answer.more}", more=None)

    def more(self, product: str, aspect: str, municipality: str | None = None) -> Answer | None:
        """The rest of an answer, behind "Meer weten"; None when there is no more."""
        answer = self.answer(product, aspect, municipality)
        return None if answer.more is None else replace(answer, text=answer.more, more=None)

    def product(self, product: str) -> Product | None:
        """The product with this id, if there is one."""
        return self._base.products.get(product)

    def products(self) -> tuple[Product, ...]:
        """All products, by id."""
        return tuple(self._base.products.values())

    def aspects_of(self, product: str, municipality: str | None = None) -> tuple[str, ...]:
        """The aspects that apply, in the fixed order; for choices to offer."""
        found = self._known_product(product)
        here = self._municipality(municipality)
        return tuple(aspect for aspect in ASPECTS if text_of(found, aspect, here).applicable)

    def title_of(self, product: str) -> str:
        """The name of a product as it stands on a button."""
        return self._known_product(product).name

    def aspect_title(self, aspect: str) -> str:
        """The name of an aspect as it stands on a button."""
        return self._texts.say(f"aspect_{aspect}")

    def organisation(self, organisation: str) -> Organisation | None:
        """The organisation with this id, if there is one."""
        return self._base.organisations.get(organisation)

    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations, by id."""
        return tuple(self._base.organisations.values())

    def referral(self, organisation: str, municipality: str | None = None) -> Referral:
        """How to send a citizen to an organisation; raises UnknownEntryError when there is none with this id."""
        found = self._base.organisations.get(organisation)
        if found is None:
            raise UnknownEntryError(f'there is no organisation "{organisation}"')
        return self._answers.referral(found, self._municipality(municipality), self._clock())

    def municipality(self, municipality: str) -> Municipality | None:
        """The municipality with this id, if there is one."""
        return self._base.municipalities.get(municipality)

    def phone(self, municipality: str | None) -> str | None:
        """The number that citizens of a municipality call, when it is known for a fact."""
        here = self._municipality(municipality)
        return phone_of(here) if here else None

    def municipalities(self) -> tuple[Municipality, ...]:
        """All municipalities, by id."""
        return tuple(self._base.municipalities.values())

    def municipality_of(self, text: str) -> str | None:
        """The id of the municipality that a citizen's sentence points at; None when there is none or more than one."""
        return self._places.find(text)

    def place_near(self, latitude: float, longitude: float) -> str | None:
        """The name of the nearest village of all municipalities, within ten kilometres of a position in degrees."""
        planned = (item.appointments for item in self._base.municipalities.values() if item.appointments)
        villages = {name: position for rules in planned for name, position in rules.positions.items()}
        return distance.nearest(villages, (latitude, longitude), _NEAR_KM)

    def counter_near(self, text: str) -> tuple[Municipality, Counter] | None:
        """The counter nearest to the village in a citizen's words, or the first of their municipality; None when nothing is named."""
        home = self._municipality(self.municipality_of(text))
        return nearest.nearest_counter(self.municipalities(), home, text) if home else None

    def opening_hours(self, municipality: str, day: date) -> tuple[DayHours, ...]:
        """The hours of every real counter on `day`, holidays and exceptions included."""
        here = self._municipality(municipality)
        return tuple(hours.hours_on(counter, day) for counter in hours.counters_with_hours(here)) if here else ()

    def open_now(self, municipality: str, at: datetime | None = None) -> tuple[Opening, ...]:
        """The counters that are open at `at` (now by default), with until when; empty when all are closed or unknown."""
        here = self._municipality(municipality)
        return hours.open_at(here, at or self._clock()) if here else ()

    def next_opening(self, municipality: str, at: datetime | None = None) -> Opening | None:
        """The first time after `at` (now by default) that a counter opens; None when that is unknown."""
        here = self._municipality(municipality)
        return hours.next_opening(here, at or self._clock()) if here else None

    def message(self, key: str, municipality: str | None = None, **values: str) -> str:
        """A text of berichten.yml, filled in; raises UnknownEntryError when the text or one of its values is missing."""
        return self._texts.say(key, self._municipality(municipality), **values)

    def tongue(self, code: str) -> Tongue | None:
        """What is said in another language, by its ISO 639-1 code; None for a language that has no texts."""
        return self._base.tongues.get(code)

    def team_name(self, team: str) -> str:
        """The name of a team as people read it."""
        return self._base.teams.get(team, team)

    def teams(self) -> Mapping[str, str]:
        """The teams by id, with the names that people read, in the order of themas.yml."""
        return self._base.teams

    def templates(self) -> tuple[AnswerTemplate, ...]:
        """Sentences that agents use often."""
        return self._base.templates

    def asks_about_queue(self, text: str) -> bool:
        """Whether a waiting citizen asks how long it takes or where they stand, and nothing else."""
        return self._base.queue_questions.hears(text)

    def themes(self) -> Mapping[str, str]:
        """The themes by id, with the names that people read, in the order of themas.yml."""
        return self._base.themes

    def policy(self, municipality: str | None = None) -> Policy:
        """How triage decides for a municipality; the general table where it has none of its own."""
        policies = self._base.policies
        return policies.get(municipality) or policies.get(None) or FALLBACK

    def body_of(self, product: str, municipality: str) -> Organisation | None:
        """The organisation that does `product` for this municipality; None when the municipality does it itself."""
        return self._answers.body_of(self._known_product(product), self._municipality(municipality))

    @cached_property
    def _particulars(self) -> Particulars:
        """Counted when the first question is typed: a tenth of a second."""
        return Particulars(self._base.products.values())

    @cached_property
    def _rest(self) -> RareWords:
        aspects = [text for product in self._base.products.values() for text in product.aspects.values()]
        return RareWords(f"{text.text} {text.more or ''}" for text in aspects)

    def _known_product(self, product: str) -> Product:
        if product not in self._base.products:
            raise UnknownEntryError(f'there is no product "{product}"')
        return self._base.products[product]

    def _municipality(self, municipality: str | None) -> Municipality | None:
        return self._base.municipalities.get(municipality) if municipality else None
