"""Loads the knowledge folder: everything is read, checked and built, or refused with every problem at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.knowledge import convert
from bot.knowledge.checks import check_folder
from bot.knowledge.errors import KnowledgeError, Problem
from bot.knowledge.folder import Folder, read_folder
from bot.knowledge.municipality_build import build_municipalities
from bot.knowledge.queue_schema import queue_questions_of
from bot.knowledge.template_schema import templates_of
from bot.knowledge.tongues import build_tongues
from bot.knowledge.triage import build_policies
from bot.knowledge.vac_schema import vacs_of
from bot.model.knowledge import Amount
from bot.model.knowledge_base import KnowledgeBase


@dataclass(frozen=True)
class Reading:
    """A knowledge folder as it is: the sheets, what could be built of them, and every error and warning."""

    folder: Folder
    base: KnowledgeBase
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be solved."""
        return tuple(problem for problem in self.problems if not problem.warning)


def read_knowledge(root: Path) -> Reading:
    """Read `root` and keep what is right; for tools that must work while somebody is still writing."""
    folder = read_folder(root)
    problems = tuple(sorted({*folder.problems, *check_folder(folder)}))
    return Reading(folder, _build(folder), problems)


def load_knowledge(root: Path) -> KnowledgeBase:
    """The knowledge base in `root`; raises KnowledgeError with every error when one file is not right."""
    reading = read_knowledge(root)
    if reading.errors:
        raise KnowledgeError(reading.errors)
    return reading.base


def _build(folder: Folder) -> KnowledgeBase:
    amounts: dict[str, tuple[Amount, ...]] = {}
    for sheet in folder.amounts:
        for shape in sheet.shape.bedragen:
            amounts[shape.id] = (*amounts.get(shape.id, ()), convert.amount(shape))
    vacs = {sheet.document.stem: vacs_of(sheet.shape) for sheet in folder.vacs}
    messages = folder.messages.content if folder.messages is not None and isinstance(folder.messages.content, dict) else {}
    return KnowledgeBase(
        products=MappingProxyType(
            {sheet.shape.id: convert.product(sheet.shape, vacs.get(sheet.shape.id, ())) for sheet in folder.products}
        ),
        organisations=MappingProxyType({sheet.shape.id: convert.organisation(sheet.shape) for sheet in folder.organisations}),
        municipalities=MappingProxyType(build_municipalities(folder.municipalities)),
        amounts=MappingProxyType(amounts),
        themes=MappingProxyType(dict(folder.themes.shape.themas) if folder.themes else {}),
        teams=MappingProxyType(dict(folder.themes.shape.teams) if folder.themes else {}),
        messages=MappingProxyType({key: str(text).strip() for key, text in messages.items() if isinstance(text, str)}),
        tongues=MappingProxyType(build_tongues(folder)),
        policies=build_policies(folder),
        queue_questions=queue_questions_of(folder.queue.shape if folder.queue else None),
        templates=templates_of(folder.templates.shape if folder.templates else None),
    )
