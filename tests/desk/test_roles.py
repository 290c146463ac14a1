"""Every route of the desk for everybody: signed out, and each role; a route that is added must be put into the table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from bot.desk.app import BLUEPRINTS
from bot.model.people import Role
from tests.desk.conftest import Town

OPEN = {"ways", "sign_in", "invitation", "accept", "leave", "come_back"}
LEAD = {"sample"}
ADMIN = {"accounts", "invite", "change", "reset"}
AGENT = {
    *("me", "sign_out", "sign_out_everywhere", "password", "totp", "confirm", "totp_off", "presence", "teams", "promise"),
    *("recent", "search", "one", "do", "callback", "answer", "templates", "suggest"),
    *("open_reports", "report", "picture", "handled", "again"),
    *("of_day", "bookable", "slots", "book", "move", "cancel"),
}

FILLS = {"<raw_id:str>": str(UUID(int=7)), "<token:str>": "x", "<reference:str>": "TB-234567", "<act:": "claim"}


def routes() -> list[tuple[str, str, str]]:
    """Name, method and a path of every route but the WebSocket, which has tests of its own."""
    found = []
    for blueprint in BLUEPRINTS:
        for route in blueprint._future_routes:
            if route.name.rsplit(".", 1)[-1] == "live":
                continue
            path = (blueprint.url_prefix or "") + route.uri.rstrip("/")
            for sign, value in FILLS.items():
                while sign in path:
                    start = path.index(sign)
                    act = path[start:].split(":", 1)[1].split("|", 1)[0] if sign == "<act:" else value
                    path = path[:start] + act + path[path.index(">", start) + 1 :]
            found.extend((route.name.rsplit(".", 1)[-1], method, path) for method in route.methods)
    return found


def test_the_table_has_every_route() -> None:
    assert {name for name, _, _ in routes()} == OPEN | LEAD | ADMIN | AGENT


async def test_signed_out_nothing_of_the_desk_is_told_or_done(town: Town) -> None:
    anybody = town.anybody()
    for name, method, path in routes():
        answer = await anybody.request(method, path, json={} if method == "POST" else None)
        if name not in OPEN:
            assert (answer.status_code, answer.json()["error"]) == (401, "signed_out"), path


@pytest.mark.parametrize(("role", "allowed"), [("agent", AGENT), ("lead", AGENT | LEAD), ("admin", AGENT | LEAD | ADMIN)])
async def test_each_role_may_do_what_is_its_own_and_no_more(town: Town, role: Role, allowed: set[str]) -> None:
    desk = await town.agent("anna@example.nl", role)
    leaving = {"sign_out", "sign_out_everywhere"}
    for name, method, path in routes():
        if name in OPEN or name in leaving:
            continue
        answer = await desk.http.request(method, path, json={} if method == "POST" else None)
        assert answer.status_code < 500, (path, answer.text)
        refused = answer.status_code == 403 and answer.json()["error"] == "not_allowed"
        assert refused == (name not in allowed), (path, answer.text)


async def test_no_call_is_done_without_our_own_header(town: Town) -> None:
    desk = await town.agent("anna@example.nl", "admin")
    for name, method, path in routes():
        if method == "POST":
            answer = await desk.http.request(method, path, json={}, headers={"X-Desk": ""})
            assert answer.status_code == 403, (name, path)


async def test_what_was_done_and_looked_at_is_kept_without_what_was_said(town: Town) -> None:
    from sqlalchemy import select

    from bot.store.account_tables import audit

    desk = await town.agent("anna@example.nl", "admin")
    waiting = await town.waiting("mijn geheime vraag")
    await desk.get(f"/conversations/{waiting}")
    await desk.post(f"/conversations/{waiting}/claim")
    await desk.get("/search", q="geheime")
    async with town.house.database.transaction() as connection:
        rows: list[Any] = list(await connection.execute(select(audit.c.event, audit.c.subject).order_by(audit.c.id)))
    assert [(row.event, row.subject) for row in rows][-3:] == [("looked_at", str(waiting)), ("claim", str(waiting)), ("searched", None)]
    assert "geheime" not in str(rows)
