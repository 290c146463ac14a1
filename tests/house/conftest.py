"""A house whose people are there day and night, at our own desk and in Chatwoot."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.house.running import RunningHouse
from tests.ports import free_port

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@pytest.fixture(scope="session")
def chatwoot_port() -> int:
    """Where the house looks for Chatwoot; nothing listens there before a test does."""
    return free_port()


@pytest.fixture(scope="package")
def open_house(chatwoot_port: int) -> Iterator[RunningHouse]:
    """A house of its own whose agents answer day and night."""
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-house-"))
    folder.chmod(0o755)
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    always = {day: [{"van": "00:00", "tot": "23:59:59"}] for day in DAYS} | {"feestdagen_gesloten": False}
    table = folder / "knowledge" / "municipalities" / "castricum" / "triage.yml"
    table.write_text(yaml.safe_dump({"chat_open": {"algemeen": always}}), "utf-8")
    settings = {
        "KNOWLEDGE_DIR": str(folder / "knowledge"),
        "AGENT_SILENT_SECONDS": "600",
        "CHATWOOT_URL": f"http://127.0.0.1:{chatwoot_port}",
        "CHATWOOT_TOKEN": chatwoot.TOKEN,
        "CHATWOOT_LABEL_TOKEN": chatwoot.PERSON_TOKEN,
        "CHATWOOT_PATH_SECRET": chatwoot.PATH_SECRET,
        "CHATWOOT_SIGNING_SECRET": chatwoot.SIGNING_SECRET,
        "CHATWOOT_INBOXES": f"{chatwoot.ACCOUNTS[3]}/3:castricum",
        "CHATWOOT_TEAMS": "algemeen:21,burgerzaken:22",
    }
    running = RunningHouse(folder, settings)
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)
