"""Make, list, change or shut out a connector: another program that brings citizens' messages (docs/connectors.md)."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from urllib.parse import urlsplit
from uuid import uuid4

from bot.clock import local, utc_now
from bot.gateway import sealed
from bot.gateway.channels.connector.keys import key_hash, new_key, new_webhook_secret
from bot.knowledge.shelf import Shelf
from bot.model.connector import Connector
from bot.sealing import KeyMissing, Seal, load_keys
from bot.settings import Settings
from bot.store import connectors
from bot.store.database import Database
from bot.tools._machine import machine_settings

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is done, and to which one."""
    acts = parser.add_subparsers(dest="act", required=True)
    adding = acts.add_parser("add", help="make a connector and print its key, once")
    adding.add_argument("name", help="small letters, digits and dashes")
    adding.add_argument("--municipality", required=True, help="id of the municipality that its citizens talk to")
    adding.add_argument("--webhook", metavar="URL", help="address that replies are brought to; without it they are only fetched")
    acts.add_parser("list", help="every connector, without keys")
    acts.add_parser("renew", help="let it in with a new key; the old one stops at once").add_argument("name")
    acts.add_parser("revoke", help="shut a connector out").add_argument("name")
    webhook = acts.add_parser("webhook", help="bring replies to another address, or to none, and print the new secret")
    webhook.add_argument("name")
    webhook.add_argument("url", nargs="?", help="https address; without it replies are only fetched")


def run(arguments: argparse.Namespace) -> int:
    """Work on the database; beside a running house and without one."""
    with machine_settings() as settings:
        return asyncio.run(work(arguments, settings))


async def work(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do the act that was asked for; 1 when it cannot be done."""
    database = Database(settings.database_url.reveal())
    try:
        return await _ACTS[arguments.act](arguments, settings, database)
    except KeyMissing:
        return _no("The key that seals secrets is gone: put it back in DESK_KEYS or DATA_DIR/desk.keys (docs/desk.md).")
    finally:
        await database.close()


async def _add(arguments: argparse.Namespace, settings: Settings, database: Database) -> int:
    if not _NAME.fullmatch(arguments.name):
        return _no("A name has 2 to 40 small letters, digits and dashes.")
    if Shelf(settings.knowledge_dir, utc_now).library.municipality(arguments.municipality) is None:
        return _no(f"There is no municipality {arguments.municipality}.")
    if arguments.webhook and not is_webhook(arguments.webhook):
        return _no("A webhook is an https address (http only on this machine).")
    key, secret = new_key(), new_webhook_secret() if arguments.webhook else None
    identifier = uuid4()
    async with database.transaction() as connection:
        kept = await sealed.close(connection, _seal(settings), identifier, secret) if secret else None
        new = Connector(identifier, arguments.name, arguments.municipality, utc_now(), None, arguments.webhook, kept)
        if not await connectors.add(connection, new, key_hash(key)):
            return _no(f"There is a connector {new.name} already; `renew` gives it another key.")
    _show("key", key)
    if secret is not None:
        _show("webhook secret", secret)
    return 0


async def _list(arguments: argparse.Namespace, settings: Settings, database: Database) -> int:
    async with database.transaction() as connection:
        for item in await connectors.all_of_them(connection):
            state = f"shut out {local(item.revoked_at):%Y-%m-%d}" if item.revoked_at else f"since {local(item.created_at):%Y-%m-%d}"
            print(f"{item.name}  {item.municipality}  {state}  {item.webhook_url or 'fetches its replies'}")
    return 0


async def _renew(arguments: argparse.Namespace, settings: Settings, database: Database) -> int:
    key = new_key()
    async with database.transaction() as connection:
        if not await connectors.renew(connection, arguments.name, key_hash(key)):
            return _no(f"There is no connector {arguments.name}.")
    _show("key", key)
    return 0


async def _revoke(arguments: argparse.Namespace, settings: Settings, database: Database) -> int:
    async with database.transaction() as connection:
        if not await connectors.revoke(connection, arguments.name, utc_now()):
            return _no(f"There is no connector {arguments.name} that may come in.")
    print(f"{arguments.name} is shut out.", file=sys.stderr)
    return 0


async def _webhook(arguments: argparse.Namespace, settings: Settings, database: Database) -> int:
    if arguments.url and not is_webhook(arguments.url):
        return _no("A webhook is an https address (http only on this machine).")
    secret = new_webhook_secret() if arguments.url else None
    async with database.transaction() as connection:
        known = await connectors.named(connection, arguments.name)
        if known is None:
            return _no(f"There is no connector {arguments.name}.")
        kept = await sealed.close(connection, _seal(settings), known.id, secret) if secret else None
        await connectors.set_webhook(connection, known.id, arguments.url, kept)
    if secret is not None:
        _show("webhook secret", secret)
    return 0


_ACTS = {"add": _add, "list": _list, "renew": _renew, "revoke": _revoke, "webhook": _webhook}


def is_webhook(url: str) -> bool:
    """Whether replies may be brought there: over TLS, or to this machine itself."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")))


def _seal(settings: Settings) -> Seal:
    return Seal(lambda make: load_keys(settings, make=make))


def _show(what: str, value: str) -> None:
    print(f"The {what} is shown this once:", file=sys.stderr)
    print(value)


def _no(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
