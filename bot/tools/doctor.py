"""Look at every part of the installation and say what is wrong and how to repair it."""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import yaml
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ConfigurationError
from bot.gateway import sealed
from bot.gateway.channels.chatwoot.setup import SHORTEST_SECRET, inboxes_of, label_tokens_of, tokens_of
from bot.knowledge.loader import read_knowledge
from bot.sealing import Seal, load_keys
from bot.settings import ROOT, Settings, load_settings
from bot.store.database import Database
from bot.tools._engine import ENGINE_PYTHON, answer_of
from bot.tools._machine import environment_of_machine, taken_ports
from bot.tools.train import is_fresh

Finding = tuple[bool, str]
"""Whether it is all right, and a sentence."""


def run(arguments: argparse.Namespace) -> int:
    """Print one line a part; exit code 1 when something is wrong."""
    environment = environment_of_machine()
    settings = load_settings(environment)
    findings = [*_installed(), *_content(settings), *_processes(settings), *chatwoot(settings), *signalen(settings)]
    for fine, sentence in findings:
        print(f"{'ok   ' if fine else 'WRONG'}  {sentence}")
    return 0 if all(fine for fine, _ in findings) else 1


def _installed() -> Iterator[Finding]:
    free = shutil.disk_usage(ROOT).free / 1e9
    yield free > 2, f"{free:.0f} GB of disk is free" + ("" if free > 2 else ": free at least 2 GB")
    for folder, job in ((".venv", "gateway, worker and actions"), (".venv-rasa", "the engine")):
        there = (ROOT / folder / "bin" / "python").exists()
        yield there, f"{folder} for {job} " + ("is there" if there else "is missing: run `make install`")
    built = (ROOT / "web" / "dist" / "widget.js").exists()
    yield built, "the front end is built" if built else "the front end is not built: run `make install`"
    yield language_model()


def language_model(config: Path = ROOT / "config.yml") -> Finding:
    """Which Dutch model of spaCy finds names; understanding is the same with and without."""
    pipeline = yaml.safe_load(config.read_text("utf-8"))["pipeline"]
    wanted = next((part["model"] for part in pipeline if part.get("model")), None)
    if wanted is None or not ENGINE_PYTHON.exists():
        return True, "spaCy: no model is configured" if wanted is None else "spaCy: unknown"
    told = answer_of("bot.engine.nlu.language_model", wanted)
    if told is None:
        return False, "spaCy does not run in .venv-rasa: run `make install`"
    found = json.loads(told.strip().splitlines()[-1])
    if found["problem"]:
        return False, found["problem"]
    return True, f"spaCy: {found['model']}" + (
        "" if found["model"] == wanted else f" ({wanted} is not installed; names are found by rules)"
    )


def _content(settings: Settings) -> Iterator[Finding]:
    errors = len(read_knowledge(settings.knowledge_dir).errors)
    yield errors == 0, "the knowledge base is right" if not errors else f"the knowledge base has {errors} errors: run `make knowledge`"
    newest = max(settings.models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        yield False, "there is no model: run `make train`"
    else:
        fresh = is_fresh(settings)
        yield fresh, f"model {newest.name} " + ("is of today's data" if fresh else "is older than the data: run `make train`")


def _processes(settings: Settings) -> Iterator[Finding]:
    if not taken_ports(settings):
        yield True, "nothing is running (`make run` starts it)"
        return
    try:
        ready = httpx.get(f"http://127.0.0.1:{settings.gateway_port}/readyz", timeout=10).json()
        for part, state in ready["parts"].items():
            yield state == "ok", f"{part}: {state}"
    except (httpx.HTTPError, ValueError, KeyError):
        yield False, f"port {settings.gateway_port} does not answer as a gateway: is something else using it?"
    if settings.database_url:
        answers = _database(settings.database_url.reveal())
        yield answers
        if answers[0]:
            yield from asyncio.run(sealing(settings))


def _database(address: str) -> Finding:
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        return False, f"DATABASE_URL does not answer: {type(error).__name__}"
    return version >= 15, f"PostgreSQL {version}" + ("" if version >= 15 else ": 15 or newer is needed")


async def sealing(settings: Settings) -> list[Finding]:
    """Whether what is kept sealed can be opened; nothing when there is nothing."""
    database = Database(settings.database_url.reveal())
    try:
        kept, lost = await sealed.count(database, Seal(lambda make: load_keys(settings, make=make)))
    except (ConfigurationError, SQLAlchemyError) as error:
        return [(False, str(error) if isinstance(error, ConfigurationError) else f"sealed secrets: {type(error).__name__}")]
    finally:
        await database.close()
    if lost:
        return [(False, f"{lost} of {kept} sealed secrets cannot be opened: put their key back in DESK_KEYS or DATA_DIR/desk.keys")]
    return [(True, f"{kept} sealed secrets can be opened")] if kept else []


def signalen(settings: Settings) -> Iterator[Finding]:
    """Whether Signalen answers and has the categories that reports are filed under; nothing where no municipality works with it."""
    policies = [here.reports for here in read_knowledge(settings.knowledge_dir).base.municipalities.values() if here.reports]
    wanted = [policy for policy in policies if policy.backend == "signalen"]
    if not wanted:
        return
    if not settings.signalen_url:
        yield False, f"Signalen: set SIGNALEN_URL; {', '.join(policy.municipality for policy in wanted)} cannot pass reports on"
        return
    for category in sorted({"overig/overig", *(category for policy in wanted for _, category in policy.categories)}):
        main, _, sub = category.partition("/")
        address = f"{settings.signalen_url.rstrip('/')}/signals/v1/public/terms/categories/{main}/sub_categories/{sub}"
        try:
            status = httpx.get(address, timeout=10).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            yield False, "Signalen does not answer at SIGNALEN_URL"
            return
        yield status == httpx.codes.OK, f"Signalen: category {category} " + ("is there" if status == httpx.codes.OK else f"gives {status}")


def chatwoot(settings: Settings) -> Iterator[Finding]:
    """Whether the settings of Chatwoot are complete and it answers; nothing when it is off."""
    if not settings.chatwoot_url:
        return
    try:
        inboxes, tokens, label_tokens = inboxes_of(settings), tokens_of(settings), label_tokens_of(settings)
    except ConfigurationError as error:
        yield False, str(error)
        return
    yield bool(inboxes), f"Chatwoot: {len(inboxes)} inboxes" + ("" if inboxes else ": set CHATWOOT_INBOXES")
    yield bool(tokens), "Chatwoot: there is a token" if tokens else "Chatwoot: set CHATWOOT_TOKEN"
    yield (
        True,
        "Chatwoot: labels are " + ("set" if label_tokens else "set if a bot may, else in the note only (docs/chatwoot.md)"),
    )
    long = len(settings.chatwoot_path_secret.reveal()) >= SHORTEST_SECRET
    yield long, "Chatwoot: " + ("webhooks are let in" if long else f"set CHATWOOT_PATH_SECRET, at least {SHORTEST_SECRET} characters")
    try:
        version = httpx.get(settings.chatwoot_url.rstrip("/") + "/api", timeout=10).json()["version"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        yield False, "Chatwoot does not answer at CHATWOOT_URL"
    else:
        signed = "" if settings.chatwoot_signing_secret else "; without CHATWOOT_SIGNING_SECRET only the word in the path is checked"
        yield True, f"Chatwoot {version} answers{signed}"
