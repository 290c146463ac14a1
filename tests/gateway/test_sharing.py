"""What is done with a picture or a place that somebody shares, whatever the channel."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.gateway.errors import TooFast
from bot.gateway.files import TooLarge
from bot.gateway.sharing import File, Sent
from bot.model.conversation import Inbound
from bot.model.report import ReportPlace
from bot.store import conversations
from tests.gateway.pictures import jpeg

LIMMEN = (52.571, 4.694)
FAR = (51.9, 4.5)


def _inbound(text: str | None = None) -> Inbound:
    key = uuid4().hex
    return Inbound(f"whatsapp:{key}", key, text=text)


async def _outdoors(bench: Any, municipality: str | None = "castricum") -> UUID:
    key: UUID = await bench.conversation(municipality)
    await bench.speak_of(key, "straatverlichting")
    return key


async def _place(bench: Any, key: UUID) -> ReportPlace | None:
    place: ReportPlace | None = (await bench.sharing.reports.gathered(key)).place
    return place


async def test_a_place_tells_the_municipality_when_nobody_knew_it(bench: Any) -> None:
    bench.take_reports()
    key = await _outdoors(bench, None)
    await bench.sharing.place(key, _inbound(), *LIMMEN)
    await bench.turns.answer(str(key))
    assert bench.engine.asked == [("<ontvangen_plaats>", "/share_place")]
    async with bench.database.transaction() as connection:
        found = await conversations.find(connection, key)
    assert found is not None
    assert found.municipality == "castricum"


async def test_a_place_in_a_municipality_that_takes_no_reports_gets_the_way_to_make_one_there(bench: Any) -> None:
    bench.take_reports("heiloo")
    key = await _outdoors(bench, "heiloo")
    await bench.sharing.place(key, _inbound(), *LIMMEN)
    assert (await bench.texts(key))[-1] == "<locatie_buiten>"
    assert await _place(bench, key) is None


async def test_a_place_outside_our_municipalities_is_not_kept(bench: Any) -> None:
    bench.take_reports()
    key = await _outdoors(bench)
    await bench.sharing.place(key, _inbound(), *FAR)
    assert (await bench.texts(key))[-1] == "<locatie_ver_weg>"
    assert await _place(bench, key) is None


async def test_while_an_agent_has_the_conversation_a_place_is_words_for_them(bench: Any) -> None:
    bench.take_reports()
    key = await _outdoors(bench)
    await bench.give(key, "agent")
    await bench.sharing.place(key, _inbound(), *LIMMEN)
    assert (await bench.texts(key))[-1] == "Limmen"
    assert await _place(bench, key) is None


async def test_the_same_picture_twice_is_kept_and_answered_once(bench: Any) -> None:
    bench.take_reports()
    key, sent = await _outdoors(bench), Sent(_inbound(), (File(jpeg()),))
    for _ in range(2):
        await bench.sharing.pictures(key, [sent])
    await bench.turns.answer(str(key))
    assert bench.engine.asked == [("<ontvangen_picture>", "/share_picture")]
    assert len((await bench.sharing.reports.gathered(key)).pictures) == 1


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (File(jpeg()[:200]), "<foto_onleesbaar>"),
        (File(b"<svg onload=alert(1)>"), "<foto_onleesbaar>"),
        (File(b"\0" * 10_000_001), "<foto_te_groot>"),
        (File(problem=TooLarge()), "<foto_te_groot>"),
    ],
    ids=["half a picture", "a drawing that is a program", "too large", "too large to fetch"],
)
async def test_what_is_no_use_is_told(bench: Any, file: File, told: str) -> None:
    bench.take_reports()
    key = await _outdoors(bench)
    await bench.sharing.pictures(key, [Sent(_inbound(), (file,))])
    assert (await bench.texts(key))[-2:] == ["<ontvangen_picture>", told]


async def test_a_message_with_a_good_and_a_bad_picture_gets_both_said(bench: Any) -> None:
    bench.take_reports()
    key = await _outdoors(bench)
    await bench.sharing.pictures(key, [Sent(_inbound(), (File(jpeg()), File(b"x")))])
    await bench.turns.answer(str(key))
    assert (await bench.texts(key))[-3:] == ["<ontvangen_picture>", "<foto_onleesbaar>", "echo: <ontvangen_picture>"]


async def test_words_beside_a_picture_that_are_an_open_choice_are_that_choice(bench: Any) -> None:
    bench.take_reports()
    key = await _outdoors(bench, None)
    town = (await bench.history(key))[0].choices[0]
    await bench.sharing.pictures(key, [Sent(_inbound(town.title.lower()), (File(jpeg()),))])
    await bench.turns.answer(str(key))
    assert bench.engine.asked == [(town.title, '/choose_municipality{"municipality": "castricum"}')]


async def test_what_is_shared_counts_as_a_message(bench: Any) -> None:
    bench.take_reports()
    key = await _outdoors(bench)
    for _ in range(bench.gate.limits.messages_per_conversation):
        await bench.sharing.place(key, _inbound(), *LIMMEN)
    with pytest.raises(TooFast):
        await bench.sharing.place(key, _inbound(), *LIMMEN)
