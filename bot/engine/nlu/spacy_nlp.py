"""Rasa's SpacyNLP for machines with and without a statistical model: gives every component after it the same reading of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils import spacy_utils
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.nlu.language_model import DutchModel
from bot.logs import logger

_PROVIDER = "provide_"
"""How Rasa's recipe names the node that gives the model to the others."""


_JOBS = [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER]


@DefaultV1Recipe.register(_JOBS, is_trainable=False, model_from="SpacyNLP")
class SpacyNLP(spacy_utils.SpacyNLP):
    """Has the name of Rasa's, by which Rasa's components find their model: they may stand behind it unchanged.

    Other than Rasa's it gives blank Dutch with lemmas where the model is not installed or broken, opens the model once and only when
    somebody needs it, keeps capitals, and with `names_only` leaves training sentences alone.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model`: spaCy's package or a folder (with a slash); `names_only: false` gives tags, all lemmas and training sentences too."""
        return {"model": None, "case_sensitive": True, "names_only": True}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SpacyNLP:
        """Make one that opens its model when it is asked for."""
        config = {**cls.get_default_config(), **config}
        return cls(DutchModel(config["model"], config["names_only"]), config)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> SpacyNLP:
        """Open the model before the first message; of the two that Rasa makes for a graph only the one that provides it."""
        component = cls.create(config, model_storage, resource, execution_context)
        if (execution_context.node_name or "").startswith(_PROVIDER):
            _ = component.provide().model
            logger().info("language_model", model=component.language_model)
        return component

    def process_training_data(self, training_data: TrainingData, model: spacy_utils.SpacyModel) -> TrainingData:
        """Read the training sentences for components that learn from them; with `names_only` there are none."""
        if self._config["names_only"]:
            return training_data
        return super().process_training_data(training_data, model)

    @property
    def language_model(self) -> str | None:
        """Which model runs; None in the component that only uses what another provides."""
        model = self.provide()
        return model.model_name if isinstance(model, DutchModel) and model.is_open else None
