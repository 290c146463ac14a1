"""A calendar that remembers, and a talk that runs the appointment form as Rasa does: begin, take in, ask, end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.appointments import ActionAskAppointmentDone, ActionBeginAppointment, ActionEndAppointment, ValidateAppointmentForm
from bot.appointments.details import Details
from bot.appointments.errors import AppointmentRefused, BookingUnknown, HoldExpired, SlotTaken
from bot.clock import AMSTERDAM
from bot.model.appointment import Activity, Booking, Customer, CustomerField, Hold, Location, Slot, Wanted, Wish
from bot.wiring import Services

CONVERSATION = UUID("2b7a3a34-9c2e-4d1c-9a77-0a6a5c9b7a11")

ACTIVITIES = {
    "reisdocument": Activity("reisdocument", "Paspoort of identiteitskaart", ("balie",), ("bezorgen",), 6),
    "rijbewijs": Activity("rijbewijs", "Rijbewijs", ("balie",), (), 4),
    "keukentafelgesprek": Activity("keukentafelgesprek", "Keukentafelgesprek", ("huisbezoek", "video", "terugbellen")),
    "terugbellen": Activity("terugbellen", "Terugbelafspraak", ("terugbellen",)),
    "huwelijk": Activity("huwelijk", "Huwelijk", ("huwelijk",), ("kosteloos", "eenvoudig", "ceremonie")),
}
OF_PRODUCT = {
    "paspoort": "reisdocument",
    "identiteitskaart": "reisdocument",
    "reisdocument-kind": "reisdocument",
    "rijbewijs-verlengen": "rijbewijs",
    "wmo": "keukentafelgesprek",
    "huwelijk": "huwelijk",
}
PLACES = {
    "balie": tuple(
        Location(f"gemeentehuis-{town.lower()}", f"Gemeentehuis {town}", town=town) for town in ("Castricum", "Heiloo", "Bergen")
    ),
    "huisbezoek": (Location("thuis", "bij u thuis"),),
    "video": (Location("video", "videogesprek"),),
    "terugbellen": (Location("telefoon", "telefonisch"),),
    "huwelijk": (Location("trouwzaal-castricum", "Trouwzaal Castricum"), Location("trouwzaal-heiloo", "Trouwzaal Heiloo")),
}
FIELDS = {
    "balie": {"last_name": True, "email": False, "phone": False},
    "huisbezoek": {"last_name": True, "phone": True, "address": True, "note": False},
    "video": {"last_name": True, "email": True, "note": False},
    "terugbellen": {"last_name": True, "phone": True, "note": False},
    "huwelijk": {"last_name": True, "email": True, "phone": True},
}


@dataclass
class FakeAppointments:
    """One calendar: every half hour from 9 to 12 and on Thursday until 19, weekdays; `taken` are gone, `fails` is raised once."""

    clock: Any
    taken: set[datetime] = field(default_factory=set)
    bookings: dict[str, Booking] = field(default_factory=dict)
    customers: list[Customer] = field(default_factory=list)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    fails: Exception | None = None

    def _fail(self, final: bool = False) -> None:
        """Raise what was asked for; what only happens at the end waits for it."""
        if isinstance(self.fails, SlotTaken) and not final:
            return
        error, self.fails = self.fails, None
        if error:
            raise error

    def activities(self, municipality: str) -> tuple[Activity, ...]:
        return tuple(ACTIVITIES.values())

    def _activity(self, product: str) -> Activity:
        return ACTIVITIES[OF_PRODUCT.get(product, "terugbellen")]

    def kinds_of(self, product: str, municipality: str) -> tuple[Any, ...]:
        kinds = self._activity(product).kinds
        return kinds if "terugbellen" in kinds or "huwelijk" in kinds else (*kinds, "terugbellen")

    def options_of(self, product: str, municipality: str, kind: str) -> tuple[str, ...]:
        return self._activity(product).options if kind in self._activity(product).kinds else ()

    def plan(self, municipality: str, products: Any, kind: Any, option: Any = None, notified_on: date | None = None) -> Wish:
        if any(amount > 6 for amount in products.values()):
            raise AppointmentRefused("too many")
        wanted = tuple(Wanted(self._activity(product).id, amount) for product, amount in products.items())
        return Wish(municipality, kind, wanted, option, notified_on)

    def days(self, wish: Wish) -> tuple[date, date]:
        today = self.clock().astimezone(AMSTERDAM).date()
        return today, today + timedelta(days=60)

    async def locations(self, wish: Wish, near: str | None = None) -> tuple[Location, ...]:
        self._fail()
        places = PLACES[wish.kind]
        return tuple(sorted(places, key=lambda place: not (near and (place.town or place.name).lower().split()[-1] in near.lower())))

    async def location(self, wish: Wish, location: str) -> Location:
        for place in PLACES[wish.kind]:
            if place.id == location:
                return place
        raise AppointmentRefused(location)

    async def required_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        return tuple(CustomerField(name, required) for name, required in FIELDS[wish.kind].items())

    async def offers(self, wish: Wish, location: str | None, first: date, last: date) -> tuple[Slot, ...]:
        self._fail()
        slots, day = [], first
        while day <= last:
            hours = [9, 10, 11] + ([17, 18] if day.weekday() == 3 else [])
            for hour, minute in [(hour, minute) for hour in hours for minute in (0, 30)] if day.weekday() < 5 else []:
                starts = datetime.combine(day, time(hour, minute), AMSTERDAM)
                held = any(hold.slot.starts == starts for hold in self.holds.values())
                if starts not in self.taken and not held and starts > self.clock():
                    slots.append(Slot(location or PLACES[wish.kind][0].id, starts, starts + timedelta(minutes=15 * len(wish.wanted))))
            day += timedelta(days=1)
        return tuple(slots)

    async def hold(self, conversation_id: UUID, wish: Wish, slot: Slot) -> Hold:
        if slot.starts in self.taken:
            raise SlotTaken("gone")
        hold = Hold(uuid4(), conversation_id, wish, slot, self.clock() + timedelta(minutes=10))
        self.holds = {hold.id: hold}
        return hold

    async def release(self, conversation_id: UUID) -> None:
        self.holds = {}

    async def book(self, key: str, hold_id: UUID, customer: Customer) -> Booking:
        self._fail(final=True)
        hold = self.holds.get(hold_id)
        if hold is None:
            raise HoldExpired("gone")
        self.customers.append(customer)
        made = Booking("AF-7K4M2P", CONVERSATION, hold.wish, hold.slot, customer, "booked", "own", "1", self.clock())
        self.bookings[made.reference] = made
        return made

    async def find(self, reference: str, second_fact: str, who_asks: UUID) -> Booking:
        self._fail()
        found = self.bookings.get(reference)
        if found is None or second_fact.lower() not in (found.customer.last_name.lower(), found.customer.email):
            raise BookingUnknown(reference)
        return found

    async def of_conversation(self, conversation_id: UUID) -> tuple[Booking, ...]:
        return tuple(one for one in self.bookings.values() if one.conversation_id == conversation_id and one.status == "booked")

    async def by_reference(self, reference: str) -> Booking | None:
        return self.bookings.get(reference)

    async def move(self, key: str, booking: Booking, hold_id: UUID, author: str | None = None) -> Booking:
        self._fail(final=True)
        moved = replace(booking, slot=self.holds[hold_id].slot, moves=booking.moves + 1)
        self.bookings[booking.reference] = moved
        return moved

    async def cancel(self, booking: Booking, author: str | None = None) -> Booking:
        self._fail()
        self.bookings[booking.reference] = gone = replace(booking, status="cancelled")
        return gone


@dataclass
class FakeNotices:
    """Remembers what was queued."""

    sends_mail: bool = False
    sent: list[tuple[str, int]] = field(default_factory=list)

    def link(self, booking: Booking) -> str:
        return f"https://voorbeeld.nl/{booking.reference}.ics"

    async def arranged(self, booking: Booking, products: Any = ()) -> None:
        self.sent.append(("arranged", booking.moves))

    async def cancelled(self, booking: Booking) -> None:
        self.sent.append(("cancelled", booking.moves))

    async def details(self, booking: Booking, products: Any = ()) -> Details:
        place = next(place for place in PLACES[booking.wish.kind] if place.id == booking.slot.location)
        bring = "een pasfoto" if products else ""
        return Details(
            booking.reference, booking.wish.kind, "Paspoort", booking.slot.starts, booking.slot.ends, place.name, "", "Castricum", bring
        )


@dataclass
class Talk:
    """One conversation about an appointment; `say` gives the names of what was said, `last` has the values."""

    given: Services
    slots: dict[str, Any] = field(default_factory=dict)
    active: bool = False
    count: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list)
    followed: str | None = None

    async def begin(self, text: str, intent: str = "book_appointment", **understood: Any) -> list[str]:
        return await self._run(ActionBeginAppointment(self.given), self._tracker(text, intent, understood))

    async def say(self, text: str, intent: str = "give_details", **understood: Any) -> list[str]:
        return await self._take(self._tracker(text, intent, understood))

    async def press(self, title: str) -> list[str]:
        """Press a button of the last messages by its title."""
        found = [button["payload"] for message in self.messages for button in message["buttons"] if button["title"] == title]
        assert found, f"no button {title}: {[button['title'] for message in self.messages for button in message['buttons']]}"
        return await self.choose(found[-1])

    async def choose(self, payload: str) -> list[str]:
        import json

        intent, _, entities = payload.lstrip("/").partition("{")
        values = json.loads("{" + entities) if entities else {}
        tracker = self._tracker(payload, intent, {})
        tracker.latest_message["entities"] = [{"entity": name, "value": value} for name, value in values.items()]
        if not self.active or intent in ("move_appointment", "cancel_appointment", "book_appointment"):
            return await self._run(ActionBeginAppointment(self.given), tracker)
        return await self._take(tracker)

    @property
    def draft(self) -> dict[str, Any]:
        return self.slots.get("appointment") or {}

    def value(self, name: str) -> Any:
        return next(message[name] for message in reversed(self.messages) if name in message)

    def _tracker(self, text: str, intent: str, understood: dict[str, Any]) -> Tracker:
        self.count += 1
        self.messages = []
        latest = {
            "text": text,
            "intent": {"name": intent},
            "entities": understood.pop("entities", []),
            "understanding": understood,
            "metadata": {"message_id": f"m-{self.count}"},
        }
        return Tracker(str(CONVERSATION), self.slots, latest, [], False, None, {"name": "appointment_form"} if self.active else {}, None)

    async def _take(self, tracker: Tracker) -> list[str]:
        assert self.active, "no form is open"
        return await self._run(ValidateAppointmentForm(self.given), tracker)

    async def _run(self, action: Any, tracker: Tracker) -> list[str]:
        events = await self._act(action, tracker)
        form = any(event["event"] == "followup" and event["name"] == "appointment_form" for event in events)
        ended = isinstance(action, ValidateAppointmentForm) and any(event.get("name") == "requested_slot" for event in events)
        self.active = form or (isinstance(action, ValidateAppointmentForm) and not ended)
        if self.active:
            await self._act(ActionAskAppointmentDone(self.given), tracker)
        elif ended:
            last = await self._act(ActionEndAppointment(self.given), tracker)
            again = next((event["parse_data"]["intent"]["name"] for event in last if event["event"] == "user"), None)
            self.followed = next((event["name"] for event in last if event["event"] == "followup"), again)
        return [message.get("response") or message.get("text") for message in self.messages]

    async def _act(self, action: Any, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        events = await action.run(dispatcher, tracker, {})
        self.messages += dispatcher.messages
        self.slots.update({event["name"]: event["value"] for event in events if event["event"] == "slot"})
        return list(events)
