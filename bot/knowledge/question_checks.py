"""Checks the example questions as training data: enough of them, none twice, and nothing that Rasa would read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.document import Document, Step
from bot.knowledge.errors import Problem
from bot.knowledge.folder import Folder
from bot.knowledge.sentences import key_of
from bot.model.knowledge import QUESTION_GROUPS
from bot.text.personal import mask_bsn

FEWEST_OF_PRODUCT = 40
FEWEST_OF_ORGANISATION = 25

_DIGITS = re.compile(r"(?:\d\D{0,3}){9}")
_MARKUP = re.compile(r"[\[\]{}\\]")


@dataclass(frozen=True)
class Example:
    """One training sentence and where it stands; `label` is what it trains, `word` that it comes from woorden."""

    text: str
    label: tuple[str, str]
    document: Document
    steps: tuple[Step, ...]
    word: bool = False


def examples_of(folder: Folder) -> Iterator[Example]:
    """Every sentence that trains the bot, in the order of the files."""
    for sheet in folder.products:
        product = sheet.shape
        for group in QUESTION_GROUPS:
            for index, text in enumerate(getattr(product.voorbeeldvragen, group)):
                yield Example(text, (product.id, group), sheet.document, ("voorbeeldvragen", group, index))
        for index, text in enumerate(product.woorden):
            yield Example(text, (product.id, "wat"), sheet.document, ("woorden", index), word=True)
    yield from _of_vacs(folder)
    for organisation in folder.organisations:
        name = organisation.shape.id
        for index, text in enumerate(organisation.shape.voorbeeldvragen):
            yield Example(text, ("", name), organisation.document, ("voorbeeldvragen", index))
        for index, text in enumerate(organisation.shape.woorden):
            yield Example(text, ("", name), organisation.document, ("woorden", index), word=True)


def _of_vacs(folder: Folder) -> Iterator[Example]:
    for sheet in folder.vacs:
        for number, vac in enumerate(sheet.shape.vacs):
            for kind, texts in (("voorbeeldvragen", vac.voorbeeldvragen), ("vervolg", vac.vervolg)):
                for index, text in enumerate(texts):
                    yield Example(text, (sheet.document.stem, vac.aspect), sheet.document, ("vacs", number, kind, index))


def check_questions(folder: Folder) -> Iterator[Problem]:
    """Everything that makes the example questions bad training data."""
    yield from _enough(folder)
    first: dict[str, Example] = {}
    for example in examples_of(folder):
        yield from _safe(example)
        key = key_of(example.text)
        if not key:
            yield example.document.error("this example has no words", *example.steps)
            continue
        other = first.setdefault(key, example)
        if other is not example:
            yield from _twice(example, other)


def _enough(folder: Folder) -> Iterator[Problem]:
    for sheet in folder.products:
        count = sum(len(getattr(sheet.shape.voorbeeldvragen, group)) for group in QUESTION_GROUPS)
        if count < FEWEST_OF_PRODUCT:
            yield sheet.document.error(f"{count} example questions; at least {FEWEST_OF_PRODUCT} are needed", "voorbeeldvragen")
    for organisation in folder.organisations:
        count = len(organisation.shape.voorbeeldvragen)
        if count < FEWEST_OF_ORGANISATION:
            message = f"{count} example questions; at least {FEWEST_OF_ORGANISATION} are needed"
            yield organisation.document.error(message, "voorbeeldvragen")


def is_safe(text: str) -> bool:
    """Whether Rasa reads `text` as nothing but a sentence: brackets are markup there, and so are a slash or a dash in front."""
    return not _MARKUP.search(text) and not text.startswith(("/", "-")) and text.isprintable()


def _safe(example: Example) -> Iterator[Problem]:
    if not is_safe(example.text):
        message = "no brackets, braces, backslash or line break in an example, and no slash or dash in front: Rasa reads them as markup"
        yield example.document.error(message, *example.steps)
    if _DIGITS.search(example.text) and mask_bsn(example.text).count:
        yield example.document.error("this number could be somebody's BSN; write one that fails the elfproef or none", *example.steps)


def _twice(example: Example, other: Example) -> Iterator[Problem]:
    same_file = example.document.path == other.document.path
    place = f"line {other.document.line(*other.steps)}" if same_file else f"{other.document.path}:{other.document.line(*other.steps)}"
    if example.word or other.word:
        if not same_file:
            yield example.document.warning(f'"{example.text}" also stands on {place}, so it cannot tell the two apart', *example.steps)
        return
    yield example.document.error(f'sentence stands twice, also on {place}: "{example.text}"', *example.steps)
