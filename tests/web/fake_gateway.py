"""Speaks the citizen protocol (docs/protocol.md) from memory, with scripted answers and switches to break the line on demand.

Run as `python tests/web/fake_gateway.py PORT`; it serves the built pages from web/dist with the real Content-Security-Policy.
"""

import asyncio
import json
import sys
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from sanic import Request, Sanic, Websocket
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse, empty, file, html
from sanic.response import json as json_response
from scripted_talk import MUNICIPALITIES, Refused, Talk, join, new_talk

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
NONCE = "YmVnYWFuYmFhcg"
STRICTEST = (
    f"default-src 'none'; script-src 'nonce-{NONCE}'; connect-src 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)
"""What docs/widget.md asks of a site, and not a word more."""
PAGE = ("lang", "dir", "policy")
"""Arguments of /site that are about the page: its language and direction, and whether its policy is the strictest."""
STATUS = {"bad_request": 400, "unauthorized": 401, "unknown_conversation": 404, "choice_used": 409, "too_long": 413,
          "too_large": 413, "unknown_municipality": 422, "moved": 410, "too_fast": 429, "out_of_order": 503}  # fmt: skip


class Switches:
    """What a test may break: set by POST /control."""

    def __init__(self) -> None:
        self.sockets = "accept"  # accept | refuse (the handshake fails) | swallow (opens, then silence)
        self.http = "up"  # up | down (503 on every call)
        self.cut_before_ack = False
        self.hold = False
        self.frames: list[dict[str, Any]] = []
        self.refuse_shared = ""  # the code with which every picture and place is refused
        self.shared: list[dict[str, Any]] = []


app = Sanic("fake_gateway", configure_logging=False)
switches = Switches()
talks: dict[str, Talk] = {}
open_requests: set[Request] = set()
released = asyncio.Event()  # cleared while a test holds the answers back


def refusal(error: Refused) -> HTTPResponse:
    headers = {"Retry-After": "1"} if error.code == "too_fast" else {}
    return json_response({"error": error.code, "message": error.message}, status=STATUS[error.code], headers=headers)


def talk_of(request: Request, conversation_id: str) -> Talk:
    """The conversation, if the bearer token is right; raises Refused."""
    talk = talks.get(conversation_id)
    if talk is None:
        raise Refused("unknown_conversation", "Dit gesprek bestaat niet meer.")
    if request.token != talk.token:
        raise Refused("unauthorized", "U heeft geen toegang tot dit gesprek.")
    if talk.moved:
        raise Refused("moved", "Dit gesprek gaat verder op WhatsApp.")
    return talk


@app.before_server_start
async def start_released(_: Sanic) -> None:
    released.set()


@app.exception(Refused)
async def on_refused(_: Request, error: Refused) -> HTTPResponse:
    return refusal(error)


@app.on_request
async def break_the_line(request: Request) -> HTTPResponse | None:
    live = request.path.endswith("/live")
    if live and switches.sockets == "refuse":
        return json_response({"error": "bad_request", "message": ""}, status=400)
    if switches.http == "down" and request.path.startswith("/api/") and not live:
        return refusal(Refused("out_of_order", "Wegwijs is even niet bereikbaar."))
    return None


@app.on_response
async def add_policy(_: Request, response: HTTPResponse) -> None:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"


@app.get("/api/v1/municipalities")
async def municipalities(_: Request) -> HTTPResponse:
    return json_response({"municipalities": [{"id": key, "name": name} for key, name in MUNICIPALITIES.items()]})


@app.get("/api/v1/widget")
async def settings(request: Request) -> HTTPResponse:
    privacy = {"text": None, "url": "https://www.voorbeeld.nl/privacy", "keep_days": 28}
    english = {"welcome": None, "opening_hours": "On working days.", "privacy": {"text": None}}
    return json_response({"title": "Wegwijs", "language": None, "welcome": "Fijn dat u er bent.", "avatar": None,
                          "colours": {"primary": "#0b5563"}, "privacy": privacy, "opening_hours": "Op werkdagen.", "english": english,
                          "person_button": True, "hidden_on": ["/verborgen"], "whatsapp": True, "mail": True,
                          "pictures": request.args.get("municipality") == "heiloo"})  # fmt: skip


@app.post("/api/v1/conversations")
async def create(request: Request) -> HTTPResponse:
    municipality = (request.json or {}).get("municipality")
    if municipality is not None and municipality not in MUNICIPALITIES:
        raise Refused("unknown_municipality", "Deze gemeente kennen wij niet.")
    talk = new_talk(municipality, (request.json or {}).get("product"))
    talks[talk.id] = talk
    return json_response({"id": talk.id, "token": talk.token}, status=201)


@app.post("/api/v1/conversations/<conversation_id:str>/messages")
async def send(request: Request, conversation_id: str) -> HTTPResponse:
    talk = talk_of(request, conversation_id)
    seq = take(talk, request.json)
    return json_response({"id": request.json["id"], "seq": seq}, status=202)


@app.get("/api/v1/conversations/<conversation_id:str>/messages")
async def poll(request: Request, conversation_id: str) -> HTTPResponse:
    talk = talk_of(request, conversation_id)
    after, wait = int(request.args.get("after", 0)), min(30.0, float(request.args.get("wait", 0)))
    if talk.seq <= after and wait:
        with suppress(TimeoutError):
            await asyncio.wait_for(talk.changed.wait(), wait)
    return json_response(talk.state(after))


@app.post("/api/v1/conversations/<conversation_id:str>/messages/<seq:int>/feedback")
async def judge(request: Request, conversation_id: str, seq: int) -> HTTPResponse:
    talk_of(request, conversation_id).messages[seq - 1]["judgement"] = request.json
    return empty(204)


@app.post("/api/v1/conversations/<conversation_id:str>/move")
async def offer(request: Request, conversation_id: str) -> HTTPResponse:
    talk_of(request, conversation_id)
    return json_response({"code": "WW-K7PM-4QXR", "phone": "+31251000000", "link": "https://wa.me/31251000000?text=WW-K7PM-4QXR",
                          "expires_at": "2026-11-22T10:10:00+01:00"}, status=201)  # fmt: skip


@app.post("/api/v1/conversations/<conversation_id:str>/transcript")
async def transcript(request: Request, conversation_id: str) -> HTTPResponse:
    talk_of(request, conversation_id)
    await released.wait()
    if request.json["email"].startswith("weg@"):
        raise Refused("out_of_order", "Er is een storing.")
    if request.json["email"].startswith("vaak@"):
        return json_response({"error": "too_fast", "message": "Wacht even."}, status=429, headers={"Retry-After": "2500"})
    if not request.json["email"].endswith(".nl"):
        raise Refused("bad_request", "Er ging iets mis.")
    return empty(204)


@app.post("/api/v1/conversations/<conversation_id:str>/<kind:pictures|place>")
async def share(request: Request, conversation_id: str, kind: str) -> HTTPResponse:
    talk = talk_of(request, conversation_id)
    await released.wait()
    if switches.refuse_shared:
        raise Refused(switches.refuse_shared, "Deze foto is te groot." if switches.refuse_shared == "too_large" else "")
    if kind == "place":
        given = request.json
        talk.show(given["id"], "place")
    else:
        given = {"id": request.args["id"][0], "type": request.content_type, "bytes": request.body.hex()}
        talk.show(given["id"], "picture")
    switches.shared.append(given)
    return json_response({"id": given["id"]}, status=202)


@app.post("/api/v1/conversations/<conversation_id:str>/end")
async def end(request: Request, conversation_id: str) -> HTTPResponse:
    talk = talk_of(request, conversation_id)
    talk.close()
    return empty(204)


@app.delete("/api/v1/conversations/<conversation_id:str>")
async def erase(request: Request, conversation_id: str) -> HTTPResponse:
    talk = talks.pop(talk_of(request, conversation_id).id)
    talk.erased = True
    talk.bump()
    return empty(204)


@app.websocket("/api/v1/conversations/<conversation_id:str>/live")
async def live(request: Request, ws: Websocket, conversation_id: str) -> None:
    open_requests.add(request)
    try:
        if switches.sockets == "swallow":
            await asyncio.sleep(60)
        await converse(request, ws, conversation_id)
    finally:
        open_requests.discard(request)


async def converse(request: Request, ws: Websocket, conversation_id: str) -> None:
    try:
        hello = json.loads(await asyncio.wait_for(ws.recv(), 5) or "{}")
    except TimeoutError:
        return await ws.close(4401)
    talk = talks.get(conversation_id)
    if talk is None:
        return await ws.close(4404)
    if hello.get("type") != "hello" or hello.get("token") != talk.token:
        return await ws.close(4401)
    sender = asyncio.create_task(send_states(ws, talk, int(hello.get("after", 0))))
    try:
        while (raw := await ws.recv()) is not None:
            await on_frame(request, ws, talk, json.loads(raw))
    finally:
        sender.cancel()


async def send_states(ws: Websocket, talk: Talk, after: int) -> None:
    while not (talk.moved or talk.erased):
        changed, state = talk.changed, talk.state(after)
        after = talk.seq
        await ws.send(json.dumps({"type": "state", **state}))
        await changed.wait()
    await ws.close(4404 if talk.erased else 4410)


async def on_frame(request: Request, ws: Websocket, talk: Talk, frame: dict[str, Any]) -> None:
    switches.frames.append(frame)
    if frame.get("type") == "ping":
        return await ws.send(json.dumps({"type": "pong"}))
    if frame.get("type") != "message":
        return None
    try:
        seq = take(talk, frame)
    except Refused as error:
        return await ws.send(json.dumps({"type": "error", "id": frame.get("id"), "error": error.code, "message": error.message}))
    if switches.cut_before_ack:
        switches.cut_before_ack = False
        return request.transport.abort()
    return await ws.send(json.dumps({"type": "ack", "id": frame["id"], "seq": seq}))


def take(talk: Talk, message: dict[str, Any]) -> int:
    """Stores a citizen's message once and starts the answer; raises Refused."""
    known = talk.seq_by_client_id.get(str(message.get("id")))
    if known is not None:
        return known
    seq = talk.receive(message)
    app.add_task(answer(talk, seq))
    return seq


async def answer(talk: Talk, seq: int) -> None:
    await asyncio.sleep(0.05)
    await released.wait()
    talk.answer(seq)


def move(talk: Talk, wishes: dict[str, Any]) -> None:
    """Let the bot speak by itself, the queue move, or an agent join."""
    if "say" in wishes:
        talk.say("bot", wishes["say"])
    if wishes.get("join"):
        join(talk)
    if "place" in wishes:
        talk.waiting = {"place": wishes["place"], "minutes": 5}
    talk.moved = talk.moved or bool(wishes.get("moved"))
    if wishes.keys() & {"say", "place", "moved", "join"}:
        talk.bump()


@app.post("/control")
async def control(request: Request) -> HTTPResponse:
    """Sets switches; `cut` aborts all open sockets, `forget` drops all conversations, `say` lets the bot speak by itself."""
    for name, value in request.json.items():
        if name in vars(switches):
            setattr(switches, name, value)
    released.clear() if switches.hold else released.set()
    if request.json.get("forget"):
        talks.clear()
    for talk in talks.values():
        move(talk, request.json)
    if request.json.get("cut"):
        for open_request in list(open_requests):
            open_request.transport.abort()
    shown = [{"id": talk.id, **talk.state(0)} for talk in talks.values()]
    return json_response({"talks": shown, "frames": switches.frames, "shared": switches.shared, "sockets": len(open_requests)})


@app.get("/")
@app.get("/verborgen", name="hidden")
async def home(_: Request) -> HTTPResponse:
    return await file(DIST / "demo" / "index.html")


@app.get("/site")
async def site(request: Request) -> HTTPResponse:
    """A page of some website as PAGE says, with the other arguments as data attributes of the tag."""
    asked = {name: escape(values[0]) for name, values in request.args.items()}
    data = "".join(f' data-{name}="{value}"' for name, value in asked.items() if name not in PAGE)
    tag = f'<script nonce="{NONCE}" src="/widget.js" data-municipality="heiloo"{data}></script>'
    start = f"<!doctype html><html lang={asked.get('lang', 'nl')} dir={asked.get('dir', 'ltr')}><title>Page</title>"
    policy = {"Content-Security-Policy": STRICTEST} if asked.get("policy") == "strict" else {}
    return html(f"{start}<body><main><h1>Page</h1></main>{tag}", headers=policy)


@app.get("/integratie")
async def integration(_: Request) -> HTTPResponse:
    return await file(DIST / "demo" / "integratie.html")


@app.get("/widget.js")
async def widget(_: Request) -> HTTPResponse:
    return await file(DIST / "widget.js")


@app.get("/assets/<name:str>")
async def asset(_: Request, name: str) -> HTTPResponse:
    path = DIST / "assets" / Path(name).name
    if not path.is_file():
        raise NotFound("no such file")
    return await file(path)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)
