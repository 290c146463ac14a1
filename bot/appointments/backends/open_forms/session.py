"""A session with Open Forms: its cookie, its CSRF token, and the submission without which it shows no appointments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.appointments.backends.open_forms import shapes
from bot.appointments.backends.together import Together
from bot.appointments.errors import BackendUnavailable, OutcomeUnknown
from bot.appointments.http import Client, Pairs, read_json
from bot.logs import logger

log = logger()

_CSRF = "X-CSRFToken"


@dataclass(frozen=True)
class Address:
    """Where Open Forms is, which form books, and on which page it stands; the page must be on its list of allowed domains."""

    url: str
    """Without /api/v2."""
    form: str
    """UUID of the appointment form."""
    page: str
    timeout: float
    """Seconds for one call."""


class Session:
    """One citizen's visit, or the one that reads for all."""

    def __init__(self, address: Address) -> None:
        """Connects to nothing yet."""
        self._address = address
        self._root = address.url.rstrip("/")
        # Django compares the referrer with its own address before it takes a POST over https.
        self._client = Client(f"{self._root}/api/v2/", address.timeout, {"Referer": f"{self._root}/"})
        self._csrf = ""
        self._submission = ""
        self._starting: Together[str] = Together()

    async def start(self) -> str:
        """Open a submission if there is none yet, and give its address. Raises BackendUnavailable."""
        if not self._submission:
            self._submission = await self._starting.ask("submission", self._open)
        return self._submission

    async def read(self, path: str, params: Pairs) -> httpx.Response:
        """Ask something about appointments. Raises BackendUnavailable."""
        submission = await self.start()
        response = await self._client.read(path, params)
        if response.status_code == httpx.codes.FORBIDDEN:
            # The session ended, as sessions do: a new one, once.
            if self._submission == submission:
                self._submission = self._csrf = ""
            await self.start()
            response = await self._client.read(path, params)
        return response

    async def send(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        """Post once. Raises BackendUnavailable when it surely was not taken, OutcomeUnknown when no answer came."""
        response = await self._client.send(path, json=body, headers={_CSRF: self._csrf} if self._csrf else None)
        self._csrf = response.headers.get(_CSRF, self._csrf)
        return response

    async def look(self, address: str) -> httpx.Response:
        """Ask at an address that Open Forms gave. Raises BackendUnavailable, also when it is not an address of its own."""
        if httpx.URL(address).is_absolute_url and not address.startswith(f"{self._root}/"):
            raise BackendUnavailable("an address that is not of Open Forms")
        return await self._client.read(address)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _open(self) -> str:
        form = f"{self._root}/api/v2/forms/{self._address.form}"
        if not self._csrf:
            answer = await self._client.read(f"forms/{self._address.form}")
            self._csrf = answer.headers.get(_CSRF, "")
        try:
            response = await self.send("submissions", {"form": form, "formUrl": self._address.page, "anonymous": True})
        except OutcomeUnknown as error:
            # A submission that nobody fills in books nothing.
            raise BackendUnavailable("no submission") from error
        if response.status_code == httpx.codes.BAD_REQUEST:
            # Mostly the page is not on its list of allowed domains: nothing that passes by itself.
            log.error("appointment_system_refuses_us", backend="open_forms", status=response.status_code)
        return read_json(response, shapes.SUBMISSION).url
