"""How the contract test speaks to each system that is not ours: a fake server, and backends as several processes would have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.appointments.protocol import Backend
from bot.appointments.registry import BACKENDS, Needs
from bot.clock import Clock
from bot.model.appointment_rules import AppointmentRules, AppointmentSystem
from bot.settings import Secret, Settings
from bot.store.database import Database
from tests.appointments.builders import rules
from tests.appointments.fakes import jcc, open_forms, qmatic
from tests.appointments.fakes.agenda import Agenda
from tests.appointments.fakes.server import FakeServer

TIMEOUT = 0.6
"""Seconds for one call in the tests; none of them waits longer than a few of these."""


class System:
    """One fake system, and how to build its backend."""

    name: AppointmentSystem
    booking = ""
    """A part of the path to which a booking is posted."""
    finds = True
    """Whether a booking whose answer was lost can be looked up."""
    shows = True
    """Whether appointments can be seen and cancelled."""

    def __init__(self, server: FakeServer, agenda: Agenda, activities: dict[str, str], places: dict[str, str]) -> None:
        self.server = server
        self.agenda = agenda
        self.rules: AppointmentRules = rules(self.name, activities, places)
        self.castricum = places["castricum"]
        self.built: list[Backend] = []

    def settings(self) -> Settings:
        raise NotImplementedError

    def build(self, database: Database, clock: Clock, timeout: float = TIMEOUT) -> Backend:
        settings = replace(self.settings(), appointment_timeout=timeout)
        backend = BACKENDS[self.name](Needs("castricum", lambda: self.rules, settings, clock, database))
        self.built.append(backend)
        return backend

    def open(self, *starts: datetime, room: int = 1) -> None:
        self.agenda.open(self.castricum, *starts, room=room)

    async def stop(self) -> None:
        for backend in self.built:
            await backend.close()
        await self.server.stop()


class JccSystem(System):
    name: AppointmentSystem = "jcc"
    booking = "/v1/appointment"
    finds = False

    def __init__(self) -> None:
        self.fake = jcc.FakeJcc()
        activities = {"reisdocument": jcc.PASSPORT, "rijbewijs": jcc.LICENCE, "trouwen": jcc.WEDDING, "onbekend": "weg", "zonder": ""}
        super().__init__(self.fake, self.fake.agenda, activities, {"castricum": jcc.CASTRICUM, "heiloo": jcc.HEILOO, "dicht": jcc.CLOSED})

    def settings(self) -> Settings:
        return Settings(jcc_url=self.fake.base, jcc_client_id="wegwijs", jcc_client_secret=Secret("geheim"))


class QmaticSystem(System):
    name: AppointmentSystem = "qmatic"
    booking = "/book"

    def __init__(self) -> None:
        self.fake = qmatic.FakeQmatic()
        activities = {"reisdocument": qmatic.PASSPORT, "rijbewijs": qmatic.LICENCE, "trouwen": qmatic.WEDDING, "onbekend": qmatic.INTERNAL}
        places = {"castricum": qmatic.CASTRICUM, "heiloo": qmatic.HEILOO, "dicht": qmatic.RECEPTION}
        super().__init__(self.fake, self.fake.agenda, {**activities, "zonder": ""}, places)

    def settings(self) -> Settings:
        return Settings(qmatic_url=self.fake.base, qmatic_api_key=Secret("sleutel-van-de-proef"))


class OpenFormsSystem(System):
    name: AppointmentSystem = "open_forms"
    booking = "/appointments/appointments"
    finds = False
    shows = False

    def __init__(self) -> None:
        self.fake = open_forms.FakeOpenForms()
        activities = {"reisdocument": open_forms.PASSPORT, "rijbewijs": open_forms.LICENCE, "trouwen": open_forms.WEDDING}
        places = {"castricum": open_forms.CASTRICUM, "heiloo": open_forms.HEILOO, "dicht": "99"}
        super().__init__(self.fake, self.fake.agenda, {**activities, "onbekend": "77", "zonder": ""}, places)

    def settings(self) -> Settings:
        return Settings(open_forms_url=self.fake.base, open_forms_form=open_forms.FORM, open_forms_page=open_forms.PAGE)


SYSTEMS: dict[AppointmentSystem, type[System]] = {"jcc": JccSystem, "qmatic": QmaticSystem, "open_forms": OpenFormsSystem}
