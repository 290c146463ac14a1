"""From the bot to the people in Chatwoot and back: one speaks at a time, and nobody is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.channels.chatwoot.client import HANDOFF_PATIENCE
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.gateway.channels.chatwoot.conftest import Desk


async def test_from_bot_to_person_and_back(desk: Desk) -> None:
    await desk.citizen("wat kost een paspoort")
    assert await desk.answer() == ["<welkom>\n\necho: wat kost een paspoort"]
    await desk.handed_off()
    assert (desk.talk.status, desk.talk.team) == ("open", 22)
    assert desk.talk.said()[-1] == "echo: mag ik een mens\n\n<medewerker_elders>"
    [note] = desk.talk.said(private=True)
    assert note.startswith("<notitie_kop>")
    await desk.citizen("bent u daar?")
    await desk.chatwoot.say(desk.talk, "Goedemiddag, met Fatima")
    await desk.citizen("mooi")
    said = await desk.answer()
    assert len(said) == 2
    assert [text for text, _ in desk.bench.engine.asked] == ["wat kost een paspoort", "mag ik een mens"]
    history = await desk.bench.history(await desk.id())
    assert [(item.author, item.text) for item in history][-3:] == [
        ("citizen", "bent u daar?"),
        ("agent", "Goedemiddag, met Fatima"),
        ("citizen", "mooi"),
    ]
    assert history[-2].meta == {"agent": "Fatima de Vries"}
    await desk.chatwoot.set_status(desk.talk, "pending")
    await desk.citizen("wat moet ik meenemen")
    assert (await desk.answer())[-1] == "<bot_terug>\n\necho: wat moet ik meenemen"
    assert desk.bench.engine.resets == [{"product": "paspoort"}]


async def test_a_person_who_answers_takes_over_also_when_the_status_stays_pending(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.chatwoot.say(desk.talk, "Ik help u verder", opens=False)
    await desk.read()
    assert await desk.answer() == ["<medewerker_neemt_over>"]
    assert (desk.talk.status, desk.bench.engine.asked) == ("open", [])
    await desk.citizen("fijn")
    await desk.answer()
    assert desk.bench.engine.asked == []


@pytest.mark.parametrize(
    "automatic",
    [
        {"sender": chatwoot.AGENT, "additional_attributes": {"campaign_id": 3}},
        {"no_sender": True, "content_attributes": {"automation_rule_id": 5}},
    ],
    ids=["campaign", "rule"],
)
async def test_what_chatwoot_says_by_itself_takes_nothing_over(desk: Desk, automatic: dict[str, Any]) -> None:
    await desk.chatwoot.speak(desk.talk, "Kunnen wij u helpen?", **automatic)
    await desk.citizen("wat kost een paspoort")
    assert await desk.answer() == ["<welkom>\n\necho: wat kost een paspoort"]
    assert (desk.talk.status, (await desk.holding()).owner) == ("pending", "bot")


async def test_who_answers_in_the_channels_own_app_takes_over_too(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.chatwoot.speak(desk.talk, "Ik help u verder", no_sender=True, content_attributes={"external_echo": True})
    await desk.read()
    assert await desk.answer() == ["<medewerker_neemt_over>"]
    assert (desk.talk.status, (await desk.holding()).owner, desk.bench.engine.asked) == ("open", "agent", [])


@pytest.mark.parametrize("change", [{"content_attributes": {"deleted": True}}, {"content": "vertaald"}], ids=["deleted", "translated"])
async def test_a_change_in_an_old_conversation_that_is_over_wakes_nobody(desk: Desk, change: dict[str, Any]) -> None:
    desk.talk.status = "resolved"
    item = chatwoot.message(desk.talk, "van voor de bot", at=desk.chatwoot.now())
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item | change))
    await desk.read()
    assert await desk.ours() == []


@pytest.mark.parametrize(("text", "urgent"), [("hallo", False), ("er is brand", True)])
async def test_an_answer_that_still_waits_does_not_come_after_a_person_but_an_emergency_number_does(
    desk: Desk, text: str, urgent: bool
) -> None:
    desk.fails(0, 500)
    await desk.citizen(text)
    await desk.answer()
    await desk.chatwoot.say(desk.talk, "Ik help u verder")
    await desk.read()
    desk.later(minutes=2)
    await desk.answer()
    said = "\n\n".join(await desk.answer())
    assert ("echo" in said, "112" in said, "<medewerker_neemt_over>" in said) == (False, urgent, True)


async def test_who_begins_a_conversation_in_chatwoot_is_not_introduced(desk: Desk) -> None:
    desk.talk.status = "open"
    await desk.chatwoot.say(desk.talk, "Goedemiddag, wij hebben uw aanvraag gezien")
    await desk.citizen("dank u")
    assert (await desk.answer(), (await desk.holding()).owner, len(await desk.texts())) == ([], "agent", 2)


async def test_a_note_among_colleagues_is_no_answer_to_the_citizen(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.chatwoot.say(desk.talk, "ken jij deze meneer?", private=True)
    await desk.read()
    assert await desk.answer() == ["<welkom>\n\necho: hallo"]
    assert not any("meneer" in text for text in await desk.texts())


@pytest.mark.parametrize("status", ["open", "snoozed"])
async def test_in_a_conversation_that_is_not_pending_the_bot_never_speaks(desk: Desk, status: str) -> None:
    desk.talk.status = status
    await desk.citizen("hallo")
    assert await desk.answer() == []
    assert desk.bench.engine.asked == []
    assert (await desk.holding()).owner == "agent"


async def test_who_opens_a_conversation_has_it_and_the_citizen_hears_so(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.answer()
    await desk.chatwoot.set_status(desk.talk, "open")
    await desk.read()
    assert (await desk.answer())[-1] == "<medewerker_neemt_over>"
    assert (await desk.holding()).owner == "agent"


async def test_after_resolving_the_bot_begins_again_and_says_so(desk: Desk) -> None:
    await desk.handed_off()
    await desk.chatwoot.set_status(desk.talk, "resolved")
    await desk.read()
    assert (await desk.holding()).owner == "closed"
    await desk.citizen("nog een vraag")
    assert (await desk.answer())[-1] == "<gesprek_opnieuw>\n\necho: nog een vraag"


async def test_a_lost_webhook_about_the_return_is_noticed_at_a_later_message(desk: Desk) -> None:
    await desk.handed_off()
    desk.chatwoot.lost.add("conversation_status_changed")
    await desk.chatwoot.set_status(desk.talk, "pending")
    await desk.citizen("meteen")
    assert (await desk.holding()).owner == "agent"
    desk.later(minutes=2)
    await desk.citizen("even later")
    assert (await desk.answer())[-1] == "<bot_terug>\n\necho: even later"


async def test_a_lost_webhook_about_the_takeover_is_noticed_at_the_next_message(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.answer()
    desk.chatwoot.lost |= {"conversation_status_changed", "conversation_opened"}
    await desk.chatwoot.set_status(desk.talk, "open")
    await desk.citizen("hoort u mij")
    await desk.answer()
    assert [text for text, _ in desk.bench.engine.asked] == ["hallo"]


async def test_old_news_does_not_undo_newer_news(desk: Desk) -> None:
    await desk.citizen("hallo")
    before = {**chatwoot.conversation_data(desk.talk), "status": "open"}
    await desk.chatwoot.set_status(desk.talk, "open")
    await desk.chatwoot.set_status(desk.talk, "pending")
    await desk.read()
    await desk.chatwoot.post({"event": "conversation_opened", **before})
    await desk.read()
    assert (await desk.holding()).owner == "bot"


async def test_danger_while_a_person_talks_reaches_that_person(desk: Desk) -> None:
    await desk.handed_off()
    await desk.citizen("er is brand")
    assert (await desk.answer())[-1] == "<bel 112>"
    assert (desk.talk.priority, desk.talk.said(private=True)[-1]) == ("urgent", "<notitie_gevaar>")
    assert desk.talk.status == "open"


async def test_a_person_is_not_interrupted_by_what_the_house_says_of_a_message(desk: Desk) -> None:
    await desk.handed_off()
    before = await desk.answer()
    await desk.citizen("a" * 1_500)
    await desk.citizen(None, attachments=[{"id": 1, "file_type": "image"}])
    assert await desk.answer() == before


async def test_a_long_e_mail_goes_to_a_person(desk: Desk) -> None:
    desk.talk.channel = "Channel::Email"
    await desk.citizen("a" * 1_500)
    await desk.answer()
    assert (desk.talk.status, (await desk.holding()).owner) == ("open", "agent")


async def test_what_a_person_takes_back_disappears_here_too(desk: Desk) -> None:
    await desk.handed_off()
    item = await desk.chatwoot.say(desk.talk, "dit was voor een ander")
    await desk.read()
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item | {"content_attributes": {"deleted": True}}))
    await desk.read()
    assert (await desk.texts())[-1] == "<bericht_verwijderd_medewerker>"


async def test_service_numbers_that_a_person_types_are_masked(desk: Desk) -> None:
    await desk.handed_off()
    await desk.chatwoot.say(desk.talk, "uw bsn is 123456782")
    await desk.read()
    assert (await desk.texts())[-1] == "uw bsn is *********"


@pytest.mark.parametrize("fault", [500, 503, 429, "slow", "lost", "nonsense"])
@pytest.mark.parametrize("call", [0, 1, 2, 3], ids=["message", "note", "assign", "open"])
async def test_a_hand_off_that_fails_on_the_way_is_finished_later_and_told_once(desk: Desk, fault: int | str, call: int) -> None:
    await desk.citizen("hallo")
    await desk.answer()
    desk.fails(call, fault)
    await desk.handed_off()
    for _ in range(3):
        desk.later(minutes=2)
        await desk.answer()
    assert (desk.talk.status, desk.talk.team, len(desk.talk.said(private=True))) == ("open", 22, 1)
    assert desk.talk.said() == ["<welkom>\n\necho: hallo", "echo: mag ik een mens\n\n<medewerker_elders>"]
    assert (await desk.holding()).owner == "agent"


async def test_a_hand_off_that_cannot_be_done_gives_the_citizen_the_bot_and_a_call_back(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.answer()
    desk.chatwoot.closed = True
    await desk.handed_off()
    desk.later(seconds=HANDOFF_PATIENCE.total_seconds() + 60)
    await desk.answer()
    assert (await desk.answer())[-1] == "<wachtrij_niemand>"
    assert (desk.talk.status, (await desk.holding()).owner) == ("pending", "bot")
    await desk.citizen("en nu?")
    assert (await desk.answer())[-1] == "echo: en nu?"


async def test_a_person_who_spoke_is_not_interrupted_by_the_bot_when_the_status_cannot_be_changed(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.answer()
    desk.chatwoot.closed = True
    await desk.chatwoot.say(desk.talk, "Ik help u verder", opens=False)
    await desk.read()
    await desk.answer()
    desk.later(seconds=HANDOFF_PATIENCE.total_seconds() + 60)
    await desk.answer()
    await desk.citizen("fijn")
    assert (await desk.answer())[-1] == "<medewerker_neemt_over>"
    desk.chatwoot.closed = False
    desk.later(minutes=2)
    await desk.answer()
    assert (desk.talk.status, (await desk.holding()).owner) == ("open", "agent")


async def test_a_hand_off_that_cannot_be_done_does_not_bring_back_the_bot_when_a_person_has_answered(desk: Desk) -> None:
    desk.chatwoot.closed = True
    await desk.handed_off()
    await desk.chatwoot.say(desk.talk, "Ik zag u hier staan", opens=False)
    await desk.read()
    desk.later(seconds=HANDOFF_PATIENCE.total_seconds() + 60)
    said = await desk.answer()
    await desk.citizen("fijn dat u er bent")
    assert (await desk.answer(), (await desk.holding()).owner) == (said, "agent")
    desk.chatwoot.closed = False
    desk.later(minutes=2)
    await desk.answer()
    assert desk.talk.status == "open"


async def test_a_note_that_is_refused_does_not_keep_the_citizen_from_a_person(desk: Desk) -> None:
    desk.fails(1, 422)
    await desk.handed_off()
    assert desk.talk.status == "open"
