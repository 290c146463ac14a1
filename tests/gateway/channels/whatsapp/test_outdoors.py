"""Pictures and places while something outdoors is spoken of: a way on, and never more than the nearest village is kept."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import update

from bot.store import messages, ownership
from bot.store.tables import conversation
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen

LIMMEN = {"latitude": 52.571, "longitude": 4.694, "name": "Thuis", "address": "Dorpsstraat 1"}
WAYS_ON = [("<knop_bericht>", "/leave_note"), ("<knop_persoon>", "/ask_person")]


async def _speaks_of(citizen: Citizen, product: str) -> UUID:
    await citizen.says("hallo")
    await citizen.answered()
    [only] = await citizen.conversations()
    async with citizen.bench.database.transaction() as connection:
        await ownership.set_product(connection, only, product)
    return only


async def _sends(citizen: Citizen, kind: str, content: dict[str, object], wamid: str = "wamid.sent") -> None:
    await citizen.post(graph.incoming(wamid, kind, content, at=1_780_000_100))
    await citizen.read()


async def _offered(citizen: Citizen, key: UUID) -> list[tuple[str, str]]:
    """The choices that are open, with what they do."""
    async with citizen.bench.database.transaction() as connection:
        found = []
        for identifier, title in await messages.open_choices(connection, key):
            chosen = await messages.use_choice(connection, key, identifier)
            assert chosen is not None
            found.append((title, chosen.payload))
        return found


async def test_a_place_of_something_outdoors_gets_the_way_to_report_and_to_a_person(citizen: Citizen) -> None:
    key = await _speaks_of(citizen, "straatverlichting")
    await _sends(citizen, "location", LIMMEN)
    assert (await citizen.bench.texts(key))[-2:] == ["<ontvangen_plaats>", "<locatie_buiten>"]
    assert await _offered(citizen, key) == WAYS_ON
    await citizen.answered()
    assert [text for text, _ in citizen.bench.engine.asked] == ["hallo"]


async def test_a_picture_of_something_outdoors_gets_the_way_to_report_once_for_an_album(citizen: Citizen) -> None:
    key = await _speaks_of(citizen, "straatverlichting")
    for number in range(3):
        await _sends(citizen, "image", {"id": f"media-{number}"}, f"wamid.picture.{number}")
    texts = await citizen.bench.texts(key)
    assert (texts.count("<geen_foto_buiten>"), texts.count("<ontvangen_picture>"), texts[-1]) == (1, 3, "<ontvangen_picture>")
    assert await _offered(citizen, key) == WAYS_ON


@pytest.mark.parametrize("owner", ["queued", "agent"])
async def test_who_has_or_waits_for_a_person_is_not_sent_elsewhere(citizen: Citizen, owner: str) -> None:
    key = await _speaks_of(citizen, "straatverlichting")
    async with citizen.bench.database.transaction() as connection:
        await connection.execute(update(conversation).where(conversation.c.id == key).values(owner=owner))
    await _sends(citizen, "location", LIMMEN, "wamid.place")
    await _sends(citizen, "image", {"id": "media-1"}, "wamid.picture")
    said = await citizen.bench.texts(key)
    assert "Limmen" in said
    assert not {"<locatie_buiten>", "<geen_foto_buiten>"} & set(said)


async def test_a_place_while_the_municipality_is_not_known_tells_it(citizen: Citizen) -> None:
    key = await _speaks_of(citizen, "straatverlichting")
    async with citizen.bench.database.transaction() as connection:
        await connection.execute(update(conversation).where(conversation.c.id == key).values(municipality=None))
    await _sends(citizen, "location", LIMMEN)
    assert (await citizen.bench.texts(key))[-1] == "Limmen"


async def test_a_place_while_something_else_is_spoken_of_is_words(citizen: Citizen) -> None:
    key = await _speaks_of(citizen, "paspoort")
    await _sends(citizen, "location", LIMMEN)
    assert (await citizen.bench.texts(key))[-1] == "Limmen"
