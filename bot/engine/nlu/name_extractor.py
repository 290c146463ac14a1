"""The graph component that gives the names of people and places in a message to the actions, as entities."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.nlu.names import Name, Names
from bot.engine.nlu.spacy_nlp import SpacyNLP

PLACE_TABLE = "place"
"""The lookup table with the names of places."""

OWN = "own"
"""The role of a person's name by which the citizen introduces themselves."""

_PLACES = "places.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class NameExtractor(GraphComponent, EntityExtractorMixin):
    """Rules, and beside them what the statistical model of SpacyNLP saw, where it is installed on the machine that answers.

    Training keeps the names of places and nothing of any model, so that any engine loads what another trained.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """What must stand before this one in the pipeline."""
        return [SpacyNLP]

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        """Keep where to write; `load` makes it usable."""
        self._storage, self._resource = model_storage, resource
        self._names: Names | None = None

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NameExtractor:
        """Make a component that can train."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the names of places."""
        places = [name for table in training_data.lookup_tables if table["name"] == PLACE_TABLE for name in table["elements"]]
        with self._storage.write_to(self._resource) as folder:
            (folder / _PLACES).write_text(json.dumps(places, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> NameExtractor:
        """Read what `train` wrote."""
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._names = Names(json.loads((folder / _PLACES).read_text(encoding="utf-8")))
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the names in each message to its entities."""
        if self._names is None:
            raise RuntimeError("the names were not loaded")
        for message in messages:
            doc = message.get(SPACY_DOCS[TEXT])  # there is none of a message without text
            if doc is not None and not message.get(TEXT).startswith("/"):
                entities = self.add_extractor_name([_entity(name) for name in self._names.find(doc)])
                message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages


def _entity(name: Name) -> dict[str, Any]:
    return {"entity": name.kind, "value": name.text, "start": name.start, "end": name.end, **({"role": OWN} if name.own else {})}
