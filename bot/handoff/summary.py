"""What an agent must know before the first word, made by rules from the conversation itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.conversation import CallbackRequest, Conversation, Message
from bot.model.people import HandoffRequest
from bot.model.triage import Sign

State = Literal["answered", "partly", "open", "detail"]
"""What became of a thing that the citizen wrote; a detail is an answer to a question of the bot."""

_STATE_OF: dict[str, State] = {
    "answer": "answered",
    "refer": "answered",
    "status": "answered",
    "callback": "answered",
    "note": "answered",
    "emergency": "answered",
    "answer_incomplete": "partly",
    "ask": "open",
    "person": "open",
    "refuse": "open",
    "late": "open",
    "live_chat": "open",
    "queued": "open",
}


@dataclass(frozen=True)
class Exchange:
    """One thing the citizen wrote, and what the bot made of it."""

    text: str
    product: str | None
    aspect: str | None
    state: State
    at: datetime
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """Facts only: what the citizen gave, asked and was told. Service numbers were masked at the door."""

    name: str | None
    phone: str | None
    municipality: str | None
    channel: str
    product: str | None
    reason: str
    rule: str
    mood: tuple[Sign, ...]
    danger: str | None
    exchanges: tuple[Exchange, ...]
    open_question: str | None
    references: tuple[str, ...]
    started_at: datetime


def summarise(
    conversation: Conversation,
    said: Sequence[Message],
    request: HandoffRequest | None,
    signs: frozenset[Sign],
    promises: Sequence[CallbackRequest],
    product: str | None,
    reports: Sequence[str] = (),
) -> Summary:
    """The summary of a conversation; `said` in order, `promises` and the numbers of `reports` the newest first."""
    exchanges = tuple(_exchanges(said))
    given = promises[0] if promises else None
    dangers = [str(message.meta["danger"]) for message in said if message.meta.get("danger")]
    unanswered = [exchange.text for exchange in exchanges if exchange.state == "open"]
    spoken_of = next((item.product for item in reversed(exchanges) if item.product), None)
    subject = (request.product if request else None) or product or spoken_of
    return Summary(
        name=given.name if given else None,
        phone=given.phone if given else None,
        municipality=conversation.municipality,
        channel=conversation.channel,
        product=subject,
        reason=request.reason if request else "",
        rule=request.rule if request else "",
        mood=tuple(sorted(signs)),
        danger=dangers[-1] if dangers else None,
        exchanges=exchanges,
        open_question=unanswered[-1] if unanswered else None,
        references=(*(promise.reference for promise in promises), *reports),
        started_at=conversation.created_at,
    )


def _exchanges(said: Sequence[Message]) -> Iterator[Exchange]:
    for at, message in enumerate(said):
        if message.author != "citizen":
            continue
        replies = []
        for reply in said[at + 1 :]:
            if reply.author == "citizen":
                break
            replies.append(reply)
        yield _exchange(message, replies)


def _exchange(message: Message, replies: Sequence[Message]) -> Exchange:
    metas = [reply.meta for reply in replies]
    product = next((str(meta["product"]) for meta in metas if meta.get("product")), None)
    aspect = next((str(meta["aspect"]) for meta in metas if meta.get("aspect")), None)
    states = [_STATE_OF[route] for meta in metas if (route := meta.get("route")) in _STATE_OF]
    by_person = any(reply.author == "agent" for reply in replies)
    if by_person or "answered" in states:
        state: State = "answered"
    elif states:
        state = states[0]
    else:
        state = "detail" if replies else "open"
    return Exchange(message.text, product, aspect, state, message.created_at, tuple(message.meta.get("pictures", ())))
