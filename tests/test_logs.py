"""Logs tell what happened and where, never what a citizen wrote."""

from __future__ import annotations

import logging

import pytest

from bot.logs import configure_logs, log_context, logger
from bot.settings import load_settings

SECRET = "mijn man is ziek en mijn bsn is 123456782"


def _fail() -> None:
    raise ValueError(SECRET)


@pytest.fixture(autouse=True)
def _configured() -> None:
    configure_logs(load_settings({"LOG_FORMAT": "json", "LOG_LEVEL": "debug"}), "test")


def test_an_error_is_logged_by_type_and_place_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        _fail()
    except ValueError as error:
        logger().error("unexpected_error", exc_info=error)
        logger().exception("unexpected_again")
    written = capsys.readouterr().out
    assert SECRET not in written
    assert written.count("ValueError") == 2
    assert "_fail" in written


def test_a_librarys_error_is_logged_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(load_settings({"LOG_FORMAT": "json"}), "test")
    try:
        _fail()
    except ValueError:
        logging.getLogger("somebody.else").exception("Job ended")
    written = capsys.readouterr().out
    assert SECRET not in written
    assert "ValueError" in written


def test_ids_are_added_to_every_line_inside(capsys: pytest.CaptureFixture[str]) -> None:
    with log_context(conversation_id="c-1"):
        logger().info("inside")
    logger().info("outside")
    inside, outside = capsys.readouterr().out.splitlines()
    assert "c-1" in inside
    assert "c-1" not in outside
