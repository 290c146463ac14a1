"""The graph component that gives the names of people and places in a message to the actions, as entities."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.errors import LanguageModelBroken
from bot.engine.nlu.language_model import BLANK, is_wanted, open_model
from bot.engine.nlu.name_rules import lemmas_asked, make_rules
from bot.engine.nlu.names import Name, Names, Pipeline
from bot.logs import logger

PLACE_TABLE = "place"
"""The lookup table with the names of places."""

OWN = "own"
"""The role of a person's name by which the citizen introduces themselves."""

_MODEL = "model"
_LEMMAS, _PLACES = "lemmas.json", "places.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class NameExtractor(GraphComponent, EntityExtractorMixin):
    """Rules on blank Dutch, and beside them the statistical model of spaCy where it is installed on the machine that answers.

    Rasa's SpacyNLP wants a model on every machine, one and the same in training and after it, and reads all training sentences.
    This component learns nothing from them: training keeps lemmas and names of places, so that any engine loads what another trained.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model`: the package or the folder (with a slash) of spaCy's model; without it the rules work alone."""
        return {_MODEL: None}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Keep where to write; `load` makes it usable."""
        self._config, self._storage, self._resource = config, model_storage, resource
        self._names: Names | None = None
        self.language_model = BLANK

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NameExtractor:
        """Make a component that can train."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the lemmas that the rules ask for and the names of places; raises LookupsMissing without the tables of lemmas."""
        places = [name for table in training_data.lookup_tables if table["name"] == PLACE_TABLE for name in table["elements"]]
        with self._storage.write_to(self._resource) as folder:
            for name, value in ((_LEMMAS, lemmas_asked()), (_PLACES, places)):
                (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> NameExtractor:
        """Read what `train` wrote and open the statistical model; one that is broken is told, and the rules work alone."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._names = component._open(folder)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the names in each message to its entities."""
        if self._names is None:
            raise RuntimeError("the names were not loaded")
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):
                entities = self.add_extractor_name([_entity(name) for name in self._names.find(text)])
                message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages

    def _open(self, folder: Path) -> Names:
        lemmas, places = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (_LEMMAS, _PLACES))
        model, name = None, self._config[_MODEL]
        if is_wanted(name):
            try:
                model = Pipeline(partial(open_model, name))
                self.language_model = name
            except LanguageModelBroken as error:
                logger().error("language_model_broken", reason=str(error))
        logger().info("language_model", model=self.language_model)
        return Names(Pipeline(partial(make_rules, lemmas)), model, places)


def _entity(name: Name) -> dict[str, Any]:
    return {"entity": name.kind, "value": name.text, "start": name.start, "end": name.end, **({"role": OWN} if name.own else {})}
