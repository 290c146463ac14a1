"""Speaks docs/desk-api.md from memory, with a morning of made-up work, so that the desk's page is tested without the house.

Run as `python tests/web/fake_desk.py PORT`; it serves the built pages from web/dist with the real Content-Security-Policy.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import desk_sample as sample
import fake_desk_calls
import fake_desk_reports
from sanic import Request, Sanic, Websocket
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse, file
from sanic.response import json as json_response

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MOVES = {"claim": "agent", "take-over": "agent", "assign": "agent", "forward": "queued", "hand-back": "bot", "close": "closed"}


class House:
    """Everything the fake knows; `changed` is set anew at each change."""

    def __init__(self) -> None:
        self.agents, self.talks = sample.agents(), sample.talks()
        self.promises, self.appointments, self.reports = sample.promises(), sample.appointments(), sample.reports()
        self.sessions: dict[str, str] = {}
        self.changed = asyncio.Event()
        self.keys: dict[str, int] = {}
        self.frames: list[dict[str, Any]] = []
        self.sockets: set[Request] = set()
        self.began = time.monotonic()
        self.refuse: str | None = None  # the code with which the next change is refused

    def now(self) -> str:
        return (sample.NOW + timedelta(seconds=time.monotonic() - self.began)).isoformat()

    def bump(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    def add(self, talk: dict[str, Any], author: str, text: str) -> int:
        seq = len(talk["messages"]) + 1
        talk["messages"].append(sample.message(seq, author, text, self.now()))
        if author == "citizen":
            talk["unread"] += 1
            talk["unanswered_since"] = talk["unanswered_since"] or self.now()
        elif author == "agent":
            talk["unanswered_since"] = None
            talk["deliveries"][f"b{seq}"] = "sent"
        return seq

    def row(self, talk: dict[str, Any]) -> dict[str, Any]:
        shown = {
            key: talk[key]
            for key in (
                "id",
                "owner",
                "channel",
                "municipality",
                "team",
                "product",
                "reason",
                "since",
                "unanswered_since",
                "unread",
                "danger",
            )
        }
        holder = self.agents.get(talk["agent"] or "")
        return {
            **shown,
            "municipality_name": sample.MUNICIPALITIES.get(talk["municipality"]),
            "product_name": sample.PRODUCTS.get(talk["product"]),
            "agent": holder and {"id": holder["id"], "name": holder["name"]},
            "last_seq": len(talk["messages"]),
        }

    def rows(self, **wanted: str) -> list[dict[str, Any]]:
        found = [talk for talk in self.talks.values() if all(talk[key] == value for key, value in wanted.items())]
        return [self.row(talk) for talk in sorted(found, key=lambda talk: talk["since"] or "")]

    def me(self, key: str) -> dict[str, Any]:
        fields = ("id", "name", "email", "role", "skills", "most", "presence", "away_reason", "totp", "totp_wanted")
        return {field: self.agents[key][field] for field in fields}

    def board(self, key: str) -> dict[str, Any]:
        queue = self.rows(owner="queued")
        teams = [
            {"team": team, "name": name, "waiting": len(rows), "oldest": min(row["since"] for row in rows), "expected": 4 * len(rows)}
            for team, name in sample.TEAMS.items()
            if (rows := [row for row in queue if row["team"] == team])
        ]
        colleagues = [
            {
                **{field: one[field] for field in ("id", "name", "role", "skills", "presence", "away_reason", "most")},
                "held": len(self.rows(owner="agent", agent=one["id"])),
            }
            for one in self.agents.values()
            if not one["disabled"]
        ]
        return {
            "type": "board",
            "me": self.me(key),
            "mine": self.rows(owner="agent", agent=key),
            "queue": queue,
            "teams": teams,
            "colleagues": colleagues,
            "promises": self.promises,
            "reports": {
                "open": len(self.reports),
                "overdue": sum(report["overdue"] for report in self.reports),
                "mark": str(hash(json.dumps(self.reports))),
            },
            "now": self.now(),
        }

    def opened(self, talk: dict[str, Any]) -> dict[str, Any]:
        asked = [
            {
                "text": text,
                "product": product,
                "product_name": sample.PRODUCTS.get(product or ""),
                "aspect": None,
                "state": state,
                "at": sample.ago(minutes=8),
            }
            for text, product, state in talk["asked"]
        ]
        summary = {
            "name": talk["name"],
            "phone": talk["phone"],
            "municipality": talk["municipality"],
            "channel": talk["channel"],
            "product": talk["product"],
            "product_name": sample.PRODUCTS.get(talk["product"]),
            "reason": talk["reason"] or "",
            "rule": "",
            "mood": talk["mood"],
            "danger": talk["danger"],
            "exchanges": asked,
            "open_question": next((one["text"] for one in asked if one["state"] == "open"), None),
            "references": [],
            "started_at": talk["messages"][0]["at"],
        }
        return {"row": self.row(talk), "summary": summary, "messages": talk["messages"], "notes": talk["notes"]}


app = Sanic("fake_desk", configure_logging=False)
OPEN = ("/desk/api/sign-in", "/desk/api/invitations")


def house() -> House:
    return app.ctx.house


def refused(code: str, status: int, message: str) -> HTTPResponse:
    return json_response({"error": code, "message": message}, status=status)


@app.before_server_start
async def begin(_: Sanic) -> None:
    app.ctx.house = House()


@app.on_request
async def guard(request: Request) -> HTTPResponse | None:
    request.ctx.agent = house().sessions.get(request.cookies.get("desk") or "")
    if not request.path.startswith("/desk/api"):
        return None
    if request.ctx.agent is None and not request.path.startswith(OPEN):
        return refused("signed_out", 401, "U bent uitgelogd.")
    if request.method != "POST":
        return None
    if request.headers.get("X-Desk") != "1":
        return refused("bad_request", 400, "Dit verzoek kwam niet van de werkplek.")
    if code := house().refuse:
        house().refuse = None
        return refused(code, 409, "Een collega was u voor.")
    return None


@app.on_response
async def add_policy(_: Request, response: HTTPResponse) -> None:
    response.headers["Content-Security-Policy"] = CSP


@app.websocket("/desk/api/live")
async def live(request: Request, ws: Websocket) -> None:
    if request.ctx.agent is None:
        return await ws.close(4401)
    watched: dict[str, int] = {}
    house().sockets.add(request)
    sender = asyncio.create_task(push(request.ctx.agent, ws, watched))
    try:
        while (raw := await ws.recv()) is not None:
            take(json.loads(raw), watched)
    finally:
        sender.cancel()
        house().sockets.discard(request)


async def push(agent: str, ws: Websocket, watched: dict[str, int]) -> None:
    before: dict[str, Any] = {}
    while True:
        changed, board = house().changed, house().board(agent)
        await ws.send(json.dumps({key: value for key, value in board.items() if key in ("type", "now") or before.get(key) != value}))
        before = board
        for key, after in list(watched.items()):
            if talk := house().talks.get(key):
                fresh = [message for message in talk["messages"] if message["seq"] > after]
                watched[key] = len(talk["messages"])
                await ws.send(
                    json.dumps(
                        {
                            "type": "conversation",
                            "id": key,
                            "row": house().row(talk),
                            "messages": fresh,
                            "notes": talk["notes"],
                            "deliveries": talk["deliveries"],
                            "typing": talk["typing"],
                        }
                    )
                )
        await changed.wait()


def take(frame: dict[str, Any], watched: dict[str, int]) -> None:
    house().frames.append(frame)
    if frame["type"] == "watch":
        watched.clear()
        watched.update({one["id"]: one["after"] for one in frame["conversations"]})
        house().bump()
    elif frame["type"] == "read" and (talk := house().talks.get(frame["id"])) and talk["unread"]:
        talk["unread"] = 0
        house().bump()


@app.post("/control")
async def control(request: Request) -> HTTPResponse:
    """What a test does from outside.

    `reset`, `citizen` says, `typing`, `queue` more people, a `report` is made, `refuse` the next, `cut` the line.
    """
    wish = request.json
    if wish.get("reset"):
        app.ctx.house = House()
    if text := wish.get("citizen"):
        house().add(house().talks[wish["id"]], "citizen", text)
    if "typing" in wish:
        house().talks[wish["id"]]["typing"] = wish["typing"]
    for number in range(wish.get("queue", 0)):
        key = f"q{number}"
        house().talks[key] = sample.talk(key, "queued", [("citizen", "hallo")], 2, since=sample.ago(seconds=number))
    if "account" in wish:
        house().agents[wish["account"]].update(wish["set"])
    house().reports += fake_desk_reports.made(wish)
    house().refuse = wish.get("refuse")
    house().bump()
    if wish.get("cut"):
        for open_request in list(house().sockets):
            open_request.transport.abort()
    kept = house()
    shown = {"talks": kept.talks, "frames": kept.frames, "agents": kept.agents, "promises": kept.promises, "reports": kept.reports}
    return json_response(shown)


@app.get("/desk")
async def page(_: Request) -> HTTPResponse:
    return await file(DIST / "desk" / "index.html")


@app.get("/assets/<name:str>")
async def asset(_: Request, name: str) -> HTTPResponse:
    path = DIST / "assets" / Path(name).name
    if not path.is_file():
        raise NotFound("no such file")
    return await file(path)


def act(talk: dict[str, Any], agent: str, name: str, wish: dict[str, Any]) -> None:
    """Moves a conversation as the real desk would; who may is tested there."""
    talk.update(owner=MOVES[name], since=house().now(), agent=agent if MOVES[name] == "agent" else None)
    if name in ("claim", "take-over"):
        house().add(talk, "system", f"{house().agents[agent]['name']} doet mee aan het gesprek.")
    elif name == "assign":
        talk["agent"] = wish["agent"]
    elif name == "forward":
        talk.update({"owner": "agent", "agent": wish["agent"]} if "agent" in wish else {"team": wish["team"]})
        talk["notes"].append(
            {"id": len(talk["notes"]) + 1, "agent_name": house().agents[agent]["name"], "text": wish["note"], "at": house().now()}
        )
    else:
        house().add(
            talk, "system", "U praat weer met de computer." if name == "hand-back" else "Dit gesprek is afgerond. Heeft dit u geholpen?"
        )
    house().bump()


if __name__ == "__main__":
    fake_desk_calls.add(app, act)
    app.blueprint(fake_desk_reports.blueprint)
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)
