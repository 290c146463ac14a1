"""Signing in at a real OpenID Connect provider, run from a library on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from oidc_provider_mock import User

from tests.desk.conftest import Town


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    people = [
        User(sub="anna", claims={"name": "Anna", "email": "anna@example.nl", "roles": ["kcc"]}),
        User(sub="gast", claims={"name": "Gast", "email": "gast@example.nl", "roles": ["raad"]}),
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def environment(provider: str) -> dict[str, str]:
    return {
        "OIDC_ISSUER": provider,
        "OIDC_CLIENT_ID": "wegwijs",
        "OIDC_CLIENT_SECRET": "client-secret-0123456789",
        "OIDC_ROLES": "kcc:agent,kcc-lead:lead",
        "PUBLIC_URL": "http://localhost:8000",
    }


async def go(town: Town, sub: str) -> tuple[httpx.AsyncClient, httpx.Response, str]:
    """Leave for the provider, say there who one is, and come back: the browser, the last answer, and the way back."""
    browser = town.anybody()
    leaving = await browser.get("/desk/api/sign-in/oidc")
    async with httpx.AsyncClient(timeout=20) as elsewhere:
        there = await elsewhere.post(leaving.headers["location"], data={"sub": sub})
    back = urlsplit(there.headers["location"])
    path = f"{back.path}?{back.query}"
    return browser, await browser.get(path), path


async def test_the_page_learns_that_there_is_another_way_in(town: Town) -> None:
    assert (await town.anybody().get("/desk/api/sign-in")).json()["oidc"]["title"] == "Inloggen met uw gemeenteaccount"


async def test_who_signs_in_elsewhere_is_in_with_the_role_given_there(town: Town) -> None:
    browser, back, _ = await go(town, "anna")
    assert back.headers["location"] == "/desk"
    me = (await browser.get("/desk/api/me")).json()
    assert (me["name"], me["role"]) == ("Anna", "agent")
    again, _, _ = await go(town, "anna")
    assert (await again.get("/desk/api/me")).json()["id"] == me["id"]


async def test_who_has_no_role_of_ours_stays_out(town: Town) -> None:
    browser, back, _ = await go(town, "gast")
    assert back.headers["location"] == "/desk#mislukt"
    assert (await browser.get("/desk/api/me")).status_code == 401


async def test_a_way_back_works_only_in_the_browser_that_left(town: Town) -> None:
    _, _, path = await go(town, "anna")
    stranger = town.anybody()
    assert (await stranger.get(path)).headers["location"] == "/desk#mislukt"
    query: dict[str, Any] = parse_qs(urlsplit(path).query)
    browser = town.anybody()
    await browser.get("/desk/api/sign-in/oidc")
    assert (await browser.get(f"/desk/api/sign-in/oidc/return?code={query['code'][0]}&state=other")).headers["location"] == "/desk#mislukt"


async def test_an_address_with_a_local_account_is_not_taken_over(town: Town) -> None:
    await town.account("anna@example.nl", "admin")
    browser, back, _ = await go(town, "anna")
    assert back.headers["location"] == "/desk#mislukt"
    assert (await browser.get("/desk/api/me")).status_code == 401


@pytest.mark.parametrize("provider", ["http://127.0.0.1:9"])
async def test_a_provider_that_is_away_leads_back_with_a_word(town: Town, provider: str) -> None:
    assert (await town.anybody().get("/desk/api/sign-in/oidc")).status_code == 401
