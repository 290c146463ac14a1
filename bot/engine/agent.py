"""Rasa's Agent as the engine uses it: one loaded model that answers turns and keeps nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.actions import ActionServer, check_answers_quickly
from bot.engine.errors import BadRequest, EmptyTurn, ModelRefused, NoModel, TurnFailed
from bot.engine.history import bounded, fresh, restore
from bot.engine.inputs import Choice, Turn, read_choice
from bot.engine.nlu.labels import ACTS
from bot.engine.output import Collected
from bot.engine.processor import TurnProcessor
from bot.engine.responses import Responses
from bot.model.knowledge import ASPECT_OF_INTENT

_REPORTING, _REPORT = "report_form", "melding-openbare-ruimte"
"""The form that takes a report, and the product that the conversation is about meanwhile: channels keep pictures and places for it."""


@dataclass(frozen=True)
class Outcome:
    """What a turn gave: the answer for the worker and the events to keep."""

    result: dict[str, Any]
    events: list[dict[str, Any]]


class NoTrackerStore(TrackerStore):
    """Stands where Rasa wants a tracker store: a turn is loaded and kept by `bot.engine.turns` alone."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Refuse."""
        raise TurnFailed("Rasa asked for a tracker by itself")

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Refuse."""
        raise TurnFailed("Rasa wanted to save a tracker by itself")


class EngineAgent(Agent):
    """One model, ready to answer; without Rasa's fail-safe wrapper and without an event broker."""

    def __init__(self, actions: ActionServer, locks: LockStore) -> None:
        """Prepare an agent without a model; `load_model` gives it one."""
        check_answers_quickly()
        self._responses, self._actions, self._locks = Responses({}), actions, locks
        super().__init__(generator=self._responses, tracker_store=NoTrackerStore(None), lock_store=locks, action_endpoint=actions)
        self.intents: frozenset[str] = frozenset()
        self.entities: frozenset[str] = frozenset()

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, _domain: Domain | None) -> TrackerStore:
        return store or NoTrackerStore(None)  # Rasa would wrap it in a store that swallows errors

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load the model; raises ModelRefused when it cannot hold a conversation, or whatever Rasa raises."""
        processor = TurnProcessor(model_path, self.tracker_store, self._locks, self._responses, self._actions)
        metadata = processor.model_metadata
        if not (metadata.nlu_target and metadata.core_target):
            raise ModelRefused("the model lacks NLU or rules")
        self.processor, self.domain = processor, processor.domain
        self._responses.responses = processor.domain.responses
        self.intents, self.entities = frozenset(processor.domain.intents), frozenset(processor.domain.entities)
        self._actions.know(processor.domain)
        self._set_fingerprint(fingerprint)
        self.understand("goedendag")  # the first message is slow, and a model that cannot read must not be taken

    async def take_turn(self, turn: Turn, events: Sequence[dict[str, Any]]) -> Outcome:
        """Answer `turn` in a conversation of `events`; raises an EngineError when it does not come to a whole answer."""
        output = Collected(turn.channel)
        processor = self._loaded
        tracker = restore(turn.conversation_id, events, processor.domain)
        message = self._message(turn, output)
        await processor.take_turn(message, tracker, self._changed(turn, tracker))
        self._check_choices(output)
        if not output.messages and output.handoff is None:
            raise EmptyTurn(f"no message and no hand-off; paused: {tracker.is_paused()}")
        place = tracker.get_slot("municipality") if "municipality" in tracker.slots else turn.municipality
        result = {
            "messages": output.messages,
            "handoff": output.handoff,
            "municipality": place,
            "understanding": about(tracker),
        }
        return Outcome(result, bounded(tracker, processor.domain))

    def understand(self, text: str, slots: Mapping[str, Any] | None = None, said: str | None = None) -> dict[str, Any]:
        """What the model makes of `text`: as the first message, or in a conversation with these slots in which `said` came before."""
        processor = self._loaded
        tracker = DialogueStateTracker("understand", processor.domain.slots)
        before = [UserUttered(said)] if said else []
        tracker.update_with_events([*before, *(SlotSet(name, value) for name, value in (slots or {}).items())], processor.domain)
        return understanding(processor.understand(text, tracker))

    def fresh_events(self, slots: dict[str, Any]) -> list[dict[str, Any]]:
        """Events of a new conversation with `slots`; raises BadRequest for a slot the model does not have."""
        unknown = set(slots) - {slot.name for slot in self._loaded.domain.slots}
        if unknown:
            raise BadRequest("slots names a slot that the model does not know")
        return fresh(SlotSet(name, value) for name, value in slots.items())

    @property
    def language_model(self) -> str | None:
        """Which model of spaCy finds names; see TurnProcessor."""
        return self._loaded.language_model

    @property
    def _loaded(self) -> TurnProcessor:
        if not isinstance(self.processor, TurnProcessor):
            raise NoModel("the agent has no model")
        return self.processor

    def _message(self, turn: Turn, output: Collected) -> UserMessage:
        choice = None if turn.payload is None else read_choice(turn.payload, self.intents, self.entities)
        ids = {"message_id": turn.message_id, "channel": turn.channel, "municipality": turn.municipality, "request_id": turn.request_id}
        return UserMessage(
            turn.text if choice is None else choice.payload,
            output,
            turn.conversation_id,
            parse_data={} if choice is None else _parse_data(choice),  # empty: the NLU reads the text
            input_channel=turn.channel,
            message_id=turn.message_id,
            metadata=ids,
        )

    def _changed(self, turn: Turn, tracker: DialogueStateTracker) -> list[SlotSet]:
        wanted = {"channel": turn.channel, "municipality": turn.municipality}
        return [
            SlotSet(name, value)
            for name, value in wanted.items()
            if value is not None and name in tracker.slots and tracker.get_slot(name) != value
        ]

    def _check_choices(self, output: Collected) -> None:
        """A button that could not be pressed is found when it is offered, not when the citizen presses it."""
        for choice in (choice for message in output.messages for choice in message["choices"]):
            try:
                read_choice(choice["payload"], self.intents, self.entities)
            except BadRequest as error:
                raise TurnFailed(f"a button is offered that cannot be pressed: {error}") from error


def understanding(parsed: dict[str, Any]) -> dict[str, Any]:
    """The NLU's own `understanding`, or one made from intent and entities for a choice, which no component reads."""
    given = parsed.get("understanding")
    if isinstance(given, dict):
        return given
    intent = parsed.get("intent") or {}
    name = intent.get("name")
    products = [entity["value"] for entity in parsed.get("entities") or [] if entity.get("entity") == "product"]
    return {
        "act": "ask" if name in ASPECT_OF_INTENT else ACTS.get(str(name), name),
        "aspect": ASPECT_OF_INTENT.get(str(name)),
        "product": products[0] if products else None,
        "products": [],
        "organisation": None,
        "confidence": float(intent.get("confidence") or 0.0),
        "zone": "answer",
    }


def about(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What was understood; while a report is made the conversation is about that, whatever the words of an answer sound like."""
    told = understanding(dict(tracker.latest_message.parse_data) if tracker.latest_message else {})
    return {**told, "product": _REPORT} if tracker.active_loop_name == _REPORTING else told


def _parse_data(choice: Choice) -> dict[str, Any]:
    intent = {"name": choice.intent, "confidence": 1.0}
    entities = [
        {"entity": name, "value": value, "start": 0, "end": len(choice.payload), "extractor": "choice"} for name, value in choice.entities
    ]
    return {"text": choice.payload, "intent": intent, "intent_ranking": [intent], "entities": entities}
