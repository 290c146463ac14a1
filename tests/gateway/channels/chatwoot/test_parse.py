"""Whatever stands in a webhook, it is read without an error: Chatwoot would take the conversation from the bot."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from bot.clock import utc_now
from bot.gateway.channels.chatwoot.parse import read_notice
from bot.gateway.channels.chatwoot.setup import Inbox
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["image", "9999-12-31T23:59:59-14:00", 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)

Path = tuple[str | int, ...]


def _webhooks() -> list[Any]:
    talk = chatwoot.Conversation(5, utc_now())
    files = [{"file_type": "image", "data_url": "x"}, {"file_type": "location", "coordinates_lat": 1.0, "coordinates_long": 2.0}]
    filled = {"submitted_values": [{"title": "a", "value": "b"}], "email": {"auto_reply": False}, "deleted": False}
    said = chatwoot.message(talk, "hallo", attachments=files, content_attributes=filled)
    answered = chatwoot.message(talk, "dag", "outgoing", chatwoot.AGENT)
    found = [chatwoot.message_event(event, talk, item) for event in ("message_created", "message_updated") for item in (said, answered)]
    found.append({"event": "conversation_updated", "changed_attributes": [{"status": {}}], **chatwoot.conversation_data(talk)})
    return [json.loads(json.dumps(item, default=str)) for item in found]


def _places(value: Any, before: Path = ()) -> Iterator[Path]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inside:
        yield (*before, name)
        yield from _places(item, (*before, name))


WEBHOOKS = _webhooks()
PLACES = [(number, place) for number, webhook in enumerate(WEBHOOKS) for place in _places(webhook)]


@given(st.sampled_from(PLACES), JSON)
@example((0, ("event",)), [])
def test_a_webhook_with_anything_anywhere_is_read(where: tuple[int, Path], value: Any) -> None:
    number, (*way, last) = where
    webhook = copy.deepcopy(WEBHOOKS[number])
    inside = webhook
    for name in way:
        inside = inside[name]
    inside[last] = value
    notice = read_notice(webhook, {"3": Inbox("1", "castricum")}, utc_now())
    assert all(item.sent_at.tzinfo for item in (*notice.arrivals, *notice.noted))
