"""Sends through the Cloud API, and knows which of its errors pass and which stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx

from bot.clock import Clock
from bot.gateway.channels import loose
from bot.gateway.channels.whatsapp import render
from bot.gateway.channels.whatsapp.errors import ACCOUNT, BUSY, PAIR_RATE, TOKEN, UNREACHABLE, WINDOW_CLOSED
from bot.gateway.channels.whatsapp.media import Media
from bot.gateway.channels.whatsapp.parse import callback_data
from bot.gateway.sending import CannotSend, NoAnswer, Part, SendLater, back_off
from bot.logs import logger
from bot.model.channel import Arrival, Parcel
from bot.settings import Secret

log = logger()

WINDOW = timedelta(hours=24)
"""After the citizen's last message only approved templates may be sent. (Meta, customer service window.)"""

_PAIR_SECONDS = 6.0
_REPAIR_SECONDS = 60.0
_LONGEST_WAIT = 900.0


class CloudApi:
    """One client for all our numbers; implements the outbox's Sender and the reception's Courtesy, `media` its FileSource."""

    def __init__(
        self,
        url: str,
        token: Secret,
        words: Callable[[], render.Words],
        templates: Mapping[str, str],
        clock: Clock,
        timeout: float = 10.0,
    ) -> None:
        """`url` ends with the version (https://graph.facebook.com/v24.0); `timeout` in seconds for one call."""
        self._words, self._templates, self._clock = words, templates, clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {token.reveal()}"},
            timeout=httpx.Timeout(timeout, connect=3.0),
            limits=httpx.Limits(max_connections=20),
        )
        self.media = Media(self._client)

    def parts(self, parcel: Parcel) -> Sequence[Part]:
        """One message a turn; outside the window the template of its kind, or CannotSend when there is none.

        The parcel's key goes along in each and comes back in every status, so that a lost answer is found again.
        """
        heard = parcel.addressee.heard_at
        is_open = heard is not None and self._clock() - heard < WINDOW
        parts = render.parts_of(parcel.messages, self._words()) if is_open else [self._template(parcel)]
        count = len(parts)
        return [{**part, "biz_opaque_callback_data": callback_data(parcel.key, at, count)} for at, part in enumerate(parts, 1)]

    def _template(self, parcel: Parcel) -> Part:
        kinds = (str(message.meta.get("route")) for message in reversed(parcel.messages))
        name = next((self._templates[kind] for kind in kinds if kind in self._templates), None)
        if name is None or parcel.parts_sent:
            raise CannotSend("window_closed")
        return render.template(name, parcel.messages)

    async def send(self, parcel: Parcel, part: Part) -> str:
        """Send one message."""
        account, user = parcel.addressee.user.split(":", 1)
        address = {"to": parcel.addressee.address} if parcel.addressee.address else {"recipient": user}
        body = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **address,
            **part,
        }
        try:
            response = await self._client.post(f"{account}/messages", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise SendLater(type(error).__name__, back_off(parcel.attempts, _LONGEST_WAIT)) from error
        except httpx.TransportError as error:
            raise NoAnswer(type(error).__name__) from error
        return _sent(response, parcel.attempts)

    async def seen(self, arrival: Arrival, *, answering: bool) -> None:
        """Mark the message read and, when `answering`, show that an answer is being written, without waiting for it."""
        body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": arrival.facts["wamid"]}
        if answering:
            body["typing_indicator"] = {"type": "text"}  # 25 seconds, or until the answer: too short for people
        task = asyncio.create_task(self._mark(str(arrival.facts["account"]), body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _mark(self, account: str, body: Mapping[str, Any]) -> None:
        with suppress(httpx.HTTPError):  # a courtesy: the answer itself tells enough
            await self._client.post(f"{account}/messages", json=body, timeout=3.0)

    async def close(self) -> None:
        """Wait for courtesies and close the connections."""
        await asyncio.gather(*self._tasks)
        await self._client.aclose()


def _sent(response: httpx.Response, attempts: int) -> str:
    body = _object(response)
    if response.status_code == 200:
        with suppress(KeyError, IndexError, TypeError):
            return str(body["messages"][0]["id"])
        raise NoAnswer("nonsense")
    error = loose.part(body, "error")
    code = error.get("code")
    name = str(code if code is not None else response.status_code)
    if code == PAIR_RATE:
        raise SendLater(name, _PAIR_SECONDS * 4 ** min(attempts - 1, 3))
    if code in TOKEN or (code, error.get("error_subcode")) == UNREACHABLE or response.status_code == 401:
        log.error("channel_token_refused", channel="whatsapp", code=name)
        raise SendLater(name, _REPAIR_SECONDS)
    if code in ACCOUNT:
        log.error("channel_account_refused", channel="whatsapp", code=name)
        raise SendLater(name, _REPAIR_SECONDS)
    if code in BUSY or error.get("is_transient") is True or response.status_code == 429 or response.status_code >= 500:
        raise SendLater(name, back_off(attempts, _LONGEST_WAIT))
    raise CannotSend("window_closed" if code == WINDOW_CLOSED else name)


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
