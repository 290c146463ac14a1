"""Speaks to Chatwoot as its agent bot: messages, private notes and the hand-off; knows which errors pass and which stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from bot.clock import Clock
from bot.gateway.channels.chatwoot import labels, note, render
from bot.gateway.channels.chatwoot.attachments import Attachments
from bot.gateway.channels.chatwoot.outward import Outward
from bot.gateway.channels.chatwoot.parse import NAME, digest
from bot.gateway.channels.chatwoot.setup import Connection
from bot.gateway.sending import CannotSend, NoAnswer, Part, SendLater, back_off
from bot.handoff.outside import OutsideDesk
from bot.handoff.summary import Summary
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.channel import Parcel
from bot.store import arrivals
from bot.store.database import Database

log = logger()

HANDOFF_PATIENCE = timedelta(minutes=10)
"""So long a hand-off is tried; after that the citizen gets the bot back, with the offer of a call-back."""

_PATHS = {"message": "messages", "note": "messages", "open": "toggle_status", "priority": "toggle_priority", "assign": "assignments"}

_BESIDE = frozenset({"note", "priority", "assign"})
"""What may fail without keeping the citizen from a person."""

_TOKEN_SECONDS = 60.0
_LONGEST_WAIT = 60.0


class AgentBot:
    """One client for all our accounts; implements the outbox's Sender, `attachments` the reception's FileSource."""

    def __init__(
        self,
        connection: Connection,
        database: Database,
        library: Callable[[], Library],
        summary: Callable[[UUID], Awaitable[Summary | None]],
        clock: Clock,
    ) -> None:
        """`summary` gives what an agent must know of a conversation."""
        self._connection, self._database, self._library, self._summary, self._clock = connection, database, library, summary, clock
        self._client = httpx.AsyncClient(
            base_url=connection.url.rstrip("/") + "/api/v1/accounts/",
            timeout=httpx.Timeout(connection.timeout, connect=3.0),
            limits=httpx.Limits(max_connections=20),
        )
        self.attachments = Attachments(Outward(httpx.URL(connection.url), connection.storage), connection.timeout)

    def parts(self, parcel: Parcel) -> Sequence[Part]:
        """One message a turn, then what the people over there must know and do."""
        choose = self._library().message("maak_keuze")
        return render.parts_of(parcel.messages, parcel.addressee.address, choose, self._connection.teams)

    async def send(self, parcel: Parcel, part: Part) -> str:
        """Do one thing over there; what goes beside a hand-off is left out when Chatwoot refuses it, the hand-off itself never silently."""
        if part["do"] == "labels":
            await self._label(parcel)
            return f"{NAME}:labels"
        return await self._do(parcel, part, str(part["do"]))

    async def _do(self, parcel: Parcel, part: Part, do: str) -> str:
        try:
            if do in ("message", "note"):
                return await self._speak(parcel, await self._body(parcel, part))
            await self._call(parcel, _PATHS[do], part["body"])
        except NoAnswer as error:
            if do in ("message", "note"):
                raise
            raise SendLater(str(error), back_off(parcel.attempts, _LONGEST_WAIT)) from error  # doing it twice does no harm
        except CannotSend as error:
            if do not in _BESIDE:
                await self._give_up(parcel, part)
                raise
            log.error("errand_refused", channel=NAME, errand=do, code=error.code)
        except SendLater:
            if self._clock() - parcel.owed_at > HANDOFF_PATIENCE and await self._give_up(parcel, part):
                raise CannotSend("handoff_not_delivered") from None
            raise
        return f"{NAME}:{do}"

    async def _body(self, parcel: Parcel, part: Part) -> Mapping[str, Any]:
        if part["do"] == "message":
            body: Mapping[str, Any] = part["body"]
            return body
        library = self._library()
        if part.get("danger"):
            words = note.danger_note(part["danger"], library)
        else:
            words = note.summary_note(await self._summary(parcel.addressee.conversation_id), library)
        return {"content": words, "message_type": "outgoing", "private": True}

    async def _speak(self, parcel: Parcel, body: Mapping[str, Any]) -> str:
        """Say something once: when an answer was lost before, Chatwoot's own webhook tells whether it has the message."""
        user = parcel.addressee.user
        if parcel.attempts > 1:
            prefix = f"{NAME}:{user}:ours:{digest(body['content'])}:"
            async with self._database.transaction() as connection:
                known = await arrivals.came_since(connection, NAME, user, prefix, parcel.owed_at)
            if known is not None:
                return _external(user, known.removeprefix(prefix))
        answer = await self._call(parcel, _PATHS["message"], body)
        if not isinstance(answer.get("id"), int):
            raise NoAnswer("nonsense")
        return _external(user, str(answer["id"]))

    async def _label(self, parcel: Parcel) -> None:
        """Add our labels to what others set; tried once, after everything else, for the note says the same in words."""
        wanted = labels.names(await self._summary(parcel.addressee.conversation_id), self._library())
        try:
            there = labels.read(await self._call(parcel, "labels", None))
            if not set(wanted) <= set(there):
                # What is sent replaces all labels.
                await self._call(parcel, "labels", {"labels": [*there, *(name for name in wanted if name not in there)]})
        except (SendLater, CannotSend, NoAnswer) as error:
            if self._connection.label_tokens or str(error) != "401":  # an older Chatwoot gives a bot no right to labels
                log.error("errand_refused", channel=NAME, errand="labels", code=str(error))

    async def _call(self, parcel: Parcel, path: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Post `body`, or fetch what is there when it is None."""
        account, conversation = parcel.addressee.user.split(":", 1)
        connection = self._connection
        tokens = connection.label_tokens if path == "labels" and connection.label_tokens else connection.tokens
        token = tokens.get(account) or tokens.get("")
        if not token:
            raise CannotSend("no_token")
        headers = {"api_access_token": token.reveal()}
        verb = "GET" if body is None else "POST"
        try:
            response = await self._client.request(verb, f"{account}/conversations/{conversation}/{path}", json=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise SendLater(type(error).__name__, back_off(parcel.attempts, _LONGEST_WAIT)) from error
        except httpx.TransportError as error:
            raise NoAnswer(type(error).__name__) from error
        if path != "labels" and response.status_code in (401, 403):
            log.error("channel_token_refused", channel=NAME, code=str(response.status_code))
        if response.is_redirect:
            log.error("channel_address_moved", channel=NAME, code=str(response.status_code))
        return _answer(response, parcel.attempts)

    async def _give_up(self, parcel: Parcel, part: Part) -> bool:
        """No person over there will see the citizen: the bot goes on. Not where a person spoke already: there it stays silent."""
        if not part.get("handoff"):
            return False
        async with self._database.transaction() as connection:
            return await OutsideDesk(self._library, self._clock).unreachable(connection, parcel.addressee.conversation_id)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
        await self.attachments.close()


def _external(user: str, identifier: str) -> str:
    return f"{NAME}:{user.partition(':')[0]}:{identifier}"


def _answer(response: httpx.Response, attempts: int) -> Mapping[str, Any]:
    status = response.status_code
    if response.is_success:
        with suppress(ValueError):
            body = response.json()
            return body if isinstance(body, dict) else {}
        return {}
    if status in (401, 403) or response.is_redirect:  # a wrong token or address: all waits until somebody puts it right
        raise SendLater(str(status), _TOKEN_SECONDS)
    if status == 429:
        wanted = response.headers.get("retry-after", "")
        raise SendLater("429", min(float(wanted), 900.0) if wanted.isdecimal() else back_off(attempts, _LONGEST_WAIT))
    if status >= 500:
        raise SendLater(str(status), back_off(attempts, _LONGEST_WAIT))
    raise CannotSend(str(status))
