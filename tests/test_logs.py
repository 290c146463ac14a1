"""Logs tell what happened and where, never what a citizen wrote; in a process of their own, as in the house."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SECRET = "mijn man is ziek en mijn bsn is 123456782"

START = f"""
import logging
from bot.logs import configure_logs, log_context, logger
from bot.settings import load_settings

configure_logs(load_settings({{"LOG_FORMAT": "json", "LOG_LEVEL": "debug"}}), "test")

def fail():
    raise ValueError({SECRET!r})
"""


def written(repository: Path, script: str) -> str:
    """What a process that runs `script` writes."""
    command = [sys.executable, "-c", START + script]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout + done.stderr


def test_an_error_is_logged_by_type_and_place_without_its_message(repository: Path) -> None:
    lines = written(
        repository,
        """
try:
    fail()
except ValueError as error:
    logger().error("unexpected_error", exc_info=error)
    logger().exception("unexpected_again")
""",
    )
    assert SECRET not in lines
    assert lines.count("ValueError") == 2
    assert " fail" in lines


def test_a_librarys_error_is_logged_without_its_message(repository: Path) -> None:
    lines = written(
        repository,
        """
try:
    fail()
except ValueError:
    logging.getLogger("somebody.else").exception("Job ended")
""",
    )
    assert SECRET not in lines
    assert "Job ended" in lines
    assert "ValueError" in lines


def test_ids_are_added_to_every_line_inside(repository: Path) -> None:
    lines = written(
        repository,
        """
with log_context(conversation_id="c-1"):
    logger().info("inside")
logger().info("outside")
""",
    )
    inside, outside = lines.splitlines()
    assert "c-1" in inside
    assert "c-1" not in outside
