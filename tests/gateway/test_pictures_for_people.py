"""A picture that is sent while a person helps, or is waited for: kept with its message for that person, for as long as the message."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select, text

from bot.gateway.files import TooLarge
from bot.gateway.gate import MOST_PICTURES
from bot.gateway.leaving import Leaving
from bot.gateway.revisions import withdraw
from bot.gateway.sharing import File, Sent, sees_pictures
from bot.handoff.retention import Retention
from bot.model.channel import Arrival
from bot.model.conversation import Inbound, Message, Owner
from bot.model.people import Holding
from bot.store import conversations, message_pictures, ownership
from bot.store.tables import message_picture
from tests.gateway.pictures import jpeg


def _sent(*files: File, words: str | None = None, key: str | None = None) -> Sent:
    key = key or uuid4().hex
    return Sent(Inbound(f"whatsapp:{key}", key, text=words), files or (File(jpeg()),))


async def _with_person(bench: Any, owner: Owner = "agent") -> UUID:
    key: UUID = await bench.conversation()
    await bench.give(key, owner)
    return key


async def _last(bench: Any, key: UUID) -> Message:
    found: Message = (await bench.history(key))[-1]
    return found


async def _kept(bench: Any) -> int:
    async with bench.database.transaction() as connection:
        return int(await connection.scalar(select(func.count()).select_from(message_picture)) or 0)


async def _content(bench: Any, key: UUID, picture: str) -> bytes | None:
    async with bench.database.transaction() as connection:
        return await message_pictures.content_of(connection, key, UUID(picture))


async def test_the_agent_gets_the_picture_itself_without_what_cannot_be_seen(bench: Any) -> None:
    key = await _with_person(bench)
    facts = Image.Exif()
    facts[0x010F] = "Telefoonmaker"
    out = io.BytesIO()
    Image.new("RGB", (2000, 1500), "teal").save(out, "JPEG", exif=facts)
    await bench.sharing.pictures(key, [_sent(File(out.getvalue()))])
    said = await _last(bench, key)
    [picture] = said.meta["pictures"]
    shown = Image.open(io.BytesIO(await _content(bench, key, picture) or b""))
    assert (said.author, said.text, shown.size, bool(shown.getexif())) == ("citizen", "<ontvangen_foto>", (1600, 1200), False)


async def test_the_agent_owes_an_answer_to_a_picture_and_the_bot_is_not_asked(bench: Any) -> None:
    key = await _with_person(bench)
    await bench.sharing.pictures(key, [_sent()])
    await bench.turns.answer(str(key))
    async with bench.database.transaction() as connection:
        owed = await connection.scalar(text("select unanswered_since from conversation"))
    assert (bench.engine.asked, owed) == ([], bench.clock())


async def test_who_waits_hears_that_the_picture_will_be_seen(bench: Any) -> None:
    key = await _with_person(bench, "queued")
    await bench.sharing.pictures(key, [_sent(), _sent()])
    assert (await bench.texts(key))[-3:] == ["<ontvangen_foto>", "<foto_wachtrij>", "<ontvangen_foto>"]
    assert await _kept(bench) == 2


async def test_the_same_picture_twice_is_kept_once(bench: Any) -> None:
    key, sent = await _with_person(bench), _sent()
    for _ in range(2):
        await bench.sharing.pictures(key, [sent])
    assert await _kept(bench) == 1
    assert (await bench.texts(key)).count("<ontvangen_foto>") == 1


@pytest.mark.parametrize("owner", ["queued", "agent"])
@pytest.mark.parametrize(
    ("file", "told"),
    [(File(b"<svg onload=alert(1)>"), "<foto_onleesbaar>"), (File(problem=TooLarge()), "<foto_te_groot>")],
    ids=["a drawing that is a program", "too large"],
)
async def test_what_the_agent_cannot_see_is_told_to_the_citizen(bench: Any, owner: Owner, file: File, told: str) -> None:
    key = await _with_person(bench, owner)
    await bench.sharing.pictures(key, [_sent(file)])
    assert (await bench.texts(key))[-2:] == ["<ontvangen_picture>", told]
    assert await _kept(bench) == 0


async def test_of_a_good_and_a_bad_picture_the_good_one_is_shown_and_the_other_told(bench: Any) -> None:
    key = await _with_person(bench)
    await bench.sharing.pictures(key, [_sent(File(jpeg()), File(b"x"))])
    assert (await bench.texts(key))[-2:] == ["<ontvangen_foto>", "<foto_onleesbaar>"]
    assert await _kept(bench) == 1


@pytest.mark.parametrize("owner", ["queued", "agent"])
async def test_words_beside_a_picture_come_after_it(bench: Any, owner: Owner) -> None:
    key = await _with_person(bench, owner)
    await bench.sharing.pictures(key, [_sent(words="deze brief bedoel ik")])
    texts = [said for said in await bench.texts(key) if said != "<foto_wachtrij>"]
    assert texts[-2:] == ["<ontvangen_foto>", "deze brief bedoel ik"]


async def test_more_pictures_than_anybody_needs_in_a_day_are_not_kept(bench: Any) -> None:
    key = await _with_person(bench)
    await bench.sharing.pictures(key, [_sent() for _ in range(MOST_PICTURES + 1)])
    assert (await bench.texts(key))[-2:] == ["<ontvangen_picture>", "<foto_te_veel>"]
    assert await _kept(bench) == MOST_PICTURES
    bench.clock.move(timedelta(days=1, minutes=1))
    await bench.sharing.pictures(key, [_sent()])
    assert await _kept(bench) == MOST_PICTURES + 1


async def test_a_picture_of_another_conversation_is_not_to_be_had(bench: Any) -> None:
    key, other = await _with_person(bench), await _with_person(bench)
    await bench.sharing.pictures(key, [_sent()])
    [picture] = (await _last(bench, key)).meta["pictures"]
    assert await _content(bench, other, picture) is None


@pytest.mark.parametrize("words", [None, "kijk"])
async def test_a_picture_that_is_taken_back_is_gone(bench: Any, words: str | None) -> None:
    taken_back = Arrival("whatsapp:3", "whatsapp", "anna", "deleted", bench.clock(), facts={"of": "whatsapp:1"})
    async with bench.database.transaction() as connection:
        known, _ = await conversations.of_channel_user(connection, taken_back, uuid4())
    key = known.id
    await bench.give(key, "agent")
    await bench.sharing.pictures(key, [_sent(key="1", words=words), _sent(key="2")])
    async with bench.database.transaction() as connection:
        await withdraw(connection, bench.gate.library(), taken_back)
    assert await _kept(bench) == 1
    gone = [said.meta for said in await bench.history(key) if said.text == "<bericht_verwijderd>"]
    assert gone == [{"withdrawn": True}] * (2 if words else 1)


async def test_who_has_the_conversation_deleted_takes_the_pictures_along(bench: Any) -> None:
    key = await _with_person(bench)
    await bench.sharing.pictures(key, [_sent()])
    await Leaving(bench.database, bench.gate.library, bench.clock).erase(key)
    assert await _kept(bench) == 0


@pytest.mark.parametrize("goes_on", [False, True], ids=["the conversation goes", "only its old messages go"])
async def test_a_picture_goes_when_its_message_does(bench: Any, goes_on: bool) -> None:
    key = await _with_person(bench)
    await bench.sharing.pictures(key, [_sent()])
    await bench.give(key, "closed")
    now = datetime.now(timezone.utc)
    await Retention(bench.database, lambda: now + timedelta(days=27), 28).sweep()
    assert await _kept(bench) == 1
    if goes_on:
        async with bench.database.transaction() as connection:
            await connection.execute(text("update conversation set updated_at = now() + interval '20 days'"))
    swept = await Retention(bench.database, lambda: now + timedelta(days=29), 28).sweep()
    assert (swept.conversations, await _kept(bench)) == (0 if goes_on else 1, 0)


async def test_at_a_desk_elsewhere_the_picture_is_there_and_not_here_as_well(bench: Any) -> None:
    key = await _with_person(bench)
    async with bench.database.transaction() as connection:
        here = await ownership.find(connection, key)
    assert isinstance(here, Holding)
    there = replace(here, channel="chatwoot")
    assert [sees_pictures(holding) for holding in (here, there, replace(there, agent_id=uuid4()), replace(there, owner="queued"))] == [
        True,
        False,
        True,
        True,
    ]
