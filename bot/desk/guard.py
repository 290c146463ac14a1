"""What every call of the desk passes: our own page, a session, a role, and errors as the protocol gives them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from uuid import UUID

from sanic import HTTPResponse, Request

from bot.desk.accounts import Accounts, Terms
from bot.desk.administration import Administration
from bot.desk.board import SharedBoard
from bot.desk.errors import Conflict, Forbidden, TotpWanted, UnknownAccount, UnknownPicture
from bot.desk.oidc import OpenIdConnect
from bot.gateway.errors import UnknownConversation
from bot.gateway.house import House
from bot.handoff.errors import DeskRefused
from bot.model.account import Account
from bot.model.people import Role
from bot.sealing import Seal

COOKIE = "wegwijs_desk"

_RANK: dict[Role, int] = {"agent": 0, "lead": 1, "admin": 2}

Handler = Callable[..., Awaitable[HTTPResponse]]


class Doorkeeper:
    """The services of signing in, made once for an app."""

    def __init__(self, house: House, terms: Terms, oidc: OpenIdConnect | None, seal: Seal) -> None:
        """`oidc` is None when only passwords are used."""
        self.house = house
        self.accounts = Accounts(house.database, house.clock, terms, seal)
        self.administration = Administration(house.database, house.office.agents, house.clock, house.settings.public_url)
        self.oidc = oidc
        self.board = SharedBoard(house)


def doorkeeper(request: Request) -> Doorkeeper:
    """The doorkeeper of the app that serves this request."""
    keeper: Doorkeeper = request.app.ctx.doorkeeper
    return keeper


def from_our_page(request: Request) -> None:
    """Let only our own page change something: another site cannot send this header. Raises Forbidden."""
    if request.method not in ("GET", "HEAD") and request.headers.get("x-desk") != "1":
        raise Forbidden("x-desk")


def signed_in(role: Role = "agent", *, setting_up: bool = False) -> Callable[[Handler], Handler]:
    """Give the handler the account as its second argument; `setting_up` also lets in who still needs a second factor."""

    def wrap(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, **path: Any) -> HTTPResponse:
            from_our_page(request)
            account = await whose(request, role, setting_up=setting_up)
            try:
                return await handler(request, account, **path)
            except DeskRefused as refused:
                raise Conflict(refused.code) from refused

        return guarded

    return wrap


async def whose(request: Request, role: Role = "agent", *, setting_up: bool = False) -> Account:
    """The account of this request's session. Raises SignedOut, TotpWanted or Forbidden."""
    accounts = doorkeeper(request).accounts
    account = await accounts.who(request.cookies.get(COOKIE))
    if accounts.wants_totp(account) and not setting_up:
        raise TotpWanted
    if _RANK[account.agent.role] < _RANK[role]:
        raise Forbidden("role")
    return account


def conversation_of(raw: str) -> UUID:
    """A conversation's id from the path. Raises UnknownConversation."""
    try:
        return UUID(raw)
    except ValueError as error:
        raise UnknownConversation from error


def picture_of(raw: str) -> UUID:
    """A picture's id from the path. Raises UnknownPicture."""
    try:
        return UUID(raw)
    except ValueError as error:
        raise UnknownPicture from error


def agent_of(raw: object) -> UUID:
    """An agent's id from the path or the body. Raises UnknownAccount."""
    try:
        return UUID(str(raw))
    except ValueError as error:
        raise UnknownAccount from error
