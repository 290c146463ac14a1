"""Keeps a conversation's events bounded: the last few turns in full, and before them only the state they start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, TrackerActiveLoop
from rasa.shared.utils.common import all_subclasses

KEPT_TURNS = 4
"""Turns of the citizen that stay in full; policies with a `max_history` see no further back."""

_KEPT_PARSE_DATA = ("text", "intent", "entities", "message_id", "metadata", "understanding")


def restore(conversation_id: str, events: Sequence[dict[str, Any]], domain: Domain) -> DialogueStateTracker:
    """The tracker of kept `events` under `domain`, which may be newer: what it no longer knows is left out."""
    slots = {slot.name for slot in domain.slots}
    kinds = _kinds()
    made = (kinds[event["event"]]._from_parameters(event) for event in events if event["event"] != "slot" or event["name"] in slots)
    known = [event for event in made if event is not None]
    tracker = DialogueStateTracker.from_events(conversation_id, known, domain.slots)
    if tracker.active_loop_name is not None and tracker.active_loop_name not in domain.action_names_or_texts:
        tracker.update(ActiveLoop(None))
        if REQUESTED_SLOT in slots:
            tracker.update(SlotSet(REQUESTED_SLOT, None))
    return tracker


def fresh(slots: Iterable[SlotSet]) -> list[dict[str, Any]]:
    """Events of a conversation that starts anew with these slots."""
    events = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *slots, ActionExecuted(ACTION_LISTEN_NAME)]
    return [event.as_dict() for event in events]


def bounded(tracker: DialogueStateTracker, domain: Domain) -> list[dict[str, Any]]:
    """The events to keep: they give the same slots, form and last turns as all of them."""
    events = list(tracker.events)
    starts = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(starts) > KEPT_TURNS:
        cut = starts[-KEPT_TURNS]
        before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], domain.slots)
        events = [*_state(before, events[cut].timestamp), *events[cut:]]
    last = max((place for place, event in enumerate(events) if isinstance(event, UserUttered)), default=0)
    return [_compact(event) if place < last else event.as_dict() for place, event in enumerate(events)]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, type[Event]]:
    """Rasa's events by name; Rasa itself walks its whole class tree for every single event."""
    return {kind.type_name: kind for kind in reversed(all_subclasses(Event))}


def _state(tracker: DialogueStateTracker, moment: float) -> list[Event]:
    """The shortest believable past that leads to the state of `tracker`."""
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=moment), SessionStarted(moment)]
    for slot in tracker.slots.values():
        if slot.value != slot.initial_value:
            events.append(SlotSet(slot.name, slot.value, moment))
    events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=moment))
    if tracker.active_loop is not None and tracker.active_loop.name is not None:
        events += _loop(tracker.active_loop, moment)
    if tracker.is_paused():
        events.append(ConversationPaused(moment))
    return events


def _loop(loop: TrackerActiveLoop, moment: float) -> list[Event]:
    """A form as it was started: the message that triggered it still fills slots `from_trigger_intent`."""
    name, trigger = str(loop.name), loop.trigger_message or {}
    events: list[Event] = [
        UserUttered(trigger.get("text"), trigger.get("intent"), trigger.get("entities"), timestamp=moment),
        ActionExecuted(name, timestamp=moment),
        ActiveLoop(name, moment),
    ]
    if loop.rejected:
        events.append(ActionExecutionRejected(name, timestamp=moment))
    return [*events, ActionExecuted(ACTION_LISTEN_NAME, timestamp=moment)]


def _compact(event: Event) -> dict[str, Any]:
    """An older event without the NLU's working material."""
    value: dict[str, Any] = event.as_dict()
    if isinstance(event, UserUttered):
        value["parse_data"] = {key: item for key, item in value["parse_data"].items() if key in _KEPT_PARSE_DATA}
    return value
