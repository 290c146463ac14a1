"""Out through Chatwoot: one message a turn, choices in each kind of inbox, and every fault survived."""

from __future__ import annotations

import pytest

from bot.errors import ConfigurationError
from bot.gateway.channels.chatwoot.setup import Inbox, inboxes_of, signing_secrets_of, tokens_of
from bot.model.conversation import OfferedChoice, Reply
from bot.settings import load_settings
from bot.store import messages
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.gateway.channels.chatwoot.conftest import Desk

SHORT = ("Kosten", "Meenemen", "Afspraak maken")
LONG = ("Paspoort of identiteitskaart aanvragen", "Paspoort of identiteitskaart kwijt", "Rijbewijs")
CUT = ("Verhuizen binnen de gemeente", "Rijbewijs verlengen of omwisselen", "Paspoort", "Hond aanmelden")


async def _offer(desk: Desk, titles: tuple[str, ...], text: str = "**Waar** gaat het over?") -> list[str]:
    await desk.citizen("hallo")
    await desk.answer()
    offered = tuple(OfferedChoice(title, f"/p{number}") for number, title in enumerate(titles))
    async with desk.bench.database.transaction() as connection:
        await messages.add_reply(connection, await desk.id(), Reply(text, offered))
    return await desk.answer()


@pytest.mark.parametrize("channel", ["WebWidget", "Whatsapp", "Telegram"])
@pytest.mark.parametrize("titles", [SHORT, CUT], ids=["short", "long"])
async def test_a_pressed_choice_comes_back_as_its_payload(desk: Desk, channel: str, titles: tuple[str, ...]) -> None:
    desk.talk.channel = f"Channel::{channel}"
    await _offer(desk, titles)
    assert set(await desk.deliveries()) == {"sent"}
    await desk.chatwoot.choose(desk.talk, 1)
    await desk.read()
    await desk.answer()
    assert desk.bench.engine.asked[-1] == (titles[1], "/p1")


@pytest.mark.parametrize(("channel", "titles"), [("Email", SHORT), ("FacebookPage", SHORT), ("Whatsapp", LONG)])
async def test_where_nothing_can_be_pressed_the_words_can_be_typed(desk: Desk, channel: str, titles: tuple[str, ...]) -> None:
    desk.talk.channel = f"Channel::{channel}"
    said = await _offer(desk, titles)
    asked = "Waar gaat het over?" if channel == "FacebookPage" else "**Waar** gaat het over?"
    assert said[-1] == asked + "\n\n" + "\n".join(f"- {title}" for title in titles)
    await desk.citizen(titles[0].lower())
    await desk.answer()
    assert desk.bench.engine.asked[-1] == (titles[0], "/p0")


@pytest.mark.parametrize("channel", ["Whatsapp", "FacebookPage", "Instagram", "TwilioSms", "TwitterProfile"])
async def test_where_chatwoot_drops_the_words_of_a_link_they_stand_before_its_address(desk: Desk, channel: str) -> None:
    desk.talk.channel = f"Channel::{channel}"
    said = await _offer(desk, (), "Regel het zelf: [paspoort aanvragen](https://example.nl/paspoort)")
    assert said[-1] == "Regel het zelf: paspoort aanvragen: https://example.nl/paspoort"


async def test_a_title_that_is_cut_is_written_out(desk: Desk) -> None:
    desk.talk.channel = "Channel::Whatsapp"
    said = await _offer(desk, CUT)
    assert "- Rijbewijs verlengen of omwisselen" in said[-1]


async def test_a_long_answer_with_choices_is_two_messages_on_whatsapp_and_one_elsewhere(desk: Desk) -> None:
    desk.talk.channel = "Channel::Whatsapp"
    await _offer(desk, SHORT, "woord " * 300)
    assert (len(desk.talk.said()), desk.talk.said()[-1]) == (3, "<maak_keuze>")
    desk.talk.channel = "Channel::WebWidget"
    await desk.citizen("nog eens")
    await desk.answer()
    await _offer(desk, SHORT, "woord " * 300)
    assert desk.talk.said()[-1].startswith("woord")


@pytest.mark.parametrize("channel", sorted(chatwoot.CHANNEL_TAKES))
@pytest.mark.parametrize("titles", [(), SHORT], ids=["words", "choices"])
async def test_an_answer_longer_than_the_channel_takes_goes_out_in_pieces_and_whole(
    desk: Desk, channel: str, titles: tuple[str, ...]
) -> None:
    desk.talk.channel = channel
    await _offer(desk, titles, "de €-prijs " * 600)
    assert set(await desk.deliveries()) == {"sent"}
    assert " ".join(desk.talk.said()).count("€-prijs") == 600


@pytest.mark.parametrize("fault", [500, 502, 503, 429, 401, 403, 301, "slow", "lost", "nonsense"])
async def test_a_fault_that_passes_only_delays_the_answer_and_doubles_nothing(desk: Desk, fault: int | str) -> None:
    desk.fails(0, fault)
    await desk.citizen("hallo")
    await desk.answer()
    await desk.answer()
    desk.later(minutes=2)
    assert await desk.answer() == ["<welkom>\n\necho: hallo"]
    assert set(await desk.deliveries()) == {"sent"}


@pytest.mark.parametrize("fault", [404, 422])
async def test_a_fault_that_stays_ends_the_delivery_and_the_next_one_goes_on(desk: Desk, fault: int) -> None:
    desk.fails(0, fault)
    await desk.citizen("een")
    await desk.answer()
    await desk.citizen("twee")
    assert await desk.answer() == ["echo: twee"]
    assert await desk.deliveries() == ["failed", "failed", "sent"]


async def test_what_the_channel_behind_chatwoot_did_not_take_is_marked_failed(desk: Desk) -> None:
    await desk.citizen("hallo")
    await desk.answer()
    item = desk.talk.messages[-1] | {"content_attributes": {"external_error": "131026: +31612345678 is not on WhatsApp"}}
    await desk.chatwoot.post(chatwoot.message_event("message_updated", desk.talk, item))
    assert set(await desk.deliveries()) == {"failed"}


async def test_two_accounts_may_have_the_same_number_for_a_conversation(desk: Desk) -> None:
    other = desk.chatwoot.begin(inbox=5, number=desk.talk.id)
    await desk.citizen("van Castricum")
    await desk.chatwoot.write(other, "van Uitgeest")
    await desk.read()
    await desk.answer()
    assert (desk.talk.said(), other.said()) == (["<welkom>\n\necho: van Castricum"], ["<welkom>\n\necho: van Uitgeest"])


def test_settings_map_inboxes_and_accounts() -> None:
    settings = load_settings(
        {"CHATWOOT_INBOXES": "1/3:castricum, 2/4:", "CHATWOOT_TOKEN": "1:aaa,2:bbb", "CHATWOOT_SIGNING_SECRET": "one, two"}
    )
    assert inboxes_of(settings) == {"3": Inbox("1", "castricum"), "4": Inbox("2", None)}
    assert {account: token.reveal() for account, token in tokens_of(settings).items()} == {"1": "aaa", "2": "bbb"}
    assert signing_secrets_of(settings) == ("one", "two")
    assert tokens_of(load_settings({"CHATWOOT_TOKEN": "abc"}))[""].reveal() == "abc"


@pytest.mark.parametrize("value", ["3:castricum", "1/x:castricum", "1/3"])
def test_an_inbox_without_an_account_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="CHATWOOT_INBOXES"):
        inboxes_of(load_settings({"CHATWOOT_INBOXES": value}))


def test_a_wrong_token_setting_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as raised:
        tokens_of(load_settings({"CHATWOOT_TOKEN": "1:verysecret,alsosecret"}))
    assert "secret" not in str(raised.value)
