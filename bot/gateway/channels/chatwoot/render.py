"""Our messages as calls to Chatwoot: one message a turn, and the errands that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.gateway.channels.whatsapp.render import BODY, BUTTON_TITLE, INTERACTIVE_BODY, MAX_BUTTONS, MAX_ROWS, ROW_TITLE, split
from bot.gateway.rendering import Markup, render
from bot.model.conversation import Choice, Message

WITH_CHOICES = frozenset({"WebWidget", "Whatsapp", "Telegram"})
"""Kinds of inbox where an input_select can be pressed; elsewhere choices are words that the citizen can type."""

_BOLD, _PLAIN = Markup(strong="**", stress="_"), Markup()

_MARKUP: Mapping[str | None, Markup] = {
    "Whatsapp": _BOLD,
    "FacebookPage": _PLAIN,
    "Instagram": _PLAIN,
    "TwilioSms": _PLAIN,
    "Sms": _PLAIN,
    "Line": _PLAIN,
    "TwitterProfile": _PLAIN,
}
"""Kinds of inbox where Chatwoot shows only the address of a link, and before version 4.9 the signs of our Markdown: there links are words
and address, written out. (chatwoot#12878; WhatsApp's bold is made of our Markdown by Chatwoot.)"""

LONGEST: Mapping[str | None, int] = {
    "Whatsapp": BODY,
    "Telegram": 4_000,
    "FacebookPage": 800,
    "Instagram": 800,
    "TwilioSms": 1_550,
    "Sms": 1_550,
    "Line": 1_950,
}
"""Signs in one message by kind of inbox, a little less than the channel takes (Chatwoot's own editor: MESSAGE_MAX_LENGTH; Instagram counts
bytes, and its older inboxes are those of a Facebook page). Chatwoot cuts nothing: what is longer is refused by the channel behind it."""

_LONGEST_ELSEWHERE = 100_000
"""Chatwoot takes 150,000."""


def parts_of(messages: Sequence[Message], channel: str | None, choose: str, teams: Mapping[str, str]) -> list[dict[str, Any]]:
    """The messages of one turn as calls, in order, without the address.

    `channel` is the kind of inbox, `choose` the sentence above loose choices, `teams` whom hand-offs are assigned to.
    """
    said = [message for message in messages if message.text]
    markup = _MARKUP.get(channel)
    text = "\n\n".join(render(message.text, markup) if markup else message.text for message in said)
    choices = next((message.choices for message in reversed(messages) if message.choices), ())
    parts = _spoken(text, choices, channel, choose)
    for message in messages:
        parts += _errands(message, teams)
    return parts


def _spoken(text: str, choices: Sequence[Choice], channel: str | None, choose: str) -> list[dict[str, Any]]:
    items = _items(choices, channel)
    if items is None:
        text = _with_titles(text or choose, choices)
    limit = LONGEST.get(channel, _LONGEST_ELSEWHERE)
    if not items:
        return [_message(piece) for piece in split(text, limit)] if text else []
    if any(item["title"] != choice.title for item, choice in zip(items, choices, strict=True)):
        text = _with_titles(text or choose, choices)
    if len(text) > (INTERACTIVE_BODY if channel == "Whatsapp" else limit):
        return [*(_message(piece) for piece in split(text, limit)), _message(choose, items)]
    return [_message(text or choose, items)]


def _items(choices: Sequence[Choice], channel: str | None) -> list[dict[str, str]] | None:
    """The choices as Chatwoot wants them; None when they cannot be pressed in this inbox.

    WhatsApp refuses long or equal titles and more than ten, and Chatwoot cuts nothing: titles are cut here without dots, so that
    what comes back is the beginning of a title.
    """
    if channel not in WITH_CHOICES:
        return None if choices else []
    if channel != "Whatsapp":
        return [{"title": choice.title, "value": choice.id} for choice in choices]
    longest = BUTTON_TITLE if len(choices) <= MAX_BUTTONS else ROW_TITLE
    titles = [choice.title[:longest].strip() for choice in choices]
    if len(set(titles)) < len(titles) or len(titles) > MAX_ROWS:
        return None
    return [{"title": title, "value": choice.id} for title, choice in zip(titles, choices, strict=True)]


def _with_titles(text: str, choices: Sequence[Choice]) -> str:
    return text + "\n\n" + "\n".join(f"- {choice.title}" for choice in choices)


def _message(content: str, items: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    chosen = {"content_type": "input_select", "content_attributes": {"items": list(items)}} if items else {"content_type": "text"}
    return {"do": "message", "body": {"content": content, "message_type": "outgoing", "private": False, **chosen}}


def _errands(message: Message, teams: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the people over there must know or do with a message."""
    errand, danger = message.meta.get("desk"), message.meta.get("danger")
    errands: list[dict[str, Any]] = []
    if danger:
        errands += [{"do": "note", "danger": str(danger)}, {"do": "priority", "body": {"priority": "urgent"}}]
    if errand == "handoff":
        errands.append({"do": "note"})
        team = teams.get(str(message.meta.get("team")))
        if team:
            errands.append({"do": "assign", "body": {"team_id": team}})
    if errand in ("handoff", "open"):
        errands.append({"do": "open", "body": {"status": "open"}, "handoff": errand == "handoff"})
    if errand == "handoff":
        errands.append({"do": "labels"})  # the last: nothing may wait for it
    return errands
