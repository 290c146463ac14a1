"""Names of places as Rasa's lookup table."""

from __future__ import annotations

import yaml

from bot.knowledge.place_sentences import place_file
from tests.knowledge.builders import KnowledgeFolder


def test_every_long_name_and_spelling_is_in_the_lookup_table(folder: KnowledgeFolder) -> None:
    base = folder.load()
    [table] = yaml.safe_load(place_file(base))["nlu"]
    names = table["examples"].splitlines()
    assert table["lookup"] == "place"
    places = [name for town in base.municipalities.values() for place in town.places for name in (place.name, *place.aliases)]
    assert {f"- {name}" for name in places if len(name) > 6} <= set(names)
    assert not [name for name in names if len(name) < 8]
