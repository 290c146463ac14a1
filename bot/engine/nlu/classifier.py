"""The graph component that understands citizens: what they want (intent), what about (subject), at this moment of the talk."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.nlu.forms import in_form
from bot.engine.nlu.linear import LinearModel
from bot.engine.nlu.moment import Context, Scores, Thresholds, understand
from bot.engine.nlu.vectors import Vectors

UNDERSTANDING = "understanding"
"""Key of the message, and so of the engine's reply, that holds what was understood."""

NO_SUBJECT = "none"

INTENT_STRENGTH = "intent_strength"
SUBJECT_STRENGTH = "subject_strength"
ZONES = "zones"

_RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CitizenClassifier(GraphComponent):
    """Two linear models over words and letter groups; reads the subject of a training sentence from its intent's metadata."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The SVM's C of both models, and the fields of Thresholds that differ from its defaults."""
        return {INTENT_STRENGTH: 0.5, SUBJECT_STRENGTH: 0.5, ZONES: {}}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Keep where to write; `train` or `load` makes it usable."""
        self._config = config
        self._zones = Thresholds(**config[ZONES])
        self._storage = model_storage
        self._resource = resource
        self._vectors = Vectors()
        self._intents: LinearModel | None = None
        self._subjects: LinearModel | None = None

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> CitizenClassifier:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train both models on every example."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        rows = self._vectors.fit([example.get(TEXT) for example in examples])
        self._intents = LinearModel.train(rows, [example.get(INTENT) for example in examples], self._config[INTENT_STRENGTH])
        self._subjects = LinearModel.train(rows, [subject_of(example) for example in examples], self._config[SUBJECT_STRENGTH])
        with self._storage.write_to(self._resource) as folder:
            self._vectors.save(folder)
            self._intents.save(folder, "intents")
            self._subjects.save(folder, "subjects")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CitizenClassifier:
        """Read what `train` wrote."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._vectors = Vectors.load(folder)
            component._intents = LinearModel.load(folder, "intents")
            component._subjects = LinearModel.load(folder, "subjects")
        return component

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Set intent and understanding of each message; the tracker tells the context."""
        context = context_of(tracker)
        for message in messages:
            text = message.get(TEXT) or ""
            meaning = understand(text, context, self.score, self._zones)
            intent = in_form(text, context.requested, meaning) if context.form and context.requested else meaning.intent
            found = {"name": intent, "confidence": round(meaning.confidence, 4)}
            message.set(INTENT, found, add_to_output=True)
            message.set("intent_ranking", [found], add_to_output=True)
            message.set(UNDERSTANDING, meaning.as_dict(), add_to_output=True)
        return messages

    def score(self, text: str) -> Scores:
        """What the models give for a text."""
        if self._intents is None or self._subjects is None:
            raise RuntimeError("the classifier was neither trained nor loaded")
        row = self._vectors.transform([text])
        return Scores(self._intents.rank(row)[:_RANKING_LENGTH], self._subjects.rank(row)[:_RANKING_LENGTH])


def context_of(tracker: DialogueStateTracker | None) -> Context:
    """What the tracker tells about the conversation so far."""
    if tracker is None:
        return Context()
    return Context(
        product=tracker.slots["product"].value if "product" in tracker.slots else None,
        aspect=tracker.slots["aspect"].value if "aspect" in tracker.slots else None,
        form=tracker.active_loop_name,
        requested=tracker.get_slot(REQUESTED_SLOT),
    )


def subject_of(example: Message) -> str:
    """The subject that the training file gives an example through `metadata` of its intent."""
    metadata = (example.get("metadata") or {}).get("intent") or {}
    for kind in ("product", "organisation"):
        if kind in metadata:
            return f"{kind}:{metadata[kind]}"
    return NO_SUBJECT
