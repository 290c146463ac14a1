"""The JSON of products and answers in the public knowledge API; names of fields are stable: new ones may come, none goes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class KnowledgeShape(BaseModel):
    """What all of them share: nothing changes after it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(KnowledgeShape):
    """An id and the name that people read."""

    id: str
    name: str


class SourceOut(KnowledgeShape):
    """Where a fact stands and when somebody looked."""

    title: str
    url: str
    checked_on: dt.date | None = None
    valid_until: dt.date | None = None


class LinkOut(KnowledgeShape):
    """A next step for the citizen."""

    kind: str = Field(description="online, formulier, informatie or telefoon")
    title: str
    url: str
    digid: bool = Field(description="whether the citizen signs in with DigiD")


class ReadabilityOut(KnowledgeShape):
    """How easily a text reads, in numbers that anyone can count again."""

    words: int
    sentences: int
    mean_sentence: float = Field(description="words a sentence on average")
    longest_sentence: int = Field(description="words of the longest sentence")
    long_words: tuple[str, ...]
    jargon: tuple[str, ...]
    passive: int = Field(description="number of passive sentences")


class LimitsOut(KnowledgeShape):
    """The limits that the editors hold their own texts against; what is filled in (prices, hours) comes on top."""

    words: int
    mean_sentence: float
    longest_sentence: int


class AnswerOut(KnowledgeShape):
    """What a citizen of a municipality is told about one aspect of a product, the same on every channel."""

    product: str
    aspect: str
    municipality: str | None
    title: str = Field(description="name of the aspect, as it stands on a button")
    text: str = Field(description="Markdown: **bold**, [title](url) and lists with a dash")
    more: str | None = Field(description='what comes behind "Meer weten"')
    applicable: bool = Field(description="false when the text says that this aspect does not apply")
    complete: bool = Field(description="false when something is unknown or expired; then a person is offered")
    local: bool = Field(description="true when it differs from one municipality to the next")
    organisation: str | None = Field(description="id of the organisation that does this instead of the municipality")
    links: tuple[LinkOut, ...]
    source: SourceOut | None
    readability: ReadabilityOut


class VacOut(KnowledgeShape):
    """A particular question about a product (vraag-antwoordcombinatie) and what a citizen of a municipality is told."""

    id: str = Field(description="unique within the product")
    question: str
    aspect: str = Field(description="the aspect that it is a part of")
    text: str = Field(description="Markdown, as in an answer")
    questions: tuple[str, ...] = Field(description="how people ask it")
    follow_ups: tuple[str, ...] = Field(description="how they ask it once the product is named")
    source: SourceOut | None = Field(description="where just this was looked up; null when nobody did")
    readability: ReadabilityOut


class PriceOut(KnowledgeShape):
    """What the municipality asks today; an example was made up and is no price."""

    description: str
    euro: Decimal
    unit: str | None
    valid_from: dt.date
    valid_until: dt.date | None
    source: SourceOut | None = Field(description="null when it was not looked up")
    example: bool


class ProductSummary(KnowledgeShape):
    """One product in a list."""

    id: str
    name: str
    theme: Named
    audience: tuple[str, ...] = Field(description="inwoner, ondernemer or both")
    channel: Literal["click", "call", "face"]


class ProductList(KnowledgeShape):
    """Products, best match first when something was searched for, else by name."""

    total: int
    products: tuple[ProductSummary, ...]


class ChannelOut(KnowledgeShape):
    """The way that suits this product best: online (click), by telephone (call) or meeting a person (face)."""

    preferred: Literal["click", "call", "face"]
    reason: str


class UplOut(KnowledgeShape):
    """The product in the Uniforme Productnamenlijst."""

    name: str
    uri: str | None


class BodyOut(Named):
    """An organisation, with how to reach it."""

    website: str | None
    phone: str | None


class ProductOut(KnowledgeShape):
    """All of one product, as it holds for a citizen of `municipality`; without one, what holds everywhere."""

    id: str
    name: str
    municipality: str | None
    theme: Named
    audience: tuple[str, ...]
    words: tuple[str, ...] = Field(description="what people call it")
    upl: UplOut | None
    owner: str = Field(description="who answers for the text")
    team: Named = Field(description="who takes over when a person is needed")
    channel: ChannelOut
    appointment: str | None = Field(description="kind of appointment; null when none is needed")
    organisation: BodyOut | None = Field(description="who does this here instead of the municipality")
    aspects: tuple[AnswerOut, ...]
    vacs: tuple[VacOut, ...] = Field(description="particular questions, next to the nine aspects")
    prices: tuple[PriceOut, ...]
    related: tuple[Named, ...]
    sources: tuple[SourceOut, ...]
    questions: dict[str, tuple[str, ...]] = Field(description="example questions by aspect, and by afspraak and melden")
    limits: LimitsOut


class ThemeOut(Named):
    """A theme and how many products it has."""

    products: int


class ThemeList(KnowledgeShape):
    """The themes, in the order of the page."""

    themes: tuple[ThemeOut, ...]


class AspectOut(KnowledgeShape):
    """An aspect: something that can be asked about every product."""

    id: str
    title: str


class AspectList(KnowledgeShape):
    """The nine aspects, in a fixed order."""

    aspects: tuple[AspectOut, ...]
