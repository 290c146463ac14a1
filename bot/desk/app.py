"""Puts the desk into the gateway's app: its routes and the services of signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from bot.desk import appointments, conversations, helping, live, people, reports, signing_in
from bot.desk.accounts import Terms
from bot.desk.guard import Doorkeeper
from bot.desk.oidc import OpenIdConnect, Provider
from bot.gateway import sealed
from bot.gateway.house import House
from bot.logs import logger
from bot.sealing import KeyMissing, Seal, load_keys
from bot.settings import Settings, pairs

log = logger()

BLUEPRINTS = (
    signing_in.blueprint,
    conversations.blueprint,
    people.blueprint,
    helping.blueprint,
    appointments.blueprint,
    reports.blueprint,
    live.blueprint,
)


def install(app: Sanic[Any, Any], house: House) -> None:
    """Give `app` the doorkeeper of the desk."""
    settings = house.settings
    terms = Terms(timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_longest_hours), settings.desk_totp_wanted)
    seal = Seal(lambda make: load_keys(settings, make=make))
    app.ctx.doorkeeper = Doorkeeper(house, terms, _oidc(settings, house), seal)
    app.before_server_start(_reseal, priority=-1)  # after the house is open


async def _reseal(app: Sanic[Any, Any]) -> None:
    """Seal what an older version kept as it was. That a key is gone is no reason to keep the front desk closed."""
    accounts = app.ctx.doorkeeper.accounts
    try:
        resealed = await sealed.reseal(accounts.database, accounts.seal)
    except (KeyMissing, SQLAlchemyError) as error:
        log.error("secrets_not_sealed", error=type(error).__name__)
    else:
        if resealed:
            log.info("secrets_sealed", secrets=resealed)


def _oidc(settings: Settings, house: House) -> OpenIdConnect | None:
    if not settings.oidc_issuer:
        return None
    provider = Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        title=settings.oidc_title,
        return_to=f"{settings.public_url}/desk/api/sign-in/oidc/return",
        role_claim=settings.oidc_role_claim,
        roles=dict(pairs(settings.oidc_roles, "OIDC_ROLES")),
    )
    return OpenIdConnect(provider, house.database, house.office.agents)
