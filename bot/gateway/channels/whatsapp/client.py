"""Sends through the Cloud API, and knows which of its errors pass and which stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx

from bot.clock import Clock
from bot.gateway.channels.whatsapp import render
from bot.gateway.channels.whatsapp.errors import BUSY, PAIR_RATE, TOKEN, WINDOW_CLOSED
from bot.gateway.channels.whatsapp.media import Media
from bot.gateway.sending import CannotSend, NoAnswer, Part, SendLater, back_off
from bot.logs import logger
from bot.model.channel import Arrival, Parcel
from bot.settings import Secret

log = logger()

WINDOW = timedelta(hours=24)
"""After the citizen's last message only approved templates may be sent. (Meta, customer service window.)"""

_PAIR_SECONDS = 6.0
_TOKEN_SECONDS = 60.0
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
        """One message a turn; outside the window the template of its kind, or CannotSend when there is none."""
        heard = parcel.addressee.heard_at
        if heard is not None and self._clock() - heard < WINDOW:
            return render.parts_of(parcel.messages, self._words())
        name = self._templates.get(str(parcel.messages[-1].meta.get("route")))
        if name is None:
            raise CannotSend("window_closed")
        return [render.template(name, parcel.messages)]

    async def send(self, parcel: Parcel, part: Part) -> str:
        """Send one message; the parcel's key goes along and comes back in every status, so that a lost answer is found again."""
        account, user = parcel.addressee.user.split(":", 1)
        address = {"to": parcel.addressee.address} if parcel.addressee.address else {"recipient": user}
        body = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **address,
            **part,
            "biz_opaque_callback_data": parcel.key,
        }
        try:
            response = await self._client.post(f"{account}/messages", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise SendLater(type(error).__name__, back_off(parcel.attempts, _LONGEST_WAIT)) from error
        except httpx.TransportError as error:
            raise NoAnswer(type(error).__name__) from error
        return _sent(response, parcel.attempts)

    async def seen(self, arrival: Arrival) -> None:
        """Mark the message read and show that an answer is being written, without waiting for it."""
        task = asyncio.create_task(self._mark(str(arrival.facts["account"]), str(arrival.facts["wamid"])))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _mark(self, account: str, wamid: str) -> None:
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid, "typing_indicator": {"type": "text"}}
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
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    name = str(code if code is not None else response.status_code)
    if code == PAIR_RATE:
        raise SendLater(name, _PAIR_SECONDS * 4 ** min(attempts - 1, 3))
    if code in TOKEN or response.status_code == 401:
        log.error("channel_token_refused", channel="whatsapp", code=name)
        raise SendLater(name, _TOKEN_SECONDS)
    if code in BUSY or response.status_code == 429 or response.status_code >= 500:
        raise SendLater(name, back_off(attempts, _LONGEST_WAIT))
    raise CannotSend("window_closed" if code == WINDOW_CLOSED else name)


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
