from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from tests.desk.conftest import PASSWORD, Town


async def sign_in(town: Town, email: str = "anna@example.nl", password: str = PASSWORD, code: str | None = None) -> Any:
    body = {"email": email, "password": password} | ({"code": code} if code else {})
    return await town.anybody().post("/desk/api/sign-in", json=body)


async def test_who_was_invited_chooses_a_password_and_is_in(town: Town) -> None:
    anna = await town.agent()
    me = (await anna.get("/me")).json()
    assert (me["name"], me["email"], me["role"], me["presence"]) == ("Anna", "anna@example.nl", "agent", "available")


async def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(town: Town) -> None:
    await town.account("anna@example.nl")
    cookie = (await sign_in(town)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/desk" in cookie


@pytest.mark.parametrize("environment", [{"PUBLIC_URL": "https://wegwijs.example.nl"}])
async def test_behind_https_the_cookie_travels_only_over_https(town: Town, environment: dict[str, str]) -> None:
    await town.account("anna@example.nl")
    assert "Secure" in (await sign_in(town)).headers["set-cookie"]


async def test_a_wrong_password_and_an_unknown_address_look_the_same(town: Town) -> None:
    await town.account("anna@example.nl")
    wrong, unknown = await sign_in(town, password="x"), await sign_in(town, email="piet@example.nl")
    assert (wrong.status_code, wrong.json()) == (401, unknown.json())
    assert wrong.json()["error"] == "sign_in_failed"


async def test_too_many_wrong_tries_lock_the_account_for_ever_longer(town: Town) -> None:
    await town.account("anna@example.nl")
    codes = [(await sign_in(town, password="x")).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    assert (await sign_in(town)).status_code == 429
    town.bench.clock.move(timedelta(seconds=61))
    assert (await sign_in(town, password="x")).status_code == 401
    town.bench.clock.move(timedelta(seconds=61))
    assert (await sign_in(town)).status_code == 429
    town.bench.clock.move(timedelta(seconds=61))
    assert (await sign_in(town)).status_code == 200


async def test_an_address_that_tries_everybody_is_slowed_down(town: Town) -> None:
    statuses = [(await sign_in(town, email=f"{number}@example.nl")).status_code for number in range(32)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


async def test_a_session_ends_after_an_hour_without_a_call_and_after_a_day_at_work(town: Town) -> None:
    anna = await town.agent()
    for _ in range(20):
        town.bench.clock.move(timedelta(minutes=35))
        assert (await anna.get("/me")).status_code == 200
    town.bench.clock.move(timedelta(minutes=35))
    assert (await anna.get("/me")).json()["error"] == "signed_out"
    idle = await town.agent("bram@example.nl")
    town.bench.clock.move(timedelta(minutes=61))
    assert (await idle.get("/me")).status_code == 401


async def test_signing_out_ends_this_session_and_everywhere_ends_all(town: Town) -> None:
    anna = await town.agent()
    elsewhere = town.anybody()
    await elsewhere.post("/desk/api/sign-in", json={"email": "anna@example.nl", "password": PASSWORD})
    stolen = anna.http.cookies["wegwijs_desk"]
    assert (await anna.post("/sign-out")).status_code == 204
    again = await town.anybody().get("/desk/api/me", cookies={"wegwijs_desk": stolen})
    assert again.status_code == 401
    assert (await elsewhere.get("/desk/api/me")).json()["presence"] == "offline"
    assert (await elsewhere.post("/desk/api/sign-out-everywhere")).status_code == 204
    assert (await elsewhere.get("/desk/api/me")).status_code == 401


async def test_a_call_without_our_own_header_changes_nothing(town: Town) -> None:
    anna = await town.agent()
    forged = await anna.http.post("/desk/api/me/presence", json={"presence": "away"}, headers={"X-Desk": ""})
    assert (forged.status_code, forged.json()["error"]) == (403, "not_allowed")
    assert (await anna.get("/me")).json()["presence"] == "available"


@pytest.mark.parametrize("password", ["kort", "wachtwoord123", "Gemeente-2026", "aaaaaaaaaaaaaaaa", "anna@example.nl", "x" * 129])
async def test_a_weak_password_is_refused_and_the_link_stays_good(town: Town, password: str) -> None:
    from bot.desk.administration import Profile

    _, link = await town.administration.invite(Profile("Anna", "agent", frozenset(), 3), "anna@example.nl", None)
    path = f"/desk/api/invitations/{link.split('=')[1]}"
    assert (await town.anybody().get(path)).json() == {"name": "Anna", "email": "anna@example.nl"}
    assert (await town.anybody().post(path, json={"password": password})).json()["error"] == "weak_password"
    assert (await town.anybody().post(path, json={"password": PASSWORD})).status_code == 200
    assert (await town.anybody().post(path, json={"password": PASSWORD})).json()["error"] == "invitation_gone"


async def test_an_old_link_does_not_work(town: Town) -> None:
    from bot.desk.administration import Profile

    _, link = await town.administration.invite(Profile("Anna", "agent", frozenset(), 3), "anna@example.nl", None)
    town.bench.clock.move(timedelta(days=4))
    assert (await town.anybody().get(f"/desk/api/invitations/{link.split('=')[1]}")).status_code == 404


async def test_another_password_ends_other_sessions_and_keeps_this_one(town: Town) -> None:
    anna = await town.agent()
    other = town.anybody()
    await other.post("/desk/api/sign-in", json={"email": "anna@example.nl", "password": PASSWORD})
    assert (await anna.post("/me/password", old="wrong one here", new="weer vier andere woorden")).status_code == 401
    assert (await anna.post("/me/password", old=PASSWORD, new="weer vier andere woorden")).status_code == 204
    assert (await anna.get("/me")).status_code == 200
    assert (await other.get("/desk/api/me")).status_code == 401
    assert (await sign_in(town)).status_code == 401


async def set_up(town: Town, desk: Any) -> tuple[str, list[str]]:
    begun = (await desk.post("/me/totp")).json()
    assert begun["svg"].startswith("<svg")
    assert begun["secret"] in begun["uri"]
    code = pyotp.TOTP(begun["secret"]).at(town.bench.clock())
    confirmed = await desk.post("/me/totp/confirm", code=code)
    return begun["secret"], confirmed.json()["recovery_codes"]


async def test_a_second_factor_is_asked_and_a_code_works_once(town: Town) -> None:
    anna = await town.agent()
    secret, _ = await set_up(town, anna)
    town.bench.clock.move(timedelta(seconds=60))
    assert (await sign_in(town)).json()["error"] == "code_needed"
    assert (await sign_in(town, code="000000")).json()["error"] == "sign_in_failed"
    code = pyotp.TOTP(secret).at(town.bench.clock())
    assert (await sign_in(town, code=code)).status_code == 200
    assert (await sign_in(town, code=code)).status_code == 401


async def test_a_recovery_code_works_once(town: Town) -> None:
    anna = await town.agent()
    _, codes = await set_up(town, anna)
    assert len(set(codes)) == 8
    assert (await sign_in(town, code=codes[0].upper().replace("-", " "))).status_code == 200
    assert (await sign_in(town, code=codes[0])).status_code == 401


async def test_the_second_factor_is_not_on_before_its_first_code(town: Town) -> None:
    anna = await town.agent()
    await anna.post("/me/totp")
    assert (await anna.post("/me/totp/confirm", code="000000")).json()["error"] == "wrong_code"
    assert (await sign_in(town)).status_code == 200


@pytest.mark.parametrize("environment", [{"DESK_TOTP_WANTED": "true"}])
async def test_where_a_second_factor_is_demanded_nothing_else_works_without_it(town: Town, environment: dict[str, str]) -> None:
    anna = await town.agent(presence=None)
    assert (await anna.get("/me")).json()["totp_wanted"] is True
    assert (await anna.get("/conversations")).json()["error"] == "totp_wanted"
    await set_up(town, anna)
    assert (await anna.get("/conversations")).status_code == 200
    assert (await anna.post("/me/totp/off", password=PASSWORD)).status_code == 403


async def test_passwords_codes_and_tokens_are_kept_as_hashes_only(town: Town) -> None:
    from sqlalchemy import text

    anna = await town.agent()
    _, codes = await set_up(town, anna)
    token = anna.http.cookies["wegwijs_desk"]
    async with town.house.database.transaction() as connection:
        kept = str([list(await connection.execute(text(f"select * from {table}"))) for table in ("account", "session", "invitation")])  # noqa: S608
    assert PASSWORD not in kept
    assert token not in kept
    assert not any(code in kept for code in codes)
