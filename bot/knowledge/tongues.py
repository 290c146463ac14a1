"""Reads talen.yml: what is said in other languages than Dutch."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.errors import Problem
from bot.knowledge.folder import Folder
from bot.knowledge.tongue_schema import TongueShape
from bot.model.knowledge import ASPECTS
from bot.model.tongue import Tongue, TongueTopic


def build_tongues(folder: Folder) -> dict[str, Tongue]:
    """Every language by its ISO 639-1 code."""
    return {code: _tongue(code, shape) for code, shape in folder.tongues.shape.talen.items()} if folder.tongues else {}


def check_tongues(folder: Folder) -> Iterator[Problem]:
    """Topics about products or aspects that do not exist."""
    if folder.tongues is None:
        return
    for code, shape in folder.tongues.shape.talen.items():
        for at, topic in enumerate(shape.onderwerpen):
            place = ("talen", code, "onderwerpen", at)
            if topic.product not in folder.product_ids:
                yield folder.tongues.document.error(f'there is no product "{topic.product}"', *place, "product")
            if topic.aspect not in ASPECTS:
                yield folder.tongues.document.error(f'there is no aspect "{topic.aspect}"', *place, "aspect")


def _tongue(code: str, shape: TongueShape) -> Tongue:
    topics = (TongueTopic(topic.product, topic.aspect, frozenset(topic.woorden), topic.antwoord) for topic in shape.onderwerpen)
    labels = {"request_callback": shape.terugbellen, "ask_person": shape.medewerker}
    return Tongue(code, shape.antwoord, shape.bellen, shape.bron, labels, tuple(topics))
