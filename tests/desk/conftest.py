"""The gateway's app with the desk in it: real PostgreSQL, the real knowledge base, a scripted engine, a clock that is moved."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Browser, async_playwright

from bot.appointments.letters import Letters
from bot.appointments.notices import Notices
from bot.appointments.promises import Promises
from bot.appointments.service import build_appointments
from bot.desk.accounts import Accounts
from bot.desk.administration import Administration, Profile
from bot.gateway.app import make_app
from bot.gateway.house import House
from bot.gateway.live import Live
from bot.handoff.office import open_office
from bot.handoff.service import Callbacks
from bot.handoff.watch import Patience
from bot.knowledge.library import Library
from bot.mail import Mail, mail_server
from bot.model.people import HandoffRequest, Role
from bot.reports.service import Reports
from bot.sealing import new_key
from bot.settings import ROOT, load_settings
from bot.store.jobs import Jobs
from bot.store.queue import make_queue
from tests.gateway.conftest import bench  # noqa: F401 - a fixture
from tests.gateway.knowledge_house import real_library
from tests.serving import serving
from tests.web.running import ARGUMENTS, CHROMIUM

_numbers = itertools.count()

DESK_KEY = new_key()

PASSWORD = "vier losse woorden samen"


async def nothing() -> None:
    """Nothing to open, close or refresh."""


@pytest.fixture(scope="session")
def knowledge() -> Library:
    return real_library()


@dataclass
class Town:
    """A town hall with a desk: its house, its address, and ways to be somebody there."""

    house: House
    address: str
    bench: Any
    administration: Administration
    accounts: Accounts
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def anybody(self) -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self.address, timeout=20, headers={"X-Desk": "1"})
        self.clients.append(client)
        return client

    async def account(self, email: str, role: Role = "agent", **who: Any) -> UUID:
        profile = Profile(
            who.get("name", email.split("@", maxsplit=1)[0].capitalize()), role, frozenset(who.get("skills", ())), who.get("most", 3)
        )
        made, link = await self.administration.invite(profile, email, None)
        accepted = await self.anybody().post(f"/desk/api/invitations/{link.split('=')[1]}", json={"password": PASSWORD})
        assert accepted.status_code == 200
        return made

    async def agent(self, email: str = "anna@example.nl", role: Role = "agent", presence: str | None = "available", **who: Any) -> Desk:
        made = await self.account(email, role, **who)
        client = self.anybody()
        signed = await client.post("/desk/api/sign-in", json={"email": email, "password": PASSWORD})
        assert signed.status_code == 200
        if presence:
            assert (await client.post("/desk/api/me/presence", json={"presence": presence})).status_code == 204
        return Desk(made, client)

    async def waiting(self, *said: str) -> UUID:
        """A citizen who wrote this and then asked for a person."""
        key = await self.bench.conversation()
        for text in said or ("ik wil een mens spreken",):
            await self.bench.say(key, text)
        from bot.handoff.queueing import Queue

        async with self.house.database.transaction() as connection:
            await Queue(self.house.library, self.house.clock).ask(connection, key, HandoffRequest(product="paspoort", reason="asked"))
        return key


@dataclass
class Desk:
    """The page of one agent who is signed in."""

    id: UUID
    http: httpx.AsyncClient

    async def get(self, path: str, **query: str) -> httpx.Response:
        return await self.http.get(f"/desk/api{path}", params=query)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.http.post(f"/desk/api{path}", json=body)

    @property
    def cookie(self) -> str:
        return f"wegwijs_desk={self.http.cookies['wegwijs_desk']}"


@pytest.fixture
def environment() -> dict[str, str]:
    """Settings that differ; a test may change them by a fixture of its own."""
    return {}


@pytest.fixture
async def town(bench: Any, knowledge: Library, environment: dict[str, str]) -> AsyncIterator[Town]:  # noqa: F811
    settings = load_settings({"DESK_KEYS": DESK_KEY, **environment})
    office = open_office(bench.database, lambda: knowledge, bench.clock, 2, Patience())
    gate = replace(bench.gate, library=lambda: knowledge)
    appointments = build_appointments(lambda: knowledge, settings, bench.clock, bench.database)
    letters = Letters(settings.knowledge_dir / "mail", settings.public_url)
    jobs = Jobs(make_queue(bench.database.address))
    mail = Mail(mail_server(settings))
    house = House(
        settings=settings,
        clock=bench.clock,
        database=bench.database,
        library=lambda: knowledge,
        refresh_library=nothing,
        engine=bench.engine,
        gate=gate,
        starts=bench.starts,
        live=Live(bench.database.address),
        watch=bench.watch,
        office=office,
        appointments=appointments,
        notices=Notices(
            *(bench.database, jobs, appointments, lambda: knowledge, letters, mail, bench.clock, settings.public_url),
            Promises(Callbacks(bench.database, bench.clock, 2), lambda: knowledge),
        ),
        reports=Reports(bench.database, lambda: knowledge, bench.clock),
        open=nothing,
        close=nothing,
    )
    app = make_app(house, f"town-{next(_numbers)}")
    async with serving(app) as address:
        administration = Administration(bench.database, office.agents, bench.clock, address)
        made = Town(house, address, bench, administration, app.ctx.doorkeeper.accounts)
        yield made
        for client in made.clients:
            await client.aclose()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not (ROOT / "web" / "dist" / "desk" / "index.html").is_file():
        pytest.fail("web/dist/desk is missing: run `npm ci && npm run build` in web/ first")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        await chromium.close()
