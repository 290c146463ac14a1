"""Routes of signing in: password, second factor, one-time links, the municipality's own provider."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps, loads

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json, redirect

from bot.desk import fields, secrets
from bot.desk.errors import SignInFailed
from bot.desk.guard import COOKIE, doorkeeper, from_our_page, signed_in
from bot.desk.oidc import Leaving
from bot.desk.shapes import show_me
from bot.gateway import limits
from bot.gateway.errors import BadRequest
from bot.gateway.house import house_of
from bot.gateway.limits import Limits
from bot.gateway.requests import client_address, json_object
from bot.model.account import Account

blueprint = Blueprint("desk_signing_in", url_prefix="/desk/api")

_AWAY = "wegwijs_desk_leaving"
_AWAY_SECONDS = 600

TRIES_PER_ADDRESS = 30
"""Sign-ins a minute from one address; a whole town hall may share one."""


@blueprint.get("/sign-in")
async def ways(request: Request) -> HTTPResponse:
    """Which ways of signing in there are."""
    oidc = doorkeeper(request).oidc
    return json({"password": True, "oidc": {"title": oidc.provider.title} if oidc else None})


@blueprint.post("/sign-in")
async def sign_in(request: Request) -> HTTPResponse:
    """Sign in with address and password, and the code of the second factor when there is one."""
    from_our_page(request)
    await _count(request)
    body = json_object(request)
    accounts = doorkeeper(request).accounts
    code = fields.optional(body, "code", 40)
    token = await accounts.sign_in(fields.text(body, "email", 254), fields.text(body, "password", 1_000), code)
    return await _entered(request, token)


@blueprint.get("/invitations/<token:str>")
async def invitation(request: Request, token: str) -> HTTPResponse:
    """Whom a one-time link is for."""
    await _count(request)
    account = await doorkeeper(request).accounts.invitation(token)
    return json({"name": account.agent.name, "email": account.email})


@blueprint.post("/invitations/<token:str>")
async def accept(request: Request, token: str) -> HTTPResponse:
    """Choose a password with a one-time link."""
    from_our_page(request)
    await _count(request)
    password = fields.text(json_object(request), "password", 1_000)
    return await _entered(request, await doorkeeper(request).accounts.accept(token, password))


@blueprint.get("/sign-in/oidc")
async def leave(request: Request) -> HTTPResponse:
    """Go to the municipality's own provider."""
    oidc = doorkeeper(request).oidc
    if oidc is None:
        raise BadRequest("no provider")
    address, leaving = await oidc.leave()
    response = redirect(address)
    # Lax, not Strict: the provider's redirect back is a navigation from another site.
    _cookie(request, response, _AWAY, dumps(asdict(leaving)), _AWAY_SECONDS, "Lax")
    return response


@blueprint.get("/sign-in/oidc/return")
async def come_back(request: Request) -> HTTPResponse:
    """Back from the provider: to the desk, signed in, or with what went wrong behind the #."""
    keeper = doorkeeper(request)
    try:
        if keeper.oidc is None:
            raise SignInFailed
        leaving = Leaving(**loads(request.cookies.get(_AWAY) or "{}"))
        agent_id = await keeper.oidc.come_back(leaving, request.args.get("state", ""), request.args.get("code", ""))
        token = await keeper.accounts.enter(agent_id)
    except (SignInFailed, TypeError, ValueError):
        return redirect("/desk#mislukt")
    response = redirect("/desk")
    _cookie(request, response, COOKIE, token, None, "Strict")
    response.delete_cookie(_AWAY, path="/desk")
    return response


@blueprint.get("/me")
@signed_in(setting_up=True)
async def me(request: Request, account: Account) -> HTTPResponse:
    """Who is signed in."""
    return json(show_me(account, doorkeeper(request).accounts))


@blueprint.post("/sign-out")
@signed_in(setting_up=True)
async def sign_out(request: Request, account: Account) -> HTTPResponse:
    """End this session; the agent is offline and their conversations go back to the queue."""
    keeper = doorkeeper(request)
    await keeper.house.office.agents.presence(account.agent_id, "offline")
    await keeper.accounts.sign_out(request.cookies.get(COOKIE) or "")
    return _left()


@blueprint.post("/sign-out-everywhere")
@signed_in(setting_up=True)
async def sign_out_everywhere(request: Request, account: Account) -> HTTPResponse:
    """End every session of this account."""
    keeper = doorkeeper(request)
    await keeper.house.office.agents.presence(account.agent_id, "offline")
    await keeper.accounts.sign_out_everywhere(account)
    return _left()


@blueprint.post("/me/password")
@signed_in(setting_up=True)
async def password(request: Request, account: Account) -> HTTPResponse:
    """Choose another password; this session goes on, the others end."""
    accounts, body = doorkeeper(request).accounts, json_object(request)
    await accounts.change_password(account, fields.text(body, "old", 1_000), fields.text(body, "new", 1_000))
    response = empty()
    _cookie(request, response, COOKIE, await accounts.enter(account.agent_id), None, "Strict")
    return response


@blueprint.post("/me/totp")
@signed_in(setting_up=True)
async def totp(request: Request, account: Account) -> HTTPResponse:
    """Begin with a second factor: what the app must know, as a picture and in letters."""
    secret = await doorkeeper(request).accounts.begin_totp(account)
    address = secrets.totp_address(secret, account.email)
    return json({"uri": address, "secret": secret, "svg": secrets.qr_code(address)})


@blueprint.post("/me/totp/confirm")
@signed_in(setting_up=True)
async def confirm(request: Request, account: Account) -> HTTPResponse:
    """Turn the second factor on with its first code."""
    codes = await doorkeeper(request).accounts.confirm_totp(account, fields.text(json_object(request), "code", 40))
    return json({"recovery_codes": codes})


@blueprint.post("/me/totp/off")
@signed_in(setting_up=True)
async def totp_off(request: Request, account: Account) -> HTTPResponse:
    """Turn the second factor off."""
    await doorkeeper(request).accounts.drop_totp(account, fields.text(json_object(request), "password", 1_000))
    return empty()


async def _count(request: Request) -> None:
    house = house_of(request)
    address = client_address(request, house.settings.trusted_proxies)
    async with house.database.transaction() as connection:
        await limits.count(connection, Limits(), "sign_in", address, TRIES_PER_ADDRESS, house.clock())


async def _entered(request: Request, token: str) -> HTTPResponse:
    accounts = doorkeeper(request).accounts
    response = json(show_me(await accounts.who(token), accounts))
    _cookie(request, response, COOKIE, token, None, "Strict")
    return response


def _left() -> HTTPResponse:
    response = empty()
    response.delete_cookie(COOKIE, path="/desk")
    return response


def _cookie(request: Request, response: HTTPResponse, name: str, value: str, seconds: int | None, site: str) -> None:
    secure = house_of(request).settings.public_url.startswith("https:")
    response.add_cookie(name, value, path="/desk", httponly=True, secure=secure, samesite=site, max_age=seconds)  # type: ignore[arg-type]
