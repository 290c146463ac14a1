"""A door to reports that remembers, and a talk that runs the report form as Rasa does: begin, take in, ask, end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.reports import ActionAskReportDone, ActionEndReport, ActionReport, ValidateReportForm
from bot.model.report import Gathered, Report, ReportDraft, ReportPlace, ReportPolicy
from bot.reports.errors import ReportRefused
from bot.reports.service import read_reference
from bot.wiring import Services

CONVERSATION = UUID("2b7a3a34-9c2e-4d1c-9a77-0a6a5c9b7a11")


@dataclass
class FakeReports:
    """Takes reports in every municipality but those in `elsewhere`, with `most` pictures; `pictures` and `place` are what was sent."""

    elsewhere: set[str] = field(default_factory=set)
    most: int = 0
    pictures: tuple[UUID, ...] = ()
    place: ReportPlace | None = None
    drafts: list[ReportDraft] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    refuses: bool = False

    def policy(self, municipality: str | None) -> ReportPolicy | None:
        if municipality is None:
            return None
        return ReportPolicy(municipality, "link" if municipality in self.elsewhere else "own", 5, self.most)

    async def gathered(self, conversation_id: UUID) -> Gathered:
        return Gathered(self.pictures, self.place)

    async def hand_in(self, key: str, draft: ReportDraft) -> Report:
        if self.refuses:
            raise ReportRefused("not_taken")
        self.drafts.append(draft)
        return self.has(replace(made(), text=draft.text, product=draft.product, pictures=draft.pictures))

    def has(self, report: Report) -> Report:
        self.reports[report.reference] = report
        return report

    async def find(self, reference: str, conversation_id: UUID) -> Report | None:
        code = read_reference(reference)
        own = [report for report in self.reports.values() if report.conversation_id == conversation_id]
        return self.reports.get(code) if code else next(reversed(own), None)


def made() -> Report:
    return Report(
        id=uuid4(),
        reference="M-7K4M2P",
        conversation_id=CONVERSATION,
        municipality="castricum",
        product="melding-openbare-ruimte",
        text="Losse tegel",
        place=ReportPlace("Dorpsstraat 10"),
        pictures=(),
        email=None,
        phone=None,
        state="received",
        promised_on=date(2026, 11, 30),
        created_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    )


@dataclass
class ReportTalk:
    """One conversation about a report; `say` gives the names of what was said, `value` what a response was filled with."""

    given: Services
    slots: dict[str, Any] = field(default_factory=dict)
    active: bool = False
    count: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    followed: str | None = None

    @property
    def reports(self) -> FakeReports:
        return self.given.reports  # type: ignore[return-value]

    @property
    def draft(self) -> dict[str, Any]:
        return self.slots.get("report") or {}

    @property
    def titles(self) -> list[str]:
        return [button["title"] for message in self.messages for button in message["buttons"]]

    async def begin(self, text: str, product: str = "melding-openbare-ruimte", **understood: Any) -> list[str]:
        """What is wrong outdoors, as the first thing that is said."""
        return await self._turn(self._tracker(text, "report_problem", {"product": product, "act": "report", **understood}))

    async def say(self, text: str, intent: str = "give_details", **understood: Any) -> list[str]:
        return await self._turn(self._tracker(text, intent, understood))

    async def press(self, title: str) -> list[str]:
        """Press a button of the last messages by its title."""
        found = [button["payload"] for message in self.messages for button in message["buttons"] if button["title"] == title]
        assert found, f"no button {title}: {self.titles}"
        return await self.choose(found[-1])

    async def choose(self, payload: str) -> list[str]:
        intent, _, entities = payload.lstrip("/").partition("{")
        values = json.loads("{" + entities) if entities else {}
        tracker = self._tracker(payload, intent, {})
        tracker.latest_message["entities"] = [{"entity": name, "value": value} for name, value in values.items()]
        return await self._turn(tracker)

    def value(self, name: str) -> Any:
        return next(message[name] for message in reversed(self.messages) if name in message)

    def _tracker(self, text: str, intent: str, understood: dict[str, Any]) -> Tracker:
        self.count += 1
        self.messages, self.followed = [], None
        latest = {
            "text": text,
            "intent": {"name": intent},
            "entities": understood.pop("entities", []),
            "understanding": understood,
            "metadata": {"message_id": f"m-{self.count}"},
        }
        self.events.append({"event": "user", "text": text, "parse_data": {"understanding": understood}})
        loop = {"name": "report_form"} if self.active else {}
        return Tracker(str(CONVERSATION), self.slots, latest, list(self.events), False, None, loop, None)

    async def _turn(self, tracker: Tracker) -> list[str]:
        first: Callable[[Services], Any] = ValidateReportForm if self.active else ActionReport
        events = await self._act(first(self.given), tracker)
        ended = any(event.get("name") == "requested_slot" for event in events)
        was = self.active
        self.active = (self.active and not ended) or any(event.get("name") == "report_form" for event in events)
        if was != self.active:
            self.events.append({"event": "active_loop", "name": "report_form" if self.active else None})
        if self.active:
            await self._act(ActionAskReportDone(self.given), tracker)
        elif ended:
            last = await self._act(ActionEndReport(self.given), tracker)
            self.followed = next((event["name"] for event in last if event["event"] == "followup"), None)
        return [message.get("response") or message.get("text") for message in self.messages]

    async def _act(self, action: Any, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        events = await action.run(dispatcher, tracker, {})
        self.messages += dispatcher.messages
        self.slots.update({event["name"]: event["value"] for event in events if event["event"] == "slot"})
        return list(events)
