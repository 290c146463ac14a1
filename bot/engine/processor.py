"""Rasa's message processor with nothing swallowed: whatever goes wrong fails the whole turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.events import ActionExecutionRejected, Event, ReminderScheduled, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from bot.engine.errors import ActionFailed, TurnFailed
from bot.engine.nlu.spacy_nlp import SpacyNLP
from bot.engine.runner import StraightRunner
from bot.errors import BotError


class TurnProcessor(MessageProcessor):
    """Runs one turn on a tracker that somebody else loads and keeps."""

    async def take_turn(self, message: UserMessage, tracker: DialogueStateTracker, slots: Sequence[SlotSet]) -> None:
        """Let the bot answer `message`, after setting `slots`; the tracker holds the new events, the channel the answer."""
        output = message.output_channel
        await self._update_tracker_session(tracker, output)
        tracker.update_with_events(list(slots), self.domain)
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(output, tracker)
        await self._run_prediction_loop(output, tracker)

    async def run_action_extract_slots(self, output_channel: OutputChannel, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """Extract slots; an exception of a custom extraction is an ActionFailed."""
        before = len(tracker.events)
        try:
            await super().run_action_extract_slots(output_channel, tracker)
        except BotError:
            raise
        except Exception as error:
            raise ActionFailed(f"{ACTION_EXTRACT_SLOTS}: {type(error).__name__}") from error
        self._check(ACTION_EXTRACT_SLOTS, list(tracker.events)[before:])
        return tracker

    def is_action_limit_reached(self, tracker: DialogueStateTracker, should_predict_another_action: bool) -> bool:
        """Never true: where Rasa would stop half-way with a warning, the turn fails."""
        if super().is_action_limit_reached(tracker, should_predict_another_action):
            raise TurnFailed(f"more than {self.max_number_of_predictions} actions in one turn; the last is {tracker.latest_action_name}")
        return False

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        path = Path(model_path)
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            metadata, runner = load_predict_graph_runner(Path(folder), path, LocalModelStorage, StraightRunner)
        return path.name, metadata, runner

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: Rasa makes a whole empty domain at every message, to warn in words that nobody hears (`bot.engine.quiet`)."""

    def _has_session_expired(self, tracker: DialogueStateTracker) -> bool:
        return False  # silence never restarts or un-pauses a conversation, whatever the domain says

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        followup = tracker.followup_action
        if followup and followup not in self.domain.action_names_or_texts:
            raise ActionFailed(f"{tracker.latest_action_name}: it wants to be followed by an unknown action")
        return super()._predict_next_with_tracker(tracker)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """As in Rasa, but an exception is raised where Rasa logs it and goes on without the action's events."""
        name = action.name()
        try:
            trial = tracker.copy()
            trial.update_with_events(prediction.events, self.domain)
            events: list[Event] = await action.run(output_channel, nlg, trial, self.domain)
        except ActionExecutionRejection:
            tracker.update(ActionExecutionRejected(name, prediction.policy_name, prediction.max_confidence))
            return bool(self.should_predict_another_action(name))
        except BotError:
            raise
        except Exception as error:
            raise ActionFailed(f"{name}: {type(error).__name__}") from error
        self._check(name, events)
        self._log_action_on_tracker(tracker, action, events, prediction)
        if any(isinstance(event, UserUttered) for event in events):
            await self.run_action_extract_slots(output_channel, tracker)
        await self.execute_side_effects(events, tracker, output_channel)
        return bool(self.should_predict_another_action(name))

    def _check(self, name: str, events: Sequence[Event]) -> None:
        slots = {slot.name for slot in self.domain.slots}
        for event in events:
            if isinstance(event, SlotSet) and event.key not in slots:
                raise ActionFailed(f"{name}: slot {event.key} is not in the domain")
            if isinstance(event, ReminderScheduled):
                raise ActionFailed(f"{name}: the engine keeps no reminders; the worker does")

    @property
    def language_model(self) -> str | None:
        """Which model of spaCy finds names, or that the rules do it alone; None when this bot looks for none."""
        runner = self.graph_runner
        loaded = runner.components(SpacyNLP) if isinstance(runner, StraightRunner) else []
        return next((one.language_model for one in loaded if one.language_model), None)

    def understand(self, text: str, tracker: DialogueStateTracker | None = None) -> dict[str, Any]:
        """What the NLU makes of `text`, in a conversation of its own unless a tracker is given."""
        own = tracker or DialogueStateTracker("understand", self.domain.slots)
        parsed: dict[str, Any] = self._parse_message_with_graph(UserMessage(text), own)
        return parsed
