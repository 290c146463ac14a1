"""Speaks with Qmatic Orchestra: the key in a header, parameters in the path after semicolons, errors in a header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote

import httpx

from bot.appointments.backends.qmatic import shapes
from bot.appointments.errors import BackendUnavailable, OutcomeUnknown
from bot.appointments.http import Client, read_json
from bot.logs import logger
from bot.settings import Secret

log = logger()

_PUBLIC = "calendar-backend/public/api"
_MOST_CUSTOMERS = 10
"""Customers of one e-mail address whose appointments are looked through."""


class Connection:
    """One client of one Orchestra; `url` ends in calendar-backend/public/api."""

    def __init__(self, url: str, key: Secret, timeout: float) -> None:
        """Connects to nothing yet; `timeout` in seconds for one call."""
        self._client = Client(url.rstrip("/").removesuffix(_PUBLIC), timeout, {"X-Api-Key": key.reveal()})

    async def read(self, path: str, method: Literal["GET", "DELETE"] = "GET") -> httpx.Response:
        """Ask something of the public interface that may be asked twice. Raises BackendUnavailable."""
        return _allowed(await self._client.read(f"{_PUBLIC}/{path}", method=method))

    async def send(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        """Post once. Raises BackendUnavailable when it surely was not taken, OutcomeUnknown when no answer came."""
        return _allowed(await self._client.send(f"{_PUBLIC}/{path}", json=body))

    async def of_customer(self, email: str) -> tuple[shapes.Appointment, ...]:
        """All appointments of whoever has this e-mail address.

        The first call stands outside the public interface and is not open everywhere: OutcomeUnknown where it is not.
        """
        response = await self._client.read(f"appointment/customers/identify;email={quote(email, safe='')}")
        if not response.is_success:
            raise OutcomeUnknown(f"customers are not shown: http_{response.status_code}")
        found: list[shapes.Appointment] = []
        for customer in read_json(response, shapes.CUSTOMERS)[:_MOST_CUSTOMERS]:
            answer = await self.read(f"v1/customers/{quote(customer.publicId, safe='')}/appointments")
            if answer.status_code != httpx.codes.NOT_FOUND:
                found += read_json(answer, shapes.OF_CUSTOMER).appointmentList
        return tuple(found)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def matrix(path: str, services: tuple[str, ...], people: int = 1) -> str:
    """`path` with its matrix parameters; Orchestra counts the people who come besides the first."""
    parameters = "".join(f";servicePublicId={quote(service, safe='')}" for service in services)
    return f"{path}{parameters}" + (f";numberOfCustomers={people - 1}" if people > 1 else "")


def _allowed(response: httpx.Response) -> httpx.Response:
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        log.error("appointment_system_refuses_us", backend="qmatic", status=response.status_code)
        raise BackendUnavailable(f"http_{response.status_code}")
    return response
