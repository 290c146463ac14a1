"""VAC objects (vraag-antwoordcombinaties) as KISS has them: a question, its answer, and how else people ask it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.knowledge.exchange.aspects import aspect_of
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.fields import Field, faults_in
from bot.knowledge.exchange.markup import blocks_of_markdown, collapse, html_of, text_of
from bot.knowledge.exchange.objects import objects_in
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.record import Reading, Record
from bot.knowledge.exchange.standard import Standard, Written
from bot.knowledge.exchange.telling import Telling
from bot.knowledge.sentences import key_of
from bot.model.knowledge import ASPECTS, WHAT, Product

AUDIENCES = {
    ("inwoner",): "eu-burger",
    ("ondernemer",): "eu-bedrijf",
    ("inwoner", "ondernemer"): "eu-burger-bedrijf",
}
STATUSES = ("actief", "non-actief", "te-verwijderen")

FIELDS = (
    Field("vraag", required=True),
    Field("antwoord", required=True),
    Field("status", required=True, choices=STATUSES),
    Field("doelgroep", required=True, choices=tuple(AUDIENCES.values())),
    Field("afdelingen", "list", fields=(Field("afdelingId"), Field("afdelingNaam", required=True))),
    Field("toelichting"),
    Field("trefwoorden", "list", fields=(Field("trefwoord", required=True),)),
    Field("gerelateerdeVACs", "list", fields=(Field("VAC", "uri", required=True),)),
    Field("gerelateerdeProducten", "list", fields=(Field("product", "uri", required=True),)),
)
"""The objecttype: required are vraag, antwoord, status and doelgroep; the answer is HTML."""

_ASKED = "- "
"""In front of every other question in toelichting, which agents read."""


def read(origin: Origin, telling: Telling) -> Reading:
    """The VACs of a list, a page or the Objects API.

    A VAC whose keywords name one of our aspects is the answer to it, and the questions in its toelichting are ours. Any other VAC answers
    one question only, and so it gives an example question but no text; one of our own particular questions gives nothing.
    """
    notes: list[str] = []
    records = []
    for item in _items(origin):
        question = collapse(str(item["vraag"]))
        if item.get("status", "actief") != "actief":
            notes.append(f'not read: "{question}" has status {item.get("status")}')
        elif not _is_ours(item, question, telling, notes):
            records.append(_record(item, question, telling, notes))
    return Reading(tuple(records), tuple(notes))


def write(telling: Telling) -> Written:
    """One VAC for every aspect and for every particular question of every product."""
    objects = [item for product in telling.products() for item in _objects(product, telling)]
    if not objects:
        raise ExchangeError("there are no products, so there is nothing to write")
    acts = sum(len(texts) for product in telling.products() for group, texts in product.questions.items() if group not in ASPECTS)
    notes = (f"not written: {acts} example questions of the groups afspraak and melden, which have no answer of their own",) if acts else ()
    return Written(json.dumps(objects, ensure_ascii=False, indent=2).encode() + b"\n", len(telling.products()), notes)


def faults(content: bytes) -> tuple[str, ...]:
    """What an exported file breaks of the objecttype."""
    return tuple(fault for index, item in enumerate(json.loads(content)) for fault in faults_in(item, FIELDS, f"[{index}]"))


def _items(origin: Origin) -> Iterator[dict[str, Any]]:
    for item in objects_in(origin, origin.where):
        if not isinstance(item, dict) or not item.get("vraag") or not item.get("antwoord"):
            raise ExchangeError(f"{origin.where}: an object without vraag or antwoord; give a list of VAC objects, or the address of one")
        yield item


def _is_ours(item: dict[str, Any], question: str, telling: Telling, notes: list[str]) -> bool:
    """Whether it is one of our particular questions; another answer to it is only told."""
    ours = _product_of(item, telling)
    particulars = telling.particulars(telling.base.products[ours]) if ours else {}
    said = next((text for title, text in particulars.items() if key_of(title) == key_of(question)), None)
    if said is not None and collapse(said) != collapse(text_of(blocks_of_markdown(str(item["antwoord"])))):
        notes.append(f'"{question}": its answer differs from ours; if it is right, change it in vacs/{ours}.yml')
    return said is not None


def _product_of(item: dict[str, Any], telling: Telling) -> str | None:
    """The product that one of our own addresses in `item` is about."""
    urls = _values(item, "gerelateerdeProducten", "product")
    return next((found for found in map(telling.product_at, urls) if found), None)


def _record(item: dict[str, Any], question: str, telling: Telling, notes: list[str]) -> Record:
    words = _values(item, "trefwoorden", "trefwoord")
    titles = {key_of(title): aspect for aspect, title in telling.titles().items()}
    aspect = next((titles[key_of(word)] for word in words if key_of(word) in titles), None)
    urls = _values(item, "gerelateerdeProducten", "product")
    names = tuple(word for word in words if key_of(word) not in titles)
    answer = text_of(blocks_of_markdown(str(item["antwoord"])))
    asked = (question, *_also_asked(item)) if aspect else (question,)
    if aspect is None:
        notes.append(f'"{question}": its answer is not taken over, because no keyword names an aspect (such as "{telling.titles()[WHAT]}")')
    made_up = {key_of(f"{name}: {title}") for name in names for title in telling.titles().values()}
    group = aspect or aspect_of(question, {}) or WHAT
    teams = [one.get("afdelingId") for one in item.get("afdelingen") or () if isinstance(one, dict)]
    return Record(
        label=names[0] if aspect and names else question,
        product=_product_of(item, telling),
        upl_uri=next((url for url in urls if telling.product_at(url) is None), None),
        names=names,
        audience=next((audience for audience, name in AUDIENCES.items() if name == item.get("doelgroep")), ()) if aspect else (),
        team=next((team for team in teams if isinstance(team, str)), None) if aspect else None,
        texts={aspect: answer} if aspect else {},
        words=names[1:] if aspect else (),
        questions={group: tuple(one for one in asked if key_of(one) not in made_up)},
        source=next((url for url in urls if url.startswith("https://") and telling.product_at(url) is None), None),
    )


def _also_asked(item: dict[str, Any]) -> tuple[str, ...]:
    lines = str(item.get("toelichting") or "").splitlines()
    return tuple(line.removeprefix(_ASKED) for line in lines if line.startswith(_ASKED))


def _values(item: dict[str, Any], name: str, key: str) -> tuple[str, ...]:
    found = item.get(name)
    return tuple(collapse(str(one[key])) for one in found if isinstance(one, dict) and one.get(key)) if isinstance(found, list) else ()


def _objects(product: Product, telling: Telling) -> Iterator[dict[str, Any]]:
    for aspect, title in telling.titles().items():
        questions = product.questions.get(aspect) or (f"{product.name}: {title}",)
        yield _object(product, telling, questions, telling.said(product, aspect).full, (product.name, title, *product.words))
    answers = telling.particulars(product)
    for vac in product.vacs:
        yield _object(product, telling, (vac.question, *vac.questions), answers[vac.question], (product.name, *product.words))


def _object(product: Product, telling: Telling, questions: tuple[str, ...], answer: str, words: tuple[str, ...]) -> dict[str, Any]:
    uris = (telling.address_of(product), *([product.upl_uri] if product.upl_uri else []))
    return {
        "vraag": questions[0],
        "antwoord": html_of(answer),
        "status": "actief",
        "doelgroep": AUDIENCES[tuple(sorted(product.audience))],
        "afdelingen": [{"afdelingId": product.team, "afdelingNaam": telling.team_name(product.team)}],
        "toelichting": "\n".join(f"{_ASKED}{question}" for question in questions[1:]),
        "trefwoorden": [{"trefwoord": word} for word in words],
        "gerelateerdeProducten": [{"product": uri} for uri in uris],
    }


STANDARD = Standard("vac", "VAC objects of KISS (JSON)", read, write, faults)
