"""Logs hold event names and ids; nothing that a citizen wrote or is."""

from __future__ import annotations

import ast

from tests.architecture.test_rooms import modules

FORBIDDEN = {
    "text",
    "message",
    "texts",
    "name",
    "phone",
    "email",
    "subject",
    "summary",
    "address",
    "bsn",
    "payload",
    "title",
    "body",
    "content",
    "token",
}
"""Keyword arguments of a log call that could carry personal data."""

ALLOWED = {("bot.engine.turns", "message")}
"""`message` there is the id of a message."""


def test_no_log_call_carries_what_a_citizen_wrote() -> None:
    found = []
    for module, path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_log_call(node):
                found += [
                    f"{module}:{node.lineno} {word.arg}"
                    for word in node.keywords
                    if word.arg in FORBIDDEN and (module, word.arg) not in ALLOWED
                ]
                found += [f"{module}:{node.lineno} event is no plain name" for word in node.args[:1] if not _is_event(word)]
    assert found == []


def _is_log_call(node: ast.Call) -> bool:
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in ("log", "logger")
        and function.attr in ("debug", "info", "warning", "error", "exception", "critical")
    )


def _is_event(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.replace("_", "").isalnum()
