"""The contract of docs/engine.md, over real HTTP."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.engine.fakes import TOKEN, Engine, FakeActions, says

TURN = {"conversation_id": "c1", "message_id": "m1", "channel": "web", "municipality": "castricum", "text": "hallo"}


async def test_a_question_is_answered(engine: Engine) -> None:
    status, answer = await engine.turn("hallo")
    assert status == 200
    assert answer["messages"] == [{"text": "Goedendag.", "choices": [], "card": None, "meta": {}}]
    assert answer["handoff"] is None
    assert answer["municipality"] == "castricum"
    assert answer["understanding"] == {
        "act": "greet",
        "aspect": None,
        "product": None,
        "products": [],
        "organisation": None,
        "confidence": 1.0,
        "zone": "answer",
    }


async def test_a_message_keeps_its_paragraphs_choices_and_meta_together(engine: Engine) -> None:
    _, answer = await engine.turn("prijs")
    (message,) = answer["messages"]
    assert message["text"] == "Een eerste alinea.\n\nEen tweede alinea."
    assert message["choices"] == [{"title": "Meer weten", "payload": '/tell_more{"product": "paspoort"}'}]
    assert message["meta"] == {"product": "paspoort", "aspect": "kosten"}


async def test_an_offered_choice_is_taken_as_such(engine: Engine) -> None:
    _, answer = await engine.turn(choice='/tell_more{"product": "paspoort"}')
    assert [message["text"] for message in answer["messages"]] == ["Meer over paspoort."]
    assert (answer["understanding"]["act"], answer["understanding"]["product"]) == ("more", "paspoort")


async def test_the_channel_picks_the_variant_of_a_response(engine: Engine) -> None:
    assert await engine.says("hallo", channel="whatsapp") == ["Goedendag via WhatsApp."]


async def test_an_action_gives_text_card_meta_and_handoff(engine: Engine, actions: FakeActions) -> None:
    custom = {"meta": {"product": "paspoort"}, "card": {"kind": "map"}, "handoff": {"route": "chat"}}
    actions.answers["action_answer"] = says("Ik haal iemand.", custom=custom)
    _, answer = await engine.turn("antwoord")
    assert answer["messages"] == [{"text": "Ik haal iemand.", "choices": [], "card": {"kind": "map"}, "meta": {"product": "paspoort"}}]
    assert answer["handoff"] == {"route": "chat"}


async def test_a_handoff_alone_is_a_whole_turn(engine: Engine) -> None:
    _, answer = await engine.turn("mens")
    assert answer["messages"] == []
    assert answer["handoff"] == {"route": "callback", "reason": "asked"}


@pytest.mark.parametrize("typed", ["/restart", "\u200b/tell_more{}", '\uff0ftell_more{"product": "paspoort"}', ' /greet{"product": "x"}'])
async def test_a_typed_payload_is_plain_text(engine: Engine, typed: str) -> None:
    assert await engine.says(typed) == ["Dat begrijp ik niet."]


@pytest.mark.parametrize("choice", ["hallo", "/unknown", "/restart", '/tell_more{"street": "x"}', "/tell_more{"])
async def test_a_choice_that_nobody_offered_is_refused(engine: Engine, choice: str) -> None:
    status, answer = await engine.turn(choice=choice)
    assert (status, answer["error"]) == (400, "bad_request")


@pytest.mark.parametrize("path", ["/turn", "/parse", "/forget", "/reset", "/", "/webhooks/rest/webhook", "/model"])
@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
async def test_nothing_is_told_without_the_token(engine: Engine, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    async with aiohttp.ClientSession(headers=headers) as stranger, stranger.post(engine.url + path, json=TURN) as response:
        assert response.status == 401
        assert (await response.json())["error"] == "unauthorized"


async def test_health_readiness_and_metrics_need_no_token(engine: Engine) -> None:
    async with aiohttp.ClientSession() as stranger:
        for path in ("/healthz", "/readyz", "/metrics"):
            async with stranger.get(engine.url + path) as response:
                assert response.status == 200


@pytest.mark.parametrize(
    "body",
    [b"x" * 2_000_000, b'{"text": "' + b"woord " * 5_000 + b'", "conversation_id": "c", "message_id": "m", "channel": "web"}'],
    ids=["two megabytes", "5000 words"],
)
async def test_a_long_message_is_refused_at_once(engine: Engine, body: bytes) -> None:
    try:
        async with engine.client.post(engine.url + "/turn", data=body) as response:
            assert response.status == 413
            assert (await response.json())["error"] == "too_long"
    except aiohttp.ClientOSError:
        assert len(body) > 1_000_000  # the server hung up while the body was still being sent
    assert await engine.says("hallo") == ["Goedendag."]


@pytest.mark.parametrize("body", [{}, [], "text", {**TURN, "channel": None}, {**TURN, "choice": "/greet"}])
async def test_a_call_outside_the_contract_is_refused(engine: Engine, body: Any) -> None:
    status, answer = await engine.post("/turn", body)
    assert (status, answer["error"]) == (400, "bad_request")


async def test_an_unknown_address_is_not_found(engine: Engine) -> None:
    status, answer = await engine.get("/unknown")
    assert (status, answer["error"]) == (404, "bad_request")


async def test_texts_are_understood_each_on_its_own(engine: Engine) -> None:
    status, answer = await engine.post("/parse", {"texts": ["hallo", "/prijs paspoort", "xyz"]})
    assert status == 200
    assert [item["act"] for item in answer["understandings"]] == ["greet", "ask_price", "nlu_fallback"]
    assert answer["understandings"][1]["product"] == "paspoort"


@pytest.mark.parametrize("texts", [None, "hallo", [5], [""], ["x"] * 201])
async def test_texts_outside_the_contract_are_refused(engine: Engine, texts: Any) -> None:
    status, answer = await engine.post("/parse", {"texts": texts})
    assert (status, answer["error"]) == (400, "bad_request")


async def test_a_forgotten_conversation_starts_from_nothing(engine: Engine) -> None:
    await engine.turn("prijs paspoort", message_id="first")
    assert (await engine.post("/forget", {"conversation_id": "c1"}))[0] == 204
    kept = await engine.house.trackers.read("c1", "first")
    assert (kept.result, kept.events, kept.version) == (None, (), None)
    assert await engine.says("hallo") == ["Goedendag."]


async def test_forgetting_touches_no_other_conversation(engine: Engine) -> None:
    await engine.turn("hallo", conversation="c2", message_id="other")
    await engine.post("/forget", {"conversation_id": "c1"})
    assert (await engine.house.trackers.read("c2", "other")).result is not None


async def test_a_reset_ends_the_form_and_sets_the_slots(engine: Engine, actions: FakeActions) -> None:
    await engine.turn("afspraak")
    assert (await engine.post("/reset", {"conversation_id": "c1", "slots": {"product": "rijbewijs"}}))[0] == 204
    await engine.turn("antwoord")
    tracker = actions.calls[-1]["tracker"]
    assert tracker["active_loop"] == {}
    assert tracker["slots"]["product"] == "rijbewijs"


async def test_a_reset_with_an_unknown_slot_is_refused(engine: Engine) -> None:
    status, answer = await engine.post("/reset", {"conversation_id": "c1", "slots": {"shoe_size": 43}})
    assert (status, answer["error"]) == (400, "bad_request")


async def test_ready_says_what_is_missing(engine: Engine, actions: FakeActions) -> None:
    assert await engine.get("/readyz") == (
        200,
        {"status": "ready", "missing": [], "model": "first.tar.gz", "language_model": None},  # this small bot looks for no names
    )
    await actions.stop()
    status, body = await engine.get("/readyz")
    assert (status, body["missing"]) == (503, ["actions"])


async def test_metrics_count_turns_by_outcome(engine: Engine) -> None:
    await engine.turn("hallo")
    await engine.turn("stilte")
    _, text = await engine.get("/metrics")
    assert 'engine_turns_total{outcome="ok"} 1.0' in text
    assert 'engine_turns_total{outcome="empty_turn"} 1.0' in text
    assert 'engine_models_total{outcome="loaded"} 1.0' in text


async def test_the_request_id_is_passed_on_and_given_back(engine: Engine, actions: FakeActions) -> None:
    headers = {"X-Request-Id": "from-the-worker-1"}
    async with engine.client.post(engine.url + "/turn", json={**TURN, "text": "antwoord"}, headers=headers) as response:
        assert response.headers["X-Request-Id"] == "from-the-worker-1"
    assert actions.requests[-1].headers["X-Request-Id"] == "from-the-worker-1"


async def test_the_action_knows_message_channel_and_municipality(engine: Engine, actions: FakeActions) -> None:
    await engine.turn("antwoord", message_id="m-7", channel="whatsapp", municipality="heiloo")
    tracker = actions.calls[-1]["tracker"]
    metadata = tracker["latest_message"]["metadata"]
    assert {key: metadata[key] for key in ("message_id", "channel", "municipality")} == {
        "message_id": "m-7",
        "channel": "whatsapp",
        "municipality": "heiloo",
    }
    assert (tracker["slots"]["channel"], tracker["slots"]["municipality"]) == ("whatsapp", "heiloo")
