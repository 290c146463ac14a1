"""Reads leesbaarheid.yml and judges every text that a citizen may read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from bot.knowledge.document import Document, Step, read_document
from bot.knowledge.errors import KnowledgeError, Problem
from bot.knowledge.explain import explain
from bot.knowledge.folder import Folder, MunicipalityFolder
from bot.knowledge.messages import FILLS, PLACEHOLDER
from bot.knowledge.schema import Shape, Text
from bot.model.knowledge import ASPECTS
from bot.text.readability import Rules, judge, words_in

_MONEY = re.compile(r"€|\beuro\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.])20[2-9]\d(?!\d)")
_LOCAL_NUMBER = re.compile(r"(?<!\d)(?:14 ?0\d{2,3}|0(?!800|900|88)\d{1,3}[ -]?\d{3} ?\d{2,4} ?\d{0,2})(?!\d)")


class LimitsShape(Shape):
    """The limits of leesbaarheid.yml."""

    woorden: int = 60
    woorden_meer: int = 150
    zin: int = 25
    gemiddelde_zin: float = 15
    lang_woord: int = 20


class ReadabilityShape(Shape):
    """leesbaarheid.yml."""

    grenzen: LimitsShape = LimitsShape()
    informeel: tuple[Text, ...] = ()
    moeilijk: dict[Text, Text] = Field(default_factory=dict)
    lijdend: tuple[Text, ...] = ()
    deelwoorden: tuple[Text, ...] = ()
    geen_deelwoorden: tuple[Text, ...] = ()
    afkortingen: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One text that a citizen may read; `known` are the words of its own subject, `most_words` its limit."""

    text: str
    document: Document
    steps: tuple[Step, ...]
    known: frozenset[str]
    most_words: int
    national: bool = False


def read_rules(root: Path) -> tuple[Rules, int]:
    """The rules, and the limit for what comes behind "Meer weten"; raises KnowledgeError when the file is not right."""
    file = root / "leesbaarheid.yml"
    if not file.is_file():
        return Rules(), LimitsShape().woorden_meer
    document, problems = read_document(file, root)
    try:
        shape = ReadabilityShape.model_validate(document.content or {})
    except ValidationError as error:
        raise KnowledgeError([*problems, *explain(document, error, ReadabilityShape)]) from error
    if problems:
        raise KnowledgeError(problems)
    limits = shape.grenzen
    rules = Rules(
        jargon={term.lower(): plain for term, plain in shape.moeilijk.items()},
        informal=frozenset(shape.informeel),
        passive=frozenset(shape.lijdend),
        participles=frozenset(shape.deelwoorden),
        no_participles=frozenset(shape.geen_deelwoorden),
        abbreviations=shape.afkortingen,
        most_words=limits.woorden,
        longest_sentence=limits.zin,
        mean_sentence=limits.gemiddelde_zin,
        longest_word=limits.lang_woord,
    )
    return rules, limits.woorden_meer


def readings(folder: Folder, rules: Rules, most_words_of_rest: int) -> Iterator[Reading]:
    """Every text of products, municipalities, organisations, terms and messages."""
    limits = (rules.most_words, most_words_of_rest)
    names = _known(*(sheet.shape.naam for sheet in folder.products), *(sheet.shape.naam for sheet in folder.organisations))
    for sheet in folder.products:
        known = names | _known(*sheet.shape.woorden)
        yield from _aspects(sheet.document, sheet.shape.aspecten, known, limits, national=True)
    for questions in folder.vacs:
        known = names.union(*(_known(*sheet.shape.woorden) for sheet in folder.products if sheet.shape.id == questions.document.stem))
        for index, vac in enumerate(questions.shape.vacs):
            yield from _texts(questions.document, ("vacs", index, "antwoord"), vac.antwoord, rules.most_words, known)
    for place in folder.municipalities:
        yield from _local_texts(place, names, limits)
    for body in folder.organisations:
        known = names | _known(*body.shape.ook, *body.shape.woorden)
        yield from _texts(body.document, ("verwijzing",), body.shape.verwijzing, rules.most_words, known)
        yield from _texts(body.document, ("doet",), body.shape.doet, rules.most_words, known)
    for amounts in folder.amounts:
        for index, amount in enumerate(amounts.shape.bedragen):
            yield from _texts(amounts.document, ("bedragen", index, "tekst"), amount.tekst, rules.most_words, names)
    yield from _messages(folder, names, rules.most_words)


def _local_texts(place: MunicipalityFolder, names: frozenset[str], limits: tuple[int, int]) -> Iterator[Reading]:
    for local in place.products:
        yield from _aspects(local.document, local.shape.aspecten, names, limits, national=False)
        for aspect in ASPECTS:
            yield from _texts(local.document, ("extra", aspect), getattr(local.shape.extra, aspect), limits[0], names)


def _messages(folder: Folder, names: frozenset[str], limit: int) -> Iterator[Reading]:
    document = folder.messages
    if document is not None and isinstance(document.content, dict):
        for key, text in document.content.items():
            yield from _texts(document, (key,), text, limit, names)


def check_style(folder: Folder, root: Path) -> list[Problem]:
    """What is wrong with the texts; raises KnowledgeError when leesbaarheid.yml itself is not right."""
    rules, most_words_of_rest = read_rules(root)
    found: list[Problem] = []
    for reading in readings(folder, rules, most_words_of_rest):
        for finding in judge(reading.text, rules, reading.known, reading.most_words):
            problem = reading.document.error if finding.hard else reading.document.warning
            found.append(problem(f"{_name(reading)}: {finding.message}", *reading.steps))
        found.extend(_facts(reading))
    return found


def _facts(reading: Reading) -> Iterator[Problem]:
    """What ages or is local, in a text that is neither."""
    name = _name(reading)
    if reading.document.stem != "berichten":
        for unknown in sorted(set(PLACEHOLDER.findall(reading.text)) - FILLS):
            message = f"{name}: {{{unknown}}} is not filled in; only {{gemeente}}, {{website}} and {{telefoon}} are"
            yield reading.document.error(message, *reading.steps)
    if not reading.national:
        return
    if _MONEY.search(reading.text):
        yield reading.document.error(f"{name}: an amount ages; put it in bedragen/ and refer to it with bedragen:", *reading.steps)
    if _LOCAL_NUMBER.search(reading.text):
        yield reading.document.error(f"{name}: a local telephone number belongs to the municipality; write {{telefoon}}", *reading.steps)
    if _YEAR.search(reading.text):
        yield reading.document.warning(f"{name}: a year ages; put what holds in one year in bedragen/", *reading.steps)


def _aspects(document: Document, aspects: Shape, known: frozenset[str], limits: tuple[int, int], *, national: bool) -> Iterator[Reading]:
    for aspect in ASPECTS:
        for key in ("tekst", "nvt", "meer"):
            text = getattr(getattr(aspects, aspect), key, None)
            limit = limits[1] if key == "meer" else limits[0]
            yield from _texts(document, ("aspecten", aspect, key), text, limit, known, national=national)


def _texts(
    document: Document, steps: tuple[Step, ...], text: object, limit: int, known: frozenset[str] = frozenset(), *, national: bool = False
) -> Iterator[Reading]:
    if isinstance(text, str) and text:
        yield Reading(text, document, steps, known, limit, national)


def _known(*names: str) -> frozenset[str]:
    return frozenset(word.lower() for name in names for word in (*words_in(name), name))


def _name(reading: Reading) -> str:
    return ".".join(str(step) for step in reading.steps if isinstance(step, str) and step not in ("aspecten", "bedragen"))
