"""What every channel must do, whatever it is: the gate's promises, seen from outside."""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.app import CHANNELS
from bot.gateway.engine import EngineUnavailable
from bot.gateway.sharing import sees_pictures
from bot.model.conversation import OfferedChoice, Reply
from bot.store import messages, ownership, turns
from bot.text.personal import MASK
from tests.gateway.channels.drivers import CAPTION, DRIVERS, LIMMEN, Driver, Outcome

PAYLOADS = [
    "/restart",
    "  /restart",
    "\uff0frestart",
    "\u200b/session_start",
    '/ask_costs{"product": "paspoort"}',
    "//nlu_fallback",
    "/ /restart",
]

TAKEN = Outcome(True)

CASES = {
    "stored, then acknowledged": ["test_a_message_is_acknowledged_and_stored"],
    "forged signature, key or token": ["test_a_forged_message_is_refused_and_not_stored"],
    "duplicate id": ["test_a_message_sent_ten_times_at_once_is_stored_once"],
    '"/" injection': ["test_a_typed_command_reaches_the_engine_as_plain_text"],
    "signs that no database keeps": ["test_signs_that_cannot_be_kept_are_left_out"],
    "too long": ["test_a_message_that_is_too_long_gets_a_polite_answer", "test_a_huge_message_does_no_harm"],
    "too fast": ["test_too_many_messages_are_slowed_down"],
    "service number (BSN)": ["test_a_service_number_is_masked_and_the_citizen_is_told"],
    "danger": ["test_danger_is_answered_in_the_same_breath"],
    "person's turn": ["test_in_a_persons_turn_the_engine_is_not_called"],
    "engine down": ["test_while_the_engine_is_down_messages_are_taken_in_and_answered_later_in_order"],
    "choice, once": ["test_a_choice_comes_back_as_its_payload_once"],
    "choice by its words": ["test_the_words_on_an_open_choice_are_that_choice"],
    "out of order": ["test_messages_that_come_in_the_wrong_order_are_read_in_the_order_they_were_sent"],
    "picture only, voice only": [
        "test_what_only_a_person_can_read_is_refused_politely_with_a_way_on",
        "test_an_album_of_pictures_gets_one_answer",
        "test_a_voice_while_waiting_is_told_to_be_of_no_use_and_the_citizen_keeps_the_place",
    ],
    "picture for a person": [
        "test_a_picture_for_a_person_is_shown_to_that_person_without_an_answer",
        "test_a_picture_while_waiting_is_kept_for_the_person_and_the_citizen_keeps_the_place",
        "test_an_album_for_a_person_is_shown_whole",
    ],
    "picture for a report": [
        "test_a_picture_for_a_report_is_kept_and_brought_to_the_bot",
        "test_an_album_for_a_report_is_kept_whole_and_brought_once",
        "test_words_beside_a_picture_are_what_the_bot_answers",
    ],
    "picture without subject": ["test_a_picture_without_subject_is_kept_and_asked_about"],
    "location for a report": ["test_a_place_for_a_report_is_kept_and_brought_to_the_bot"],
    "location for the counter": ["test_a_place_for_the_counter_is_words_and_not_kept"],
    "edited": ["test_an_edited_message_is_answered_anew"],
    "deleted": ["test_a_message_that_is_taken_back_is_no_longer_shown"],
}
"""The table of docs/add-a-channel.md: what a channel must do, and the tests that show it."""


async def shown(channel: Driver, bench: Any) -> list[str]:
    return [text for text in await bench.texts(channel.conversation)]


async def seen_by_people(channel: Driver, bench: Any) -> int:
    """How many pictures were kept for the person who helps."""
    return sum(len(said.meta.get("pictures", ())) for said in await bench.history(channel.conversation))


def test_every_channel_has_a_driver_and_so_runs_the_contract() -> None:
    assert set(DRIVERS) == set(CHANNELS)


def _runs_on(test: str, channel: str) -> bool:
    wants = inspect.signature(globals()[test]).parameters
    return "channel" in wants or ("pushing" in wants and DRIVERS[channel].pushes)


def _table() -> str:
    """Case × channel: which test of this file runs where."""
    names = list(DRIVERS)
    lines = [f"| case | {' | '.join(names)} | test |", f"|---|{'---|' * len(names)}---|"]
    for case, tests in CASES.items():
        marks = ["✓" if all(_runs_on(test, name) for test in tests) else "–" for name in names]
        lines.append(f"| {case} | {' | '.join(marks)} | {', '.join(f'`{test}`' for test in tests)} |")
    return "\n".join(lines)


def test_the_table_in_the_documentation_tells_what_is_tested(repository: Path) -> None:
    there = _table() in (repository / "docs" / "add-a-channel.md").read_text(encoding="utf-8")
    assert there, f"this table belongs into docs/add-a-channel.md:\n{_table()}"


def test_every_test_of_the_contract_is_in_the_table() -> None:
    tests = {
        name
        for name, item in globals().items()
        if name.startswith("test_") and {"channel", "pushing"} & {*inspect.signature(item).parameters}
    }
    assert tests == {test for every in CASES.values() for test in every}


async def test_signs_that_cannot_be_kept_are_left_out(channel: Driver, bench: Any) -> None:
    assert await channel.send("wat\x00 kost\ud800 een paspoort 🙂", "1") == TAKEN
    assert (await shown(channel, bench))[-1] == "wat kost een paspoort 🙂"
    assert not (await channel.choose("\x00\udfff", "2")).taken or channel.pushes


async def test_a_message_is_acknowledged_and_stored(channel: Driver, bench: Any) -> None:
    assert await channel.send("wat kost een paspoort", "1") == TAKEN
    assert (await shown(channel, bench))[-1] == "wat kost een paspoort"


async def test_a_forged_message_is_refused_and_not_stored(channel: Driver, bench: Any) -> None:
    before = await shown(channel, bench)
    assert not (await channel.send_forged("hallo", "1")).taken
    assert await shown(channel, bench) == before


async def test_a_message_sent_ten_times_at_once_is_stored_once(channel: Driver, bench: Any) -> None:
    outcomes = await asyncio.gather(*(channel.send("hallo", "same") for _ in range(10)))
    assert set(outcomes) == {TAKEN}
    assert (await shown(channel, bench)).count("hallo") == 1


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_typed_command_reaches_the_engine_as_plain_text(channel: Driver, bench: Any, payload: str) -> None:
    await channel.send(payload, "1")
    await bench.turns.answer(str(channel.conversation))
    [(text, chosen)] = bench.engine.asked
    assert chosen is None
    from bot.text.plain import neutralise

    assert not neutralise(text).startswith(("/", "\uff0f", " ", "\u200b"))


async def test_a_message_that_is_too_long_gets_a_polite_answer(channel: Driver) -> None:
    assert await channel.send("a" * 1_001, "1") == Outcome(False, "<te_lang>")


async def test_a_huge_message_does_no_harm(channel: Driver, bench: Any) -> None:
    before = await shown(channel, bench)
    assert not (await channel.send("a" * 2_000_000, "1")).taken
    assert [text for text in await shown(channel, bench) if text != "<te_lang>"] == before


async def test_too_many_messages_are_slowed_down(channel: Driver, bench: Any) -> None:
    outcomes = [await channel.send("hallo", str(number)) for number in range(63)]
    assert outcomes[60] == Outcome(False, "<te_snel>")
    said = await shown(channel, bench)
    assert ("<te_snel>", "<te_snel>") not in pairwise(said)  # once, however much comes after it


async def test_a_service_number_is_masked_and_the_citizen_is_told(channel: Driver, bench: Any) -> None:
    await channel.send("bsn 1234.56.782", "1")
    texts = await shown(channel, bench)
    assert f"bsn {MASK}" in texts
    assert "<bsn_gemaskeerd>" in texts
    assert not any("782" in text for text in texts)


async def test_danger_is_answered_in_the_same_breath(channel: Driver, bench: Any) -> None:
    await channel.send("er is brand", "1")
    assert (await shown(channel, bench))[-1] == "<bel 112>"
    assert bench.engine.asked == []


async def test_in_a_persons_turn_the_engine_is_not_called(channel: Driver, bench: Any) -> None:
    await bench.give(channel.conversation, "agent")
    assert await channel.send("/restart", "1") == TAKEN
    await bench.turns.answer(str(channel.conversation))
    assert bench.engine.asked == []


async def test_while_the_engine_is_down_messages_are_taken_in_and_answered_later_in_order(channel: Driver, bench: Any) -> None:
    bench.engine.failures = [EngineUnavailable("away")]
    assert [await channel.send(word, word, at) for at, word in enumerate(("een", "twee"))] == [TAKEN, TAKEN]
    with pytest.raises(EngineUnavailable):
        await bench.turns.answer(str(channel.conversation))
    await bench.turns.answer(str(channel.conversation))
    assert (await shown(channel, bench))[-2:] == ["echo: een", "echo: twee"]


async def test_messages_that_come_in_the_wrong_order_are_read_in_the_order_they_were_sent(pushing: Driver, bench: Any) -> None:
    reading, pushing.reception = pushing.reception, replace(pushing.reception, settled=timedelta(hours=1))
    for word, at in (("drie", 3), ("een", 1), ("twee", 2)):
        assert await pushing.send(word, word, at) == TAKEN
    while await reading.round():
        pass
    assert (await shown(pushing, bench))[-3:] == ["een", "twee", "drie"]


async def test_a_choice_comes_back_as_its_payload_once(channel: Driver, bench: Any) -> None:
    async with bench.database.transaction() as connection:
        offered = await messages.add_reply(connection, channel.conversation, Reply("kies", (OfferedChoice("Kosten", "/ask_costs"),)))
    choice = offered.choices[0].id
    assert await channel.choose(choice, "1") == TAKEN
    assert await channel.choose(choice, "2") == Outcome(False, "<onbekende_keuze>")
    async with bench.database.transaction() as connection:
        owed = await turns.next_owed(connection, channel.conversation)
    assert owed is not None
    assert owed.turn.payload == "/ask_costs"


@pytest.mark.parametrize(("kind", "told"), [("picture", "<geen_foto>"), ("voice", "<geen_spraak>")])
async def test_what_only_a_person_can_read_is_refused_politely_with_a_way_on(pushing: Driver, bench: Any, kind: str, told: str) -> None:
    assert await pushing.bring(kind, "1") == Outcome(False, told)
    assert (await shown(pushing, bench))[-2:] == [f"<ontvangen_{kind}>", told]
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == []


async def test_a_picture_while_waiting_is_kept_for_the_person_and_the_citizen_keeps_the_place(pushing: Driver, bench: Any) -> None:
    await bench.give(pushing.conversation, "queued")
    assert await pushing.bring("picture", "1") == Outcome(False, "<foto_wachtrij>")
    assert (await shown(pushing, bench))[-2:] == ["<ontvangen_foto>", "<foto_wachtrij>"]
    assert await seen_by_people(pushing, bench) == 1


async def test_a_voice_while_waiting_is_told_to_be_of_no_use_and_the_citizen_keeps_the_place(pushing: Driver, bench: Any) -> None:
    await bench.give(pushing.conversation, "queued")
    assert await pushing.bring("voice", "1") == Outcome(False, "<bestand_wachtrij>")


async def test_an_album_of_pictures_gets_one_answer(pushing: Driver, bench: Any) -> None:
    outcomes = [await pushing.bring("picture", str(number)) for number in range(5)]
    assert outcomes == [Outcome(False, "<geen_foto>"), *[TAKEN] * 4]
    assert (await shown(pushing, bench)).count("<ontvangen_picture>") == 5


async def test_a_picture_for_a_person_is_shown_to_that_person_without_an_answer(pushing: Driver, bench: Any) -> None:
    await bench.give(pushing.conversation, "agent")
    assert await pushing.bring("picture", "1") == TAKEN
    async with bench.database.transaction() as connection:
        holding = await ownership.find(connection, pushing.conversation)
    here = holding is not None and sees_pictures(holding)
    assert (await shown(pushing, bench))[-1] == ("<ontvangen_foto>" if here else "<ontvangen_picture>")
    assert await seen_by_people(pushing, bench) == (1 if here else 0)


async def test_an_album_for_a_person_is_shown_whole(pushing: Driver, bench: Any) -> None:
    await bench.give(pushing.conversation, "queued")
    reading, pushing.reception = pushing.reception, replace(pushing.reception, settled=timedelta(hours=1))
    for number in range(4):  # more than are fetched together
        await pushing.bring("picture", str(number))
    while await reading.round():
        pass
    said = await shown(pushing, bench)
    assert (said.count("<ontvangen_foto>"), said.count("<foto_wachtrij>")) == (4, 1)
    assert await seen_by_people(pushing, bench) == 4


async def test_a_picture_for_a_report_is_kept_and_brought_to_the_bot(pushing: Driver, bench: Any) -> None:
    bench.take_reports()
    await bench.speak_of(pushing.conversation, "straatverlichting")
    assert await pushing.bring("picture", "1") == TAKEN
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [("<ontvangen_picture>", "/share_picture")]
    assert len((await bench.sharing.reports.gathered(pushing.conversation)).pictures) == 1


async def test_an_album_for_a_report_is_kept_whole_and_brought_once(pushing: Driver, bench: Any) -> None:
    bench.take_reports()
    await bench.speak_of(pushing.conversation, "straatverlichting")
    reading, pushing.reception = pushing.reception, replace(pushing.reception, settled=timedelta(hours=1))
    for number in range(3):
        await pushing.bring("picture", str(number))
    while await reading.round():
        pass
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [("<ontvangen_picture>", "/share_picture")]
    assert (await shown(pushing, bench))[-4:] == [*["<ontvangen_picture>"] * 3, "echo: <ontvangen_picture>"]
    assert len((await bench.sharing.reports.gathered(pushing.conversation)).pictures) == 3


async def test_words_beside_a_picture_are_what_the_bot_answers(pushing: Driver, bench: Any) -> None:
    bench.take_reports()
    await bench.speak_of(pushing.conversation, "straatverlichting")
    assert await pushing.bring("worded picture", "1") == TAKEN
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [(CAPTION, None)]
    assert (await shown(pushing, bench))[-3:-1] == ["<ontvangen_picture>", CAPTION]
    assert len((await bench.sharing.reports.gathered(pushing.conversation)).pictures) == 1


async def test_a_picture_without_subject_is_kept_and_asked_about(pushing: Driver, bench: Any) -> None:
    bench.take_reports()
    assert await pushing.bring("picture", "1") == Outcome(False, "<foto_ontvangen>")
    assert len((await bench.sharing.reports.gathered(pushing.conversation)).pictures) == 1
    last = (await bench.history(pushing.conversation))[-1]
    assert [choice.title for choice in last.choices] == ["<knop_melding>", "<knop_persoon>"]
    await bench.choose(pushing.conversation, last.choices[0].id)
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [("<knop_melding>", "/report_problem")]


async def test_a_place_for_a_report_is_kept_and_brought_to_the_bot(pushing: Driver, bench: Any) -> None:
    bench.take_reports()
    await bench.speak_of(pushing.conversation, "straatverlichting")
    assert await pushing.bring("place", "1") == TAKEN
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [("<ontvangen_plaats>", "/share_place")]
    place = (await bench.sharing.reports.gathered(pushing.conversation)).place
    assert (place.latitude, place.longitude) == (LIMMEN["latitude"], LIMMEN["longitude"])


async def test_a_place_for_the_counter_is_words_and_not_kept(pushing: Driver, bench: Any) -> None:
    bench.take_reports()
    assert await pushing.bring("place", "1") == TAKEN
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [("Limmen", None)]
    assert (await bench.sharing.reports.gathered(pushing.conversation)).place is None


async def test_an_edited_message_is_answered_anew(pushing: Driver, bench: Any) -> None:
    await pushing.send("verkeerd", "1")
    assert await pushing.bring("edited", "2", of="1") == TAKEN
    assert (await shown(pushing, bench))[-1] == "verbeterd"


async def test_a_message_that_is_taken_back_is_no_longer_shown(pushing: Driver, bench: Any) -> None:
    await pushing.send("mijn geheim", "1")
    assert await pushing.bring("deleted", "2", of="1") == TAKEN
    texts = await shown(pushing, bench)
    assert "mijn geheim" not in texts
    assert texts[-1] == "<bericht_verwijderd>"


async def test_the_words_on_an_open_choice_are_that_choice(pushing: Driver, bench: Any) -> None:
    async with bench.database.transaction() as connection:
        await messages.add_reply(connection, pushing.conversation, Reply("kies", (OfferedChoice("Kosten", "/ask_costs"),)))
    await pushing.send(" kosten ", "1")
    await bench.turns.answer(str(pushing.conversation))
    assert bench.engine.asked == [("Kosten", "/ask_costs")]
