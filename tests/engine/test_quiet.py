"""Libraries may say what they like; their words stay out of the output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.engine.quiet import where

ROOT = Path(__file__).parent.parent.parent
SETUP = """
import logging, warnings, structlog
from bot.engine.environment import prepare
from bot.logs import logger
from bot.settings import Settings
prepare(Settings(log_level="debug", log_format="FORMAT"))
try:
    raise ValueError("Klaproosje")
except ValueError:
    STATEMENT
logger().info("ours_is_heard", conversation="c1")
"""


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize(
    "statement",
    [
        "logging.getLogger('rasa.core.processor').exception('Klaproosje %s', 'Klaproosje')",
        "logging.getLogger('asyncio').error('Klaproosje', exc_info=True, stack_info=True)",
        "logging.getLogger('sanic.error').critical('Klaproosje')",
        "logging.error('Klaproosje')",
        "structlog.get_logger().debug('processor.message.parse', parse_data_text='Klaproosje')",
        "structlog.get_logger('x').exception('interpolator.interpolate.text', response='Klaproosje')",
        "structlog.get_logger().warning('A sentence', text='Klaproosje')",
        "warnings.simplefilter('always'); warnings.warn('Klaproosje')",
        "warnings.warn('Klaproosje', DeprecationWarning)",
    ],
)
def test_the_words_of_a_library_are_not_printed(statement: str, form: str) -> None:
    script = SETUP.replace("STATEMENT", statement).replace("FORMAT", form)
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Klaproosje" not in run.stdout + run.stderr
    assert "ours_is_heard" in run.stdout


def test_the_place_of_a_librarys_message_is_printed() -> None:
    script = SETUP.replace("STATEMENT", "logging.getLogger('rasa.core').exception('Klaproosje')").replace("FORMAT", "json")
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "logger=rasa.core" in run.stdout
    assert "error=ValueError" in run.stdout


def test_an_error_is_told_by_its_types_and_places() -> None:
    try:
        try:
            int("Klaproosje")
        except ValueError as error:
            raise KeyError("Klaproosje") from error
    except KeyError as error:
        told = where(error)
    assert "KeyError at test_an_error_is_told_by_its_types_and_places" in told
    assert "from ValueError" in told
    assert "Klaproosje" not in told
