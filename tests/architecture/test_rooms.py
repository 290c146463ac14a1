"""The rooms of the house: who may import whom, and how large a room may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

GROUND = ("bot.model", "bot.text", "bot.settings", "bot.clock", "bot.errors", "bot.logs", "bot.mail", "bot.sealing", "bot.connections")
FEATURES = ("bot.knowledge", "bot.triage", "bot.appointments", "bot.handoff", "bot.reports")
DOORS = ("actions", "bot.gateway", "bot.desk", "bot.insight", "bot.tools")
NAMED_DOORS = {
    "bot.knowledge": ("bot.knowledge.library", "bot.knowledge.errors"),
    "bot.appointments": ("bot.appointments.service", "bot.appointments.errors"),
    "bot.handoff": ("bot.handoff.service", "bot.handoff.errors"),
    "bot.reports": ("bot.reports.service", "bot.reports.errors"),
    "bot.triage": ("bot.triage",),
}
"""How one feature may use another."""

STARTS = {"bot.gateway.__main__", "bot.gateway.worker", "actions.__main__", "actions.base"} | {
    f"actions.{topic}" for topic in ("answers", "appointment_moment", "clarify", "people", "routes")
}
"""Where a process begins or an action gets its services: the only users of bot.wiring besides bot.tools."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").glob("*.py")]):
        if "migrations" not in path.parts:
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str, rooms: tuple[str, ...]) -> str | None:
    return next((item for item in rooms if name == item or name.startswith(item + ".")), None)


def is_allowed(module: str, used: str) -> bool:
    if not used.startswith(("bot.", "actions")) or room(module, ("bot.wiring",)):
        return True
    if room(used, ("bot.wiring",)):
        return module in STARTS or room(module, ("bot.tools",)) is not None
    allowed = reach(module)
    if allowed is not None:
        return room(used, allowed) is not None
    return room(used, ("bot.engine",)) is None


def reach(module: str) -> tuple[str, ...] | None:
    """The rooms that a module may use; None for the doors, which may use all but the engine."""
    if room(module, GROUND):
        return GROUND
    if room(module, ("bot.engine",)):
        return (*GROUND, "bot.engine", "bot.knowledge.loader")
    if room(module, ("bot.store",)):
        return (*GROUND, "bot.store")
    feature = room(module, FEATURES)
    if feature is None:
        return None
    others = (door for name, doors in NAMED_DOORS.items() if name != feature for door in doors)
    return (*GROUND, "bot.store", feature, *others)


def test_every_import_points_down() -> None:
    wrong = [f"{module} imports {used}" for module, path in modules() for used in imports(path) if not is_allowed(module, used)]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "used"),
    [
        ("bot.model.knowledge", "bot.knowledge.loader"),
        ("bot.text.dates", "bot.store.turns"),
        ("bot.store.turns", "bot.gateway.gate"),
        ("bot.knowledge.library", "bot.handoff.promise"),
        ("bot.engine.server", "bot.knowledge.library"),
        ("bot.gateway.gate", "bot.engine.server"),
        ("bot.gateway.gate", "bot.wiring.services"),
    ],
)
def test_the_rule_sees_a_wrong_import(module: str, used: str) -> None:
    assert not is_allowed(module, used)


def test_only_the_engine_imports_rasa() -> None:
    users = {module for module, path in modules() for used in imports(path) if used == "rasa" or used.startswith("rasa.")}
    assert all(room(module, ("bot.engine",)) for module in users)


def test_only_the_store_imports_sqlalchemy_to_write_queries() -> None:
    allowed = {"sqlalchemy.exc", "sqlalchemy.ext.asyncio"}
    users = {
        f"{module} imports {used}"
        for module, path in modules()
        for used in imports(path)
        if used.startswith("sqlalchemy") and not used.startswith(tuple(allowed)) and not room(module, ("bot.store",))
    }
    assert users == set()


def test_only_settings_reads_the_environment() -> None:
    readers = {
        module
        for module, path in modules()
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8")) and not room(module, ("bot.settings", "bot.tools"))
    }
    # The engine sets variables that TensorFlow reads at import; it reads none.
    assert readers <= {"bot.engine.environment"}


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(")
    users = {module for module, path in modules() if asking.search(path.read_text(encoding="utf-8"))}
    assert users <= {"bot.clock"}


def test_no_module_is_longer_than_250_lines() -> None:
    assert [module for module, path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > 250] == []


def test_no_module_of_the_front_end_is_longer_than_250_lines() -> None:
    elsewhere = {"node_modules", "dist", "tests"}
    found = [path for path in (ROOT / "web").rglob("*.ts") if not elsewhere & set(path.relative_to(ROOT).parts)]
    assert len(found) > 50
    assert [str(path.relative_to(ROOT)) for path in found if len(path.read_text(encoding="utf-8").splitlines()) > 250] == []


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{module}.{node.name}"
        for module, path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


def test_every_module_opens_with_a_sentence() -> None:
    silent = [module for module, path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


_DUTCH = re.compile(r"\b(een|het|niet|voor|naar|uw|wij|wordt|zijn|maar|deze)\b")


def test_no_citizen_text_stands_in_python() -> None:
    """A string of several Dutch words, outside docstrings and patterns, belongs into knowledge/ or data/responses/."""
    found = []
    for module, path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                words = node.value
                if len(set(_DUTCH.findall(words.lower()))) >= 2 and "|" not in words and "\\" not in words:
                    found.append(f"{module}:{node.lineno}: {words[:60]}")
    assert found == []


def _has_docstring(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    return isinstance(body, list) and bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
