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
from bot.engine.nlu.language import DUTCH, language_of, make_detector
from bot.engine.nlu.meaning import NO_SUBJECT, Context, Thresholds, Understanding
from bot.engine.nlu.reader import Example, Reader, Strength
from bot.engine.nlu.several import read_message

UNDERSTANDING = "understanding"
"""Key of the message, and so of the engine's reply, that holds what was understood."""

STRENGTH = "strength"
ZONES = "zones"
EXPECTED = "expected"
UNKNOWN = "unknown"
"""`subject` in the metadata of sentences that teach only what is wanted."""

PLACE = "place"
"""The lookup table with the names of places."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CitizenClassifier(GraphComponent):
    """Two linear models over words and letter groups; reads the subject of a training sentence from its intent's metadata."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The fields of Strength, the fields of Thresholds that differ from its defaults, and the share that is expected to be right."""
        return {STRENGTH: {"intents": 0.5, "subjects": 0.5, "answers": 0.3}, ZONES: {}, EXPECTED: None}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Keep where to write; `train` or `load` makes it usable."""
        self._strength = Strength(**config[STRENGTH])
        self._zones = Thresholds(**config[ZONES])
        self._expected = config[EXPECTED]
        self._storage = model_storage
        self._resource = resource
        self._reader: Reader | None = None
        self._detector = make_detector()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> CitizenClassifier:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train both models on every example."""
        examples = [example_of(message) for message in training_data.intent_examples if message.get(TEXT)]
        places = [name for table in training_data.lookup_tables if table["name"] == PLACE for name in table["elements"]]
        self._reader, unseen = Reader.train(examples, self._strength, self._expected, places)
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(folder, unseen)
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
            component._reader = Reader.load(folder)
        return component

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Set intent and understanding of each message; the tracker tells the context."""
        if self._reader is None:
            raise RuntimeError("the classifier was neither trained nor loaded")
        context = context_of(tracker)
        for message in messages:
            text = message.get(TEXT) or ""
            # A form asks for names and places, which tell nothing about the language.
            language = DUTCH if context.form or text.startswith("/") else language_of(text, self._detector)
            if language == DUTCH:
                meaning = read_message(text, context, self._reader.score, self._zones)
            else:
                meaning = Understanding("other_language", "other_language", None, None, (), None, 1.0, "person", language=language)
            intent = in_form(text, context.requested, meaning) if context.form and context.requested else meaning.intent
            found = {"name": intent, "confidence": round(meaning.confidence, 4)}
            message.set(INTENT, found, add_to_output=True)
            message.set("intent_ranking", [found], add_to_output=True)
            waiting = {"form": context.form} if context.form else {}
            message.set(UNDERSTANDING, {**meaning.as_dict(), **waiting}, add_to_output=True)
        return messages


def context_of(tracker: DialogueStateTracker | None) -> Context:
    """What the tracker tells about the conversation so far."""
    if tracker is None:
        return Context()
    return Context(
        product=_slot(tracker, "product"),
        aspect=_slot(tracker, "aspect"),
        form=tracker.active_loop_name,
        requested=tracker.get_slot(REQUESTED_SLOT),
        said=_typed_before(tracker),
        missed=bool(_slot(tracker, "misses")),
        place_asked=bool(_slot(tracker, "asked_for_municipality")) and not _slot(tracker, "municipality"),
    )


def _slot(tracker: DialogueStateTracker, name: str) -> Any:
    return tracker.slots[name].value if name in tracker.slots else None


def _typed_before(tracker: DialogueStateTracker) -> str | None:
    """The message before this one; None for a button, and at the start."""
    text = tracker.latest_message.text if tracker.latest_message else None
    return text if text and not text.startswith("/") else None


def example_of(message: Message) -> Example:
    """A training sentence with what its file says of it in `metadata` of the intent."""
    metadata = (message.get("metadata") or {}).get("intent") or {}
    none = None if metadata.get("subject") == UNKNOWN else NO_SUBJECT
    subject = next((f"{kind}:{metadata[kind]}" for kind in ("product", "organisation") if kind in metadata), none)
    return Example(message.get(TEXT), message.get(INTENT), subject, metadata.get("source") == "answer")
