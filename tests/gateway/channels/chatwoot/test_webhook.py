"""Chatwoot's way in: who is believed, what is taken in, and what Chatwoot does when we do not answer."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.channels.chatwoot.signature import REPLAY_SECONDS, is_signed, sign
from tests.gateway.channels import conftest
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.gateway.channels.chatwoot.conftest import Desk


def test_a_signature_counts_for_these_bytes_and_for_some_minutes(bench: Any) -> None:
    now, stamp = bench.clock(), str(int(bench.clock().timestamp()))
    signature = sign("new", stamp, b"{}")
    assert is_signed(("old", "new"), b"{}", stamp, signature, now)
    assert not is_signed(("old",), b"{}", stamp, signature, now)
    assert not is_signed(("new",), b"{ }", stamp, signature, now)
    old = str(int(stamp) - REPLAY_SECONDS - 2)
    assert not is_signed(("new",), b"{}", old, sign("new", old, b"{}"), now)
    assert not is_signed(("new",), b"{}", None, signature, now)
    assert not any(is_signed(("new",), b"{}", odd, signature, now) for odd in ("\u00b2", "9" * 5_000, "-1", stamp + "\n"))


@pytest.mark.parametrize(("path", "secret"), [("x" * 27, chatwoot.SIGNING_SECRET), (chatwoot.PATH_SECRET, None)], ids=["path", "unsigned"])
async def test_without_the_path_or_the_signature_nothing_is_taken_in(desk: Desk, path: str, secret: str | None) -> None:
    desk.chatwoot.secret = secret
    body = chatwoot.message_event("message_created", desk.talk, chatwoot.message(desk.talk, "hallo"))
    assert await desk.chatwoot.attempt(body, path) == 401
    await desk.read()
    assert await desk.ours() == []


@pytest.fixture
def old_chatwoot(monkeypatch: pytest.MonkeyPatch) -> None:
    """No signing secret is set."""
    monkeypatch.delitem(conftest.SETTINGS, "CHATWOOT_SIGNING_SECRET")


@pytest.mark.usefixtures("old_chatwoot")
async def test_an_older_chatwoot_that_signs_nothing_is_believed_by_the_path(desk: Desk) -> None:
    desk.chatwoot.secret = None
    await desk.citizen("hallo")
    assert desk.chatwoot.answers == [200]
    assert await desk.texts() == ["<welkom>", "hallo"]


async def test_each_inbox_has_its_municipality(desk: Desk) -> None:
    await desk.chatwoot.write(desk.chatwoot.begin(inbox=4), "hoi")
    await desk.read()
    assert (await desk.holding()).municipality == "heiloo"


async def test_a_citizen_in_an_unknown_inbox_gets_a_person(desk: Desk) -> None:
    strange = desk.chatwoot.begin(inbox=99)
    await desk.chatwoot.write(strange, "hoi")
    assert (desk.chatwoot.answers[0], strange.status) == (422, "open")
    assert await desk.ours() == []


async def test_an_e_mail_of_a_machine_is_not_answered_but_shown_to_people(desk: Desk) -> None:
    desk.talk.channel = "Channel::Email"
    automatic = {"content_type": "incoming_email", "content_attributes": {"email": {"subject": "Afwezig", "auto_reply": True}}}
    await desk.chatwoot.write(desk.talk, "Ik ben er weer op maandag", **automatic)
    await desk.read()
    assert (desk.chatwoot.answers[0], desk.talk.status, await desk.ours()) == (
        422,
        "open",
        [],
    )  # nothing of the note about the failure either
    await desk.chatwoot.write(desk.talk, "Ik ben er weer op maandag", **automatic)
    assert desk.chatwoot.answers[-1] == 200


@pytest.mark.parametrize("tries", [1, 3])
async def test_while_our_database_is_away_chatwoot_tries_again_and_then_calls_its_people(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    from bot.store import arrivals

    async def away(*_: object) -> int:
        raise PoolTimeout

    desk.chatwoot.tries = tries
    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "add", away)
        await desk.chatwoot.write(desk.talk, "hoi")
    assert (desk.chatwoot.answers[:tries], desk.talk.status) == ([500] * tries, "open")


async def test_a_small_change_to_a_message_says_nothing_new_and_another_text_does(desk: Desk) -> None:
    item = await desk.chatwoot.write(desk.talk, "Wat kost een paspoort?")
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item))
    await desk.read()
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item))
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item | {"content": "Wat kost een ID-kaart?"}))
    await desk.read()
    assert await desk.texts() == ["<welkom>", "Wat kost een paspoort?", "Wat kost een ID-kaart?"]


async def test_a_message_of_which_only_the_change_came_is_read(desk: Desk) -> None:
    desk.chatwoot.lost.add("message_created")
    item = await desk.chatwoot.write(desk.talk, "hallo")
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item))
    desk.chatwoot.lost.clear()
    await desk.chatwoot.post(chatwoot.message_event("message_created", desk.talk, item))
    await desk.read()
    assert await desk.texts() == ["<welkom>", "hallo"]


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ({"file_type": "image"}, ["<ontvangen_picture>", "<geen_foto>"]),
        ({"file_type": "audio"}, ["<ontvangen_voice>", "<geen_spraak>"]),
        ({"file_type": "file"}, ["<ontvangen_document>", "<geen_document>"]),
        ({"file_type": "ig_reel"}, ["<ontvangen_unknown>", "<geen_bericht>"]),
        ({"file_type": "location", "coordinates_lat": 52.571, "coordinates_long": 4.694}, ["Limmen"]),
    ],
    ids=lambda value: value.get("file_type") if isinstance(value, dict) else "",
)
async def test_what_is_no_text_is_answered_by_its_kind(desk: Desk, file: dict[str, Any], shown: list[str]) -> None:
    await desk.citizen(None, attachments=[{"id": 1, "data_url": "https://example.nl/1", **file}])
    assert (await desk.texts())[1:] == shown


async def test_words_beside_a_picture_are_answered_and_in_an_e_mail_pictures_are_a_signature(desk: Desk) -> None:
    picture = [{"id": 1, "file_type": "image", "data_url": "https://example.nl/1"}]
    await desk.citizen("wat is dit?", attachments=picture)
    assert (await desk.texts())[1:] == ["<ontvangen_picture>", "<alleen_tekst>", "wat is dit?"]
    desk.talk.channel = "Channel::Email"
    await desk.citizen("met vriendelijke groet", attachments=picture)
    assert (await desk.texts())[4:] == ["met vriendelijke groet"]


@pytest.mark.parametrize("event", ["webwidget_triggered", "conversation_updated", "conversation_status_changed", "something_new"])
async def test_news_about_a_conversation_without_words_makes_no_conversation(desk: Desk, event: str) -> None:
    assert await desk.chatwoot.attempt({"event": event, **chatwoot.conversation_data(desk.talk)}) == 200
    await desk.read()
    assert await desk.ours() == []


@pytest.mark.parametrize("body", ["[]", "{", "null"])
async def test_nonsense_is_refused(desk: Desk, body: str) -> None:
    response = await desk.chatwoot.http.post(f"/webhooks/chatwoot/{chatwoot.PATH_SECRET}", content=body)
    assert response.status_code in (400, 401)
    assert chatwoot.PATH_SECRET not in response.text
