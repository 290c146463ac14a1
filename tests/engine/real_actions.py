"""Actions for the real action server of rasa-sdk, which runs in the application's environment."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

Domain = dict[str, Any]


class Answer(Action):
    """Names a response, with data beside it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[dict[str, Any]]:
        """Say which message this is."""
        if "fout" in (tracker.latest_message["text"] or ""):
            raise ValueError("geheimpje")
        dispatcher.utter_message(
            text=f"Bericht {tracker.latest_message['metadata']['message_id']}.",
            buttons=[{"title": "Meer", "payload": '/tell_more{"product": "paspoort"}'}],
            json_message={"meta": {"product": "paspoort"}},
        )
        dispatcher.utter_message(response="utter_more", product="paspoort", json_message={"card": {"kind": "map"}})
        dispatcher.utter_message(json_message={"handoff": {"route": "chat"}})
        return [SlotSet("product", "paspoort")]


class Book(Action):
    """The end of the form."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_book"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[dict[str, Any]]:
        """Repeat what was filled in, and empty it."""
        dispatcher.utter_message(text=f"{tracker.get_slot('appointment_name')} komt {tracker.get_slot('appointment_date')}.")
        return [SlotSet("appointment_name", None), SlotSet("appointment_date", None)]


class ValidateForm(FormValidationAction):
    """Refuses a name that is too short."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_appointment_form"

    async def validate_appointment_name(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        """A name has three letters or more."""
        return {"appointment_name": value if len(value) >= 3 else None}
