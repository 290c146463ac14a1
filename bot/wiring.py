"""Builds the services of each process once; the only file that knows everyone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial

from procrastinate import App

from bot.appointments.letters import Letters
from bot.appointments.notices import Notices
from bot.appointments.promises import Promises
from bot.appointments.service import Appointments, build_appointments
from bot.clock import Clock, utc_now
from bot.gateway.albums import Albums
from bot.gateway.background import Work
from bot.gateway.channels.chatwoot.client import AgentBot
from bot.gateway.channels.chatwoot.setup import connection_of
from bot.gateway.channels.connector.pictures import BroughtPictures
from bot.gateway.channels.connector.sender import ConnectorSender
from bot.gateway.channels.whatsapp.client import CloudApi
from bot.gateway.channels.whatsapp.render import words_of
from bot.gateway.channels.whatsapp.setup import templates_of
from bot.gateway.engine import Engine
from bot.gateway.files import FileSource
from bot.gateway.gate import Gate
from bot.gateway.house import House
from bot.gateway.limits import Limits
from bot.gateway.live import Live
from bot.gateway.outbox import Outbox
from bot.gateway.reception import Reception
from bot.gateway.sending import Sender
from bot.gateway.sharing import Sharing
from bot.gateway.starts import Starts
from bot.gateway.turns import Turns
from bot.gateway.watch import Watch
from bot.handoff.board import Board
from bot.handoff.office import Office, open_office
from bot.handoff.retention import Retention
from bot.handoff.service import Callbacks
from bot.handoff.watch import Patience
from bot.knowledge.danger import watch_of
from bot.knowledge.library import Library
from bot.knowledge.shelf import Shelf
from bot.mail import Mail, mail_server
from bot.reports.service import Reports, build_reports
from bot.reports.work import report_work
from bot.sealing import Seal, load_keys
from bot.settings import Settings, load_settings
from bot.store.database import Database
from bot.store.jobs import Jobs, repeat
from bot.store.queue import TurnJobs, make_queue
from bot.text.dates import Vacations
from bot.text.dates.vacations import vacations_of
from bot.triage.service import Triage


@dataclass(frozen=True)
class Services:
    """What the actions need."""

    clock: Clock
    library: Callable[[], Library]
    refresh_library: Callable[[], Awaitable[None]]
    callbacks: Callbacks
    database: Database
    appointments: Appointments
    triage: Triage
    notices: Notices
    vacations: Vacations
    reports: Reports


@dataclass(frozen=True)
class Worker:
    """What the worker needs."""

    queue: App
    refresh_library: Callable[[], Awaitable[None]]
    beside: Mapping[str, Work]
    """What runs for as long as the worker does: reading what channels delivered, and sending to them."""
    close: Callable[[], Awaitable[None]]


def build_house(settings: Settings, clock: Clock = utc_now) -> House:
    """The gateway's services."""
    shelf = Shelf(settings.knowledge_dir, clock)
    database = Database(_address(settings))
    queue = make_queue(_address(settings))
    jobs = TurnJobs(queue)
    engine = _engine(settings, clock)
    appointments = build_appointments(_library_of(shelf), settings, clock, database)

    async def start() -> None:
        await queue.open_async()

    async def stop() -> None:
        await queue.close_async()
        await appointments.close()
        await engine.close()
        await database.close()

    return House(
        settings=settings,
        clock=clock,
        database=database,
        library=_library_of(shelf),
        refresh_library=_refresh_of(shelf),
        engine=engine,
        gate=_gate(settings, database, shelf, jobs, clock),
        starts=Starts(database, _library_of(shelf), clock, _limits(settings)),
        live=Live(_address(settings)),
        watch=Watch(database, _library_of(shelf), jobs),
        office=_office(settings, database, shelf, clock),
        appointments=appointments,
        notices=_notices(settings, database, appointments, _library_of(shelf), clock),
        reports=Reports(database, _library_of(shelf), clock),
        open=start,
        close=stop,
    )


def build_worker(settings: Settings, clock: Clock = utc_now) -> Worker:
    """The worker's services."""
    shelf = Shelf(settings.knowledge_dir, clock)
    database = Database(_address(settings), pool_size=settings.worker_concurrency)
    engine = _engine(settings, clock)
    queue = make_queue(_address(settings), max_size=settings.worker_concurrency + 4)
    jobs = TurnJobs(queue, Turns(database, engine, _library_of(shelf), clock).answer)
    appointments = build_appointments(_library_of(shelf), settings, clock, database)
    repeat(queue, "forget_what_is_old", "17 2 * * *", Retention(database, clock, settings.retention_days).sweep)
    Jobs(queue, _notices(settings, database, appointments, _library_of(shelf), clock).handlers())
    whatsapp = _whatsapp(settings, shelf, clock)
    chatwoot = _chatwoot(settings, database, shelf, clock)
    connector = ConnectorSender(database, Seal(lambda make: load_keys(settings, make=make)), clock)
    senders: dict[str, Sender] = {"connector": connector}
    senders |= {"whatsapp": whatsapp} if whatsapp else {}
    senders |= {"chatwoot": chatwoot} if chatwoot else {}
    reporting, close_reporting = report_work(_library_of(shelf), settings, clock, database)
    courtesies = {"whatsapp": whatsapp} if whatsapp else {}
    starts = Starts(database, _library_of(shelf), clock, _limits(settings))
    sources: dict[str, FileSource] = {"connector": BroughtPictures(database)}
    sources |= {"whatsapp": whatsapp.media} if whatsapp else {}
    sources |= {"chatwoot": chatwoot.attachments} if chatwoot else {}
    gate = _gate(settings, database, shelf, jobs, clock)
    albums = Albums(Sharing(database, gate, _library_of(shelf), Reports(database, _library_of(shelf), clock)), sources)
    reception = Reception(database, gate, starts, _library_of(shelf), albums, courtesies)

    async def stop() -> None:
        for channel in (connector, whatsapp, chatwoot):
            if channel is not None:
                await channel.close()
        await close_reporting()
        await appointments.close()
        await engine.close()
        await database.close()

    # An outbox each: a receiver that is slow holds up nobody on another channel.
    speaking = {f"outbox {name}": Outbox(database, {name: sender}, clock).run for name, sender in senders.items()}
    beside = {"appointments": appointments.upkeep.run, "reception": reception.run, **reporting, **speaking}
    return Worker(queue, _refresh_of(shelf), beside, stop)


def build_services(settings: Settings, clock: Clock = utc_now) -> Services:
    """The actions' services."""
    shelf = Shelf(settings.knowledge_dir, clock)
    database = Database(_address(settings))
    callbacks = Callbacks(database, clock, settings.callback_working_days)
    appointments = build_appointments(_library_of(shelf), settings, clock, database)
    triage = Triage(
        database, _library_of(shelf), clock, bookable=lambda product, here: frozenset(appointments.kinds_of(product or "", here))
    )
    notices = _notices(settings, database, appointments, _library_of(shelf), clock)
    vacations = vacations_of(settings.knowledge_dir)
    reports = build_reports(_library_of(shelf), settings, clock, database)
    refresh = _refresh_of(shelf)
    return Services(clock, _library_of(shelf), refresh, callbacks, database, appointments, triage, notices, vacations, reports)


@cache
def services() -> Services:
    """The services of this process, made at the first call; what an action takes unless a test gives it others."""
    return build_services(load_settings())


def _library_of(shelf: Shelf) -> Callable[[], Library]:
    return lambda: shelf.library


def _refresh_of(shelf: Shelf) -> Callable[[], Awaitable[None]]:
    async def refresh() -> None:
        # Reading hundreds of files takes a moment: not in the event loop.
        await asyncio.to_thread(shelf.refresh)

    return refresh


def _limits(settings: Settings) -> Limits:
    return Limits(
        messages_per_conversation=settings.messages_per_conversation,
        messages_per_address=settings.messages_per_address,
        conversations_per_address=settings.conversations_per_address,
    )


def _gate(settings: Settings, database: Database, shelf: Shelf, jobs: TurnJobs, clock: Clock) -> Gate:
    return Gate(database, _library_of(shelf), watch_of(settings.knowledge_dir), jobs.defer, clock, _limits(settings))


def _whatsapp(settings: Settings, shelf: Shelf, clock: Clock) -> CloudApi | None:
    """WhatsApp's client; None when it is not configured."""
    if not settings.whatsapp_token:
        return None
    words = partial(words_of, _library_of(shelf))
    return CloudApi(settings.whatsapp_url, settings.whatsapp_token, words, templates_of(settings), clock)


def _chatwoot(settings: Settings, database: Database, shelf: Shelf, clock: Clock) -> AgentBot | None:
    """Chatwoot's client; None when it is not configured."""
    if not settings.chatwoot_url:
        return None
    return AgentBot(connection_of(settings), database, _library_of(shelf), Board(database, clock).summary, clock)


def _office(settings: Settings, database: Database, shelf: Shelf, clock: Clock) -> Office:
    patience = Patience(
        silent=timedelta(seconds=settings.agent_silent_seconds),
        answer=timedelta(minutes=settings.agent_answer_minutes),
        idle=timedelta(minutes=settings.agent_idle_minutes),
    )
    return open_office(database, _library_of(shelf), clock, settings.callback_working_days, patience)


def _engine(settings: Settings, clock: Clock) -> Engine:
    return Engine(settings.engine_url, settings.require("engine_token"), settings.engine_timeout, clock)


def _notices(settings: Settings, database: Database, appointments: Appointments, library: Callable[[], Library], clock: Clock) -> Notices:
    # Jobs are deferred on the transaction's own connection: this queue is never opened.
    jobs = Jobs(make_queue(_address(settings)))
    letters = Letters(settings.knowledge_dir / "mail", settings.public_url)
    promises = Promises(Callbacks(database, clock, settings.callback_working_days), library)
    return Notices(database, jobs, appointments, library, letters, Mail(mail_server(settings)), clock, settings.public_url, promises)


def _address(settings: Settings) -> str:
    return settings.require("database_url").reveal()
