from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.channels.whatsapp.parse import read_notice
from tests.gateway.channels.whatsapp import fake_graph as graph

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def arrivals(*values: dict[str, Any]) -> tuple[Any, ...]:
    return read_notice(graph.webhook(*values), graph.NUMBERS).arrivals


@pytest.mark.parametrize(
    ("kind", "part", "read"),
    [
        ("text", {"body": "hoi"}, ("text", "hoi", None)),
        ("button", {"text": "Ja", "payload": "p"}, ("text", "Ja", None)),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "abc", "title": "Kosten"}}, ("choice", None, "abc")),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "abc", "title": "Kosten"}}, ("choice", None, "abc")),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}, ("unknown", None, None)),
        ("image", {"id": "1", "caption": "kapotte lamp"}, ("picture", "kapotte lamp", None)),
        ("video", {"id": "1"}, ("picture", None, None)),
        ("audio", {"id": "1", "voice": True}, ("voice", None, None)),
        ("sticker", {"id": "1"}, ("sticker", None, None)),
        ("document", {"id": "1", "filename": "bsn.pdf"}, ("document", None, None)),
        ("contacts", {}, ("unknown", None, None)),
        ("unsupported", {}, ("unknown", None, None)),
        ("location", {"latitude": "x"}, ("unknown", None, None)),
        ("edit", {"message": {"type": "text", "text": {"body": "beter"}}}, ("edited", "beter", None)),
        ("edit", {"message": {"type": "image", "image": {"id": "1", "caption": "beter"}}}, ("edited", "beter", None)),
    ],
)
def test_each_kind_of_message_is_read(kind: str, part: dict[str, Any], read: tuple[Any, ...]) -> None:
    [arrival] = arrivals(graph.incoming("wamid.1", kind, part))
    assert (arrival.kind, arrival.text, arrival.choice) == read


@pytest.mark.parametrize("kind", ["reaction", "system", "request_welcome"])
def test_what_needs_no_answer_is_left_out(kind: str) -> None:
    assert arrivals(graph.incoming("wamid.1", kind, {"emoji": "x"})) == ()


def test_an_edit_without_words_has_nothing_to_answer() -> None:
    assert (
        arrivals(graph.incoming("wamid.1", "edit", {"original_message_id": "wamid.0", "message": {"type": "image", "image": {"id": "1"}}}))
        == ()
    )


def test_a_service_number_is_masked_before_anything_is_stored() -> None:
    [arrival] = arrivals(graph.incoming("wamid.1", "text", {"body": "bsn 123456782"}))
    assert "123456782" not in repr(arrival)
    assert arrival.masked == 1


@given(JSON, JSON, JSON)
def test_nonsense_is_read_without_an_error(one: Any, two: Any, three: Any) -> None:
    read_notice(one if isinstance(one, dict) else {"entry": one}, graph.NUMBERS)
    value = graph.incoming("wamid.1", "text", {"body": "hoi"})
    message = value["messages"][0]
    read_notice(graph.webhook(value | {"contacts": one, "statuses": [two, {"id": "x", "status": three}]}), graph.NUMBERS)
    read_notice(
        graph.webhook(value | {"messages": [one, message | {"text": two, "timestamp": three}, message | {"type": two}]}), graph.NUMBERS
    )
