"""Labels of a hand-off: set by whoever may, beside those of others, and never in the citizen's way."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.gateway.channels.chatwoot.setup import label_tokens_of
from bot.settings import Secret, load_settings
from tests.gateway.channels.chatwoot.conftest import Desk
from tests.gateway.channels.chatwoot.fake_chatwoot import TOKEN

BEFORE_LABELS = 4
"""Calls of a hand-off before the labels are fetched: message, note, team, status."""

OURS = ["reisdocumenten", "castricum"]


async def test_a_hand_off_is_labelled_with_its_theme_and_municipality(desk: Desk) -> None:
    await desk.handed_off()
    assert desk.talk.labels == OURS
    assert "- <notitie_labels>" in desk.talk.said(private=True)[0].splitlines()


async def test_labels_of_others_stay(desk: Desk) -> None:
    desk.talk.labels = ["klacht", "castricum"]
    await desk.handed_off()
    assert desk.talk.labels == ["klacht", "castricum", "reisdocumenten"]


async def test_nothing_is_written_when_all_labels_are_there(desk: Desk) -> None:
    desk.talk.labels = [*OURS, "vip"]
    await desk.handed_off()
    assert (desk.talk.labels, desk.chatwoot.calls.count("labels")) == ([*OURS, "vip"], 1)


async def test_danger_that_was_heard_is_a_label(desk: Desk) -> None:
    await desk.citizen("er is brand")
    await desk.answer()
    await desk.handed_off()
    assert desk.talk.labels == ["gevaar", *OURS]


@pytest.mark.parametrize("fault", [401, 403, 404, 422, 429, 500, 503, "slow", "lost", "nonsense"])
async def test_labels_that_cannot_be_read_are_left_as_they_are_and_hold_up_nothing(desk: Desk, fault: int | str) -> None:
    desk.talk.labels = ["klacht"]
    desk.fails(BEFORE_LABELS, fault)
    await desk.handed_off()
    assert (desk.talk.status, desk.talk.team, desk.talk.labels) == ("open", 22, ["klacht"])
    assert set(await desk.deliveries()) == {"sent"}


@pytest.mark.parametrize("fault", [401, 422, 500])
async def test_labels_that_cannot_be_written_hold_up_nothing(desk: Desk, fault: int) -> None:
    desk.fails(BEFORE_LABELS + 1, fault)
    await desk.handed_off()
    assert (desk.talk.status, desk.talk.labels, set(await desk.deliveries())) == ("open", [], {"sent"})


class TestWithoutAPersonsToken:
    @pytest.fixture
    def people(self) -> Mapping[str, Secret]:
        return {}

    async def test_the_labels_stand_in_the_note_alone(self, desk: Desk) -> None:
        await desk.handed_off()
        assert "- <notitie_labels>" in desk.talk.said(private=True)[0].splitlines()
        assert (desk.talk.labels, "labels" in desk.chatwoot.calls) == ([], False)

    async def test_a_newer_chatwoot_lets_the_bot_set_them(self, desk: Desk) -> None:
        desk.chatwoot.bots_may_label = True
        desk.talk.labels = ["klacht"]
        await desk.handed_off()
        assert desk.talk.labels == ["klacht", *OURS]


class TestWithTheTokenOfABot:
    @pytest.fixture
    def people(self) -> Mapping[str, Secret]:
        return {"": Secret(TOKEN)}

    async def test_chatwoot_refuses_the_labels_and_nothing_else(self, desk: Desk) -> None:
        await desk.handed_off()
        assert (desk.talk.status, desk.talk.labels, set(await desk.deliveries())) == ("open", [], {"sent"})


def test_the_setting_is_one_token_or_one_an_account() -> None:
    assert label_tokens_of(load_settings({})) == {}
    found = label_tokens_of(load_settings({"CHATWOOT_LABEL_TOKEN": "1:aaa,2:bbb"}))
    assert {account: token.reveal() for account, token in found.items()} == {"1": "aaa", "2": "bbb"}
