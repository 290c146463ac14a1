"""A stand-in for Chatwoot: conversations with a status, an API for agent bots, and webhooks that are signed, repeated and given up."""

from __future__ import annotations

import asyncio
import itertools
import json as plain
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
from sanic import HTTPResponse, Request, Sanic
from sanic.response import empty, json

from bot.gateway.channels.chatwoot.signature import sign

TOKEN = "fake-bot-token-0123456789"
PERSON_TOKEN = "fake-person-token-0123456789"
PATH_SECRET = "fake-path-secret-0123456789"
SIGNING_SECRET = "fake-signing-secret-0123456789"
OTHER_TOKEN = "fake-bot-token-of-another-account"
INBOXES = {(1, 3): "castricum", (1, 4): "heiloo", (2, 5): "uitgeest"}
"""Account and inbox → municipality. Numbers of inboxes are unique in one Chatwoot, those of conversations only in an account."""
TOKENS = {TOKEN: 1, PERSON_TOKEN: 1, OTHER_TOKEN: 2}
ACCOUNTS = {inbox: account for account, inbox in INBOXES}
WEBHOOK_TIMEOUT = 5.0
TYPES = {"incoming": 0, "outgoing": 1, "activity": 2, "template": 3}
"""A message's type: words in a webhook about it, numbers among a conversation's messages."""

FAULT_HEADERS = {429: {"Retry-After": "2"}, 301: {"Location": "https://chatwoot.example.nl/"}}

BOT_MAY = {("POST", verb) for verb in ("messages", "toggle_status", "toggle_priority", "assignments", "custom_attributes")}

BOT = {"id": 9, "name": "Wegwijs", "type": "agent_bot"}
AGENT = {"id": 5, "name": "Fatima de Vries", "email": "f@example.nl", "type": "user"}
"""As a webhook shows a person: without the name that citizens see."""

CHANNEL_TAKES = {
    "Channel::Whatsapp": 4_096,
    "Channel::Telegram": 4_096,
    "Channel::FacebookPage": 1_000,
    "Channel::Instagram": 1_000,
    "Channel::TwilioSms": 1_600,
    "Channel::Sms": 1_600,
    "Channel::Line": 2_000,
}
"""Bytes or signs of a text that the channel behind an inbox takes."""

_numbers = itertools.count(1)
_ids = itertools.count(1000)


@dataclass
class Conversation:
    """One conversation as Chatwoot keeps it; `id` is its number in addresses."""

    id: int
    updated_at: datetime
    inbox: int = 3
    channel: str = "Channel::WebWidget"
    status: str = "pending"
    priority: str | None = None
    team: int | None = None
    labels: list[str] = field(default_factory=list)
    account: int = 1
    messages: list[dict[str, Any]] = field(default_factory=list)

    def said(self, private: bool = False) -> list[str]:
        """What the bot said to the citizen, or only to the people."""
        return [item["content"] for item in self.messages if item["sender"] == BOT and item["private"] == private]


def message(
    conversation: Conversation, content: str | None, kind: str = "incoming", sender: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A message as Chatwoot keeps it; `more` may give private, content_type, both attributes, attachments, at, id, and no_sender."""
    contact = {"id": 7, "name": "Jan", "email": None, "phone_number": "+31612345678", "identifier": None}
    at: datetime = more.get("at") or datetime.now(timezone.utc)
    made = {
        "id": more.get("id") or next(_ids),
        "content": content,
        "content_type": more.get("content_type", "text"),
        "content_attributes": more.get("content_attributes", {}),
        "additional_attributes": more.get("additional_attributes", {}),
        "created_at": at,
        "message_type": kind,
        "private": more.get("private", False),
        "sender": None if more.get("no_sender") else sender or contact,
        "attachments": more.get("attachments", []),
    }
    conversation.messages.append(made)
    return made


def conversation_data(conversation: Conversation) -> dict[str, Any]:
    """A conversation as it stands in webhooks, with its newest message; there types are numbers and times are seconds."""
    newest = [
        {
            **item,
            "message_type": TYPES[item["message_type"]],
            "created_at": int(item["created_at"].timestamp()),
            "account_id": conversation.account,
        }
        for item in conversation.messages[-1:]
    ]
    return {
        "id": conversation.id,
        "inbox_id": conversation.inbox,
        "status": conversation.status,
        "channel": conversation.channel,
        "can_reply": True,
        "labels": conversation.labels,
        "priority": conversation.priority,
        "custom_attributes": {},
        "contact_inbox": {"id": 9, "contact_id": 7, "source_id": "uuid"},
        "meta": {"sender": {"id": 7, "name": "Jan"}, "assignee": None, "team": conversation.team, "hmac_verified": False},
        "messages": newest,
        "created_at": 1,
        "timestamp": int(conversation.updated_at.timestamp()),
        "updated_at": conversation.updated_at.timestamp(),
    }


def message_event(event: str, conversation: Conversation, item: dict[str, Any]) -> dict[str, Any]:
    """The webhook about a message; here its type is a word and its time ISO 8601."""
    shown = {**item, "created_at": item["created_at"].isoformat(timespec="milliseconds").replace("+00:00", "Z")}
    if not item["attachments"]:
        del shown["attachments"]
    return {
        "event": event,
        **shown,
        "source_id": None,
        "account": {"id": conversation.account, "name": "Gemeente"},
        "inbox": {"id": conversation.inbox, "name": "Website"},
        "conversation": conversation_data(conversation),
    }


class FakeChatwoot:
    """All of it; `http` is a client of the gateway, `clock` the one that both live by."""

    def __init__(self, http: httpx.AsyncClient, clock: Callable[[], datetime]) -> None:
        self.http, self.clock = http, clock
        self.secret: str | None = SIGNING_SECRET
        self._ticks = itertools.count(1)
        self.conversations: dict[tuple[int, int], Conversation] = {}
        self.faults: deque[int | str | None] = deque()
        """Taken one an API call: an HTTP status, `slow`, `lost` (done, but no answer), `nonsense`, None for no fault."""
        self.tries = 3
        """How often a webhook is sent after 429 or 500. Some versions mean to try again and do not. (fazer-ai/chatwoot#413.)"""
        self.bots_may_label = False
        """As Chatwoot does since June 2026. (chatwoot#14655.)"""
        self.closed = False
        """Whether changing a status always fails."""
        self.lost: set[str] = set()
        """Events that Chatwoot fails to send."""
        self.calls: list[str] = []
        self.answers: list[int] = []
        self._refused: list[tuple[Conversation, dict[str, Any]]] = []

    def now(self) -> datetime:
        """The clock, a little later at every look."""
        return self.clock() + next(self._ticks) * timedelta(milliseconds=1)

    # The world

    def begin(
        self, inbox: int = 3, channel: str = "Channel::WebWidget", status: str = "pending", number: int | None = None
    ) -> Conversation:
        """A new conversation in an inbox with an agent bot."""
        made = Conversation(number or next(_numbers), self.now(), inbox, channel, status, account=ACCOUNTS.get(inbox, 1))
        self.conversations[made.account, made.id] = made
        return made

    async def write(self, conversation: Conversation, content: str | None, **more: Any) -> dict[str, Any]:
        """A citizen writes; what was resolved begins again with the bot, what was snoozed goes to people."""
        if conversation.status in ("resolved", "snoozed"):
            await self.set_status(conversation, "pending" if conversation.status == "resolved" else "open")
        made = message(conversation, content, **{"at": self.now(), **more})
        await self.post(message_event("message_created", conversation, made))
        return made

    async def choose(self, conversation: Conversation, number: int) -> None:
        """A citizen chooses under the newest choices: the widget fills them in, WhatsApp sends the title, Telegram the value."""
        offered = next(item for item in reversed(conversation.messages) if item["content_type"] == "input_select")
        chosen = offered["content_attributes"]["items"][number]
        if conversation.channel == "Channel::Whatsapp":
            await self.write(conversation, chosen["title"])
        elif conversation.channel == "Channel::Telegram":
            await self.write(conversation, chosen["value"])
        else:
            offered["content_attributes"] = {**offered["content_attributes"], "submitted_values": [chosen]}
            await self.post(message_event("message_updated", conversation, offered))

    async def say(self, conversation: Conversation, content: str, *, private: bool = False, opens: bool = True) -> dict[str, Any]:
        """A person of the municipality says something (`private`: to colleagues); it does not always open the conversation."""
        made = message(conversation, content, "outgoing", AGENT, private=private, at=self.now())
        await self.post(message_event("message_created", conversation, made))
        if opens and not private and conversation.status == "pending":
            await self.set_status(conversation, "open")
        return made

    async def speak(self, conversation: Conversation, content: str, **more: Any) -> None:
        """Something goes out that nobody typed in Chatwoot: a campaign, a rule, or an echo of what was said in the channel's own app."""
        made = message(conversation, content, "outgoing", at=self.now(), **more)
        await self.post(message_event("message_created", conversation, made))

    async def tell_refusals(self) -> None:
        """A moment after a message the channel behind the inbox has refused it: Chatwoot had taken it, and tells so now."""
        while self._refused:
            conversation, item = self._refused.pop()
            item["content_attributes"] = {**item["content_attributes"], "external_error": "100: too long"}
            await self.post(message_event("message_updated", conversation, item))

    async def set_status(self, conversation: Conversation, status: str) -> None:
        """Somebody changes the status; two webhooks tell of it."""
        if conversation.status == status:
            return
        conversation.status = status
        conversation.updated_at = self.now()
        names = {"open": "conversation_opened", "resolved": "conversation_resolved"}
        for event in filter(None, ("conversation_status_changed", names.get(status))):
            await self.post({"event": event, **conversation_data(conversation)})

    async def post(self, body: dict[str, Any]) -> int:
        """Send a webhook within five seconds; again after 429 or 500; what stays undelivered is marked, and opens the conversation."""
        if body["event"] in self.lost:
            return 0
        status = 0
        for _ in range(self.tries):
            status = await self.attempt(body)
            if status not in (429, 500):
                break
        if status != 200 and body["event"].startswith("message_"):
            conversation = self.conversations[body["account"]["id"], body["conversation"]["id"]]
            if conversation.status == "pending":
                await self._mark_failed(conversation, body["id"])
                await self.set_status(conversation, "open")
        return status

    async def _mark_failed(self, conversation: Conversation, identifier: int) -> None:
        """Chatwoot notes at the citizen's own message that its bot did not take it, and tells the bot so."""
        for item in conversation.messages:
            if item["id"] == identifier:
                item["content_attributes"] = {**item["content_attributes"], "external_error": "422 Unprocessable Entity"}
                await self.attempt(message_event("message_updated", conversation, item))

    async def attempt(self, body: dict[str, Any], path: str = PATH_SECRET) -> int:
        """One try at a webhook; 0 when no answer came in time."""
        raw = plain.dumps(body, default=str).encode()
        headers = {"Content-Type": "application/json", "X-Chatwoot-Delivery": str(next(_ids))}
        if self.secret:
            stamp = str(int(self.clock().timestamp()))
            headers |= {"X-Chatwoot-Timestamp": stamp, "X-Chatwoot-Signature": sign(self.secret, stamp, raw)}
        try:
            response = await self.http.post(f"/webhooks/chatwoot/{path}", content=raw, headers=headers, timeout=WEBHOOK_TIMEOUT)
        except httpx.HTTPError:
            return 0
        self.answers.append(response.status_code)
        return response.status_code

    # The API for agent bots

    def app(self) -> Sanic[Any, Any]:
        app: Sanic[Any, Any] = Sanic(f"fake-chatwoot-{next(_numbers)}", configure_logging=False)
        where = "/api/v1/accounts/<account:int>/conversations/<number:int>/<verb:str>"
        app.add_route(self._call, where, methods=["GET", "POST"])
        return app

    async def _call(self, request: Request, account: int, number: int, verb: str) -> HTTPResponse:
        token = request.headers.get("api_access_token")
        if token is None or TOKENS.get(token) != account:
            return json({"error": "Invalid Access Token"}, status=401)
        if token != PERSON_TOKEN and (request.method, verb) not in BOT_MAY and not (verb == "labels" and self.bots_may_label):
            return json({"error": "Access to this endpoint is not authorized for bots"}, status=401)
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, int):
            return json({"error": "as told"}, status=fault, headers=FAULT_HEADERS.get(fault, {}))
        conversation = self.conversations.get((account, number))
        if conversation is None:
            return json({"error": "Resource could not be found"}, status=404)
        if fault == "slow":
            await asyncio.sleep(1.5)
        self.calls.append(verb)
        answer = await getattr(self, f"_{verb}")(conversation, request.json if request.method == "POST" else None)
        if fault == "lost":
            request.transport.close()  # type: ignore[union-attr]
        if fault == "nonsense":
            return HTTPResponse("<html>", content_type="text/html")
        assert isinstance(answer, HTTPResponse)
        return answer

    async def _messages(self, conversation: Conversation, body: dict[str, Any]) -> HTTPResponse:
        wrong = broken_limit(body)
        if wrong:
            return json({"error": wrong}, status=422)
        # Of the content attributes only these are kept.
        kept = {key: value for key, value in body.get("content_attributes", {}).items() if key in ("items", "in_reply_to")}
        options = {"private": body.get("private", False), "content_type": body.get("content_type", "text"), "content_attributes": kept}
        made = message(conversation, body["content"], "outgoing", BOT, at=self.now(), **options)
        await self.post(message_event("message_created", conversation, made))
        if not made["private"] and not is_taken(conversation.channel, body):
            self._refused.append((conversation, made))
        return json({"id": made["id"], "content": made["content"], "message_type": 1, "conversation_id": conversation.id})

    async def _toggle_status(self, conversation: Conversation, body: dict[str, Any]) -> HTTPResponse:
        if self.closed:
            return json({"error": "as told"}, status=500)
        await self.set_status(conversation, body["status"])
        return json({"payload": {"success": True, "current_status": conversation.status}})

    async def _toggle_priority(self, conversation: Conversation, body: dict[str, Any]) -> HTTPResponse:
        conversation.priority = body["priority"]
        return empty(status=200)

    async def _assignments(self, conversation: Conversation, body: dict[str, Any]) -> HTTPResponse:
        conversation.team = int(body["team_id"])
        return json({"id": conversation.team})

    async def _labels(self, conversation: Conversation, body: dict[str, Any] | None) -> HTTPResponse:
        if body is not None:
            conversation.labels = body["labels"]  # all of them: what is not named is gone
            changed = {"changed_attributes": [{"label_list": {"current_value": conversation.labels}}]}
            await self.post({"event": "conversation_updated", **conversation_data(conversation), **changed})
        return json({"payload": conversation.labels})


def broken_limit(body: dict[str, Any]) -> str | None:
    """Which rule of Chatwoot a message breaks; None when it keeps them all."""
    if not body.get("content") or len(body["content"]) > 150_000:
        return "content"
    if body.get("content_type") != "input_select":
        return None
    items = body.get("content_attributes", {}).get("items")
    return "items" if not items or any(set(item) != {"title", "value"} for item in items) else None


def is_taken(channel: str, body: dict[str, Any]) -> bool:
    """Whether the channel behind an inbox takes a message as it is; Chatwoot cuts nothing."""
    if len(body["content"].encode() if channel == "Channel::Instagram" else body["content"]) > CHANNEL_TAKES.get(channel, 150_000):
        return False
    if body.get("content_type") != "input_select":
        return True
    items = body["content_attributes"]["items"]
    if channel == "Channel::Telegram":
        return all(len(item["value"].encode()) <= 64 for item in items)
    if channel != "Channel::Whatsapp":
        return True
    longest = 20 if len(items) <= 3 else 24
    titles = [item["title"] for item in items]
    fits = len(items) <= 10 and len(set(titles)) == len(titles) and all(0 < len(title) <= longest for title in titles)
    return fits and len(body["content"]) <= 1024
