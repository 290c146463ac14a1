"""What the worker is told that a conversation is about."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.agent import about


@pytest.mark.parametrize(
    ("form", "product"), [("report_form", "melding-openbare-ruimte"), ("callback_form", "verhuismelding"), (None, "verhuismelding")]
)
def test_while_a_report_is_made_the_conversation_is_about_that(form: str | None, product: str) -> None:
    said = UserUttered("Dorpsstraat 10", parse_data={"understanding": {"product": "verhuismelding", "act": "ask"}})  # type: ignore[typeddict-item]
    tracker = DialogueStateTracker.from_events("c", [ActiveLoop(form), said])
    assert about(tracker)["product"] == product


def test_a_picture_that_is_shared_for_a_report_is_about_it() -> None:
    shared = UserUttered("/share_picture", {"name": "share_picture"}, parse_data={"intent": {"name": "share_picture"}})  # type: ignore[typeddict-item]
    tracker = DialogueStateTracker.from_events("c", [shared, ActiveLoop("report_form")])
    told = about(tracker)
    assert (told["act"], told["product"]) == ("share_picture", "melding-openbare-ruimte")
