"""Writes the names of all places as a lookup table of Rasa, so that the understanding can look past them."""

from __future__ import annotations

from bot.knowledge.training import HEADER
from bot.model.knowledge_base import KnowledgeBase

PLACES = "places.yml"

_SHORTEST = 6
"""A shorter name ("Groet") is too often a common word."""


def place_file(base: KnowledgeBase) -> str:
    """The file: every municipality, place and spelling, in alphabetical order."""
    places = (place for municipality in base.municipalities.values() for place in municipality.places)
    names = {name for place in places for name in (place.name, *place.aliases)}
    names |= {municipality.name for municipality in base.municipalities.values()}
    lines = "".join(f"    - {name}\n" for name in sorted(names) if len(name) >= _SHORTEST)
    return HEADER + f'version: "3.1"\nnlu:\n- lookup: place\n  examples: |\n{lines}'
