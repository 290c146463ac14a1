"""The calls of the fake desk (fake_desk.py): signing in, conversations, knowledge, promises, appointments, accounts."""

from __future__ import annotations

from typing import Any

import desk_sample as sample
from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

blueprint = Blueprint("calls")
SQUARES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">'
    '<path d="M0 0h1v1h-1zM2 0h2v1h-2zM1 1h1v2h-1zM3 2h1v2h-1zM0 3h2v1h-2z"/></svg>'
)


def house(request: Request) -> Any:
    return request.app.ctx.house


def refused(code: str, status: int, message: str) -> HTTPResponse:
    return json_response({"error": code, "message": message}, status=status)


def welcome(request: Request, key: str) -> HTTPResponse:
    token = f"session-{key}-{len(house(request).sessions)}"
    house(request).sessions[token] = key
    response = json_response(house(request).me(key))
    response.add_cookie("desk", token, httponly=True, samesite="Strict", secure=False, path="/")
    return response


@blueprint.get("/desk/api/sign-in")
async def ways(_: Request) -> HTTPResponse:
    return json_response({"password": True, "oidc": {"title": "Inloggen met uw gemeenteaccount"}})


@blueprint.post("/desk/api/sign-in")
async def sign_in(request: Request) -> HTTPResponse:
    given = request.json
    found = next((one for one in house(request).agents.values() if one["email"] == given["email"]), None)
    if found is None or given["password"] != sample.PASSWORD:
        return refused("sign_in_failed", 401, "Dit e-mailadres of wachtwoord klopt niet.")
    if found["totp"] and given.get("code") != sample.CODE:
        return refused("code_needed" if "code" not in given else "sign_in_failed", 401, "Deze code klopt niet.")
    return welcome(request, found["id"])


@blueprint.get("/desk/api/invitations/<token:str>")
async def invitation(_: Request, token: str) -> HTTPResponse:
    if token != "welkom":
        return refused("invitation_gone", 404, "Deze link werkt niet meer. Vraag uw beheerder om een nieuwe.")
    return json_response({"name": "Tineke Schoon", "email": "tineke@gemeente.example"})


@blueprint.post("/desk/api/invitations/<token:str>")
async def accept(request: Request, token: str) -> HTTPResponse:
    if len(request.json["password"]) < 12:
        return refused("weak_password", 422, "Dit wachtwoord is te kort. Gebruik ten minste 12 tekens.")
    return welcome(request, "a5")


@blueprint.get("/desk/api/me")
async def me(request: Request) -> HTTPResponse:
    return json_response(house(request).me(request.ctx.agent))


@blueprint.post("/desk/api/sign-out")
async def sign_out(request: Request) -> HTTPResponse:
    house(request).sessions.pop(request.cookies.get("desk"), None)
    return empty()


@blueprint.post("/desk/api/me/presence")
async def presence(request: Request) -> HTTPResponse:
    house(request).agents[request.ctx.agent].update(presence=request.json["presence"], away_reason=request.json.get("reason"))
    house(request).bump()
    return empty()


@blueprint.post("/desk/api/me/password")
async def password(request: Request) -> HTTPResponse:
    wrong = request.json["old"] != sample.PASSWORD
    return refused("sign_in_failed", 401, "Uw huidige wachtwoord klopt niet.") if wrong else empty()


@blueprint.post("/desk/api/me/totp")
async def totp(_: Request) -> HTTPResponse:
    return json_response({"uri": "otpauth://totp/x", "secret": "JBSW Y3DP EHPK 3PXP", "svg": SQUARES})


@blueprint.post("/desk/api/me/totp/confirm")
async def confirm(request: Request) -> HTTPResponse:
    if request.json["code"] != sample.CODE:
        return refused("wrong_code", 422, "Deze code klopt niet.")
    house(request).agents[request.ctx.agent].update(totp=True, totp_wanted=False)
    return json_response({"recovery_codes": ["4f7k-2m9q", "8xw3-pl6d", "h2nc-7vt5", "q9rj-3bz8"]})


@blueprint.get("/desk/api/conversations")
async def everything(request: Request) -> HTTPResponse:
    return json_response({"conversations": house(request).rows()})


@blueprint.get("/desk/api/conversations/<key:str>")
async def conversation(request: Request, key: str) -> HTTPResponse:
    talk = house(request).talks.get(key)
    return json_response(house(request).opened(talk)) if talk else refused("unknown_conversation", 404, "Dit gesprek bestaat niet.")


@blueprint.get("/desk/api/search")
async def search(request: Request) -> HTTPResponse:
    words = request.args.get("q").lower()
    found = [talk for talk in house(request).talks.values() if any(words in message["text"].lower() for message in talk["messages"])]
    return json_response({"conversations": [house(request).row(talk) for talk in found]})


@blueprint.get("/desk/api/sample")
async def drawn(request: Request) -> HTTPResponse:
    return json_response({"conversations": house(request).rows(owner="closed")})


@blueprint.post("/desk/api/conversations/<key:str>/say")
async def say(request: Request, key: str) -> HTTPResponse:
    given, known = request.json, house(request).keys
    if given["key"] not in known:
        known[given["key"]] = house(request).add(house(request).talks[key], "agent", given["text"])
        house(request).bump()
    return json_response({"seq": known[given["key"]]})


@blueprint.post("/desk/api/conversations/<key:str>/note")
async def note(request: Request, key: str) -> HTTPResponse:
    notes = house(request).talks[key]["notes"]
    name = house(request).agents[request.ctx.agent]["name"]
    notes.append({"id": len(notes) + 1, "agent_name": name, "text": request.json["text"], "at": house(request).now()})
    house(request).bump()
    return empty()


@blueprint.post("/desk/api/conversations/<key:str>/callback")
async def callback(request: Request, key: str) -> HTTPResponse:
    given = request.json
    if not given["key"]:
        return refused("bad_request", 400, "Dit verzoek is niet compleet.")
    made = {**house(request).promises[1], **given, "reference": "T-7NEW1", "picked_up_by": None, "overdue": False, "conversation_id": key}
    house(request).promises.append(made)
    house(request).bump()
    return json_response({"reference": made["reference"], "promised_on": made["promised_on"]})


@blueprint.post("/desk/api/conversations/<key:str>/suggest")
async def suggest(request: Request, key: str) -> HTTPResponse:
    text = "Uw moeder hoeft niet zelf te komen. U kunt de verhuizing voor haar doorgeven als u op hetzelfde adres gaat wonen."
    asked = [message["text"] for message in house(request).talks[key]["messages"] if message["author"] == "citizen"]
    return json_response(
        {
            "question": asked[-1],
            "product": "verhuizing",
            "product_name": "Verhuizing doorgeven",
            "aspect": "aanvragen",
            "text": text,
            "zone": "ask",
            "others": [{"product": "paspoort", "name": "Paspoort"}],
        }
    )


@blueprint.post("/desk/api/conversations/<key:str>/<name:str>")
async def move(request: Request, key: str, name: str) -> HTTPResponse:
    request.app.ctx.act(house(request).talks[key], request.ctx.agent, name, request.json or {})
    return empty()


@blueprint.get("/desk/api/templates")
async def templates(_: Request) -> HTTPResponse:
    return json_response({"templates": sample.TEMPLATES})


@blueprint.get("/desk/api/teams")
async def teams(_: Request) -> HTTPResponse:
    return json_response({"teams": [{"id": key, "name": name} for key, name in sample.TEAMS.items()]})


@blueprint.get("/desk/api/answer")
async def answer(request: Request) -> HTTPResponse:
    product = sample.PRODUCTS[request.args.get("product")]
    place = sample.MUNICIPALITIES.get(request.args.get("municipality"), "uw gemeente")
    return json_response(
        {
            "text": f"Dit is het antwoord over **{product}** in {place}.",
            "source": "https://www.voorbeeld.nl/paspoort",
            "checked_on": "2026-11-01",
            "complete": request.args.get("aspect") != "kosten",
        }
    )


@blueprint.get("/api/v1/kennis/gemeenten")
async def municipalities(_: Request) -> HTTPResponse:
    return json_response({"municipalities": [{"id": key, "name": name} for key, name in sample.MUNICIPALITIES.items()]})


@blueprint.get("/api/v1/kennis/producten")
async def products(request: Request) -> HTTPResponse:
    words = (request.args.get("zoek") or "").lower()
    return json_response({"products": [{"id": key, "name": name} for key, name in sample.PRODUCTS.items() if words in name.lower()]})


@blueprint.get("/api/v1/kennis/producten/<key:str>")
async def product(_: Request, key: str) -> HTTPResponse:
    aspects = [{"aspect": aspect, "title": title, "applicable": True} for aspect, title in sample.ASPECTS.items()]
    return json_response({"id": key, "name": sample.PRODUCTS[key], "aspects": aspects, "vacs": sample.PARTICULARS.get(key, [])})


@blueprint.post("/desk/api/promises/<reference:str>/<name:str>")
async def promise(request: Request, reference: str, name: str) -> HTTPResponse:
    house(request).promises = [dict(one) for one in house(request).promises]
    found = next(one for one in house(request).promises if one["reference"] == reference)
    if name == "finish":
        house(request).promises = [one for one in house(request).promises if one is not found]
    elif name == "attempt":
        found["attempts"] += 1
    else:
        found["picked_up_by"] = request.ctx.agent if name == "pick-up" else None
    house(request).bump()
    return empty()


@blueprint.get("/desk/api/appointments")
async def appointments(request: Request) -> HTTPResponse:
    place, day = request.args.get("municipality"), request.args.get("day")
    found = [one for one in house(request).appointments if one["municipality"] == place and one["starts"].startswith(day)]
    return json_response({"appointments": found})


@blueprint.get("/desk/api/appointments/products")
async def bookable(_: Request) -> HTTPResponse:
    found = [{"id": key, "name": name, "kinds": ["balie", "video"]} for key, name in sample.PRODUCTS.items() if key != "afvalcontainer"]
    return json_response({"products": found})


@blueprint.get("/desk/api/appointments/slots")
async def slots(request: Request) -> HTTPResponse:
    times = [(day, hour) for day in ("2026-11-24", "2026-11-25") for hour in ("09:00", "09:20", "11:00", "13:40")]
    return json_response(
        {
            "locations": [{"id": "raadhuis", "name": "Gemeentehuis Castricum"}],
            "slots": [
                {"location": "raadhuis", "starts": f"{day}T{hour}:00+01:00", "ends": f"{day}T{hour}:00+01:00"} for day, hour in times
            ],
        }
    )


@blueprint.post("/desk/api/appointments")
async def book(request: Request) -> HTTPResponse:
    given = request.json
    if not given["key"]:
        return refused("bad_request", 400, "Dit verzoek is niet compleet.")
    who = f"{given['customer']['first_name']} {given['customer']['last_name']}"
    made = {
        **house(request).appointments[0],
        "reference": "A-2001",
        "starts": given["starts"],
        "ends": given["starts"],
        "kind": given["kind"],
        "name": who,
        "what": f"{given['amount']} x {sample.PRODUCTS[given['product']]}",
    }
    house(request).appointments.append(made)
    return json_response(made, status=201)


@blueprint.post("/desk/api/appointments/<reference:str>/<name:str>")
async def rebook(request: Request, reference: str, name: str) -> HTTPResponse:
    found = next(one for one in house(request).appointments if one["reference"] == reference)
    found.update({"status": "cancelled"} if name == "cancel" else {"starts": request.json["starts"], "ends": request.json["starts"]})
    return json_response(found)


@blueprint.get("/desk/api/accounts")
async def accounts(request: Request) -> HTTPResponse:
    fields = ("id", "name", "email", "role", "skills", "most", "disabled", "totp", "invited", "last_seen")
    return json_response({"accounts": [{field: one[field] for field in fields} for one in house(request).agents.values()]})


@blueprint.post("/desk/api/accounts")
async def invite(request: Request) -> HTTPResponse:
    given = request.json
    key = f"a{len(house(request).agents) + 1}"
    house(request).agents[key] = sample.agent(key, given["name"], given["role"], **{**given, "invited": True, "last_seen": None})
    return json_response({"id": key, "invitation": "https://wegwijs.example/desk#uitnodiging=welkom"}, status=201)


@blueprint.post("/desk/api/accounts/<key:str>")
async def change_account(request: Request, key: str) -> HTTPResponse:
    house(request).agents[key].update(request.json)
    return empty()


@blueprint.post("/desk/api/accounts/<key:str>/reset")
async def reset_account(_: Request, key: str) -> HTTPResponse:
    return json_response({"invitation": f"https://wegwijs.example/desk#uitnodiging=nieuw-{key}"})


def add(app: Sanic[Any, Any], act: Any) -> None:
    """Put these calls on the app; `act` moves a conversation."""
    app.ctx.act = act
    app.blueprint(blueprint)
