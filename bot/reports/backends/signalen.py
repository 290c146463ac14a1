"""Passes reports on to Signalen (VNG), by the interface that its own public form uses.

That interface has no key against doubling and no way to look a report up, so one that may have arrived is never sent again by itself.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from bot.clock import local
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.report import Report, ReportPolicy
from bot.reports.backends.locatieserver import Locator
from bot.reports.errors import ElsewhereRefuses, ElsewhereUnavailable, ElsewhereUnsure
from bot.reports.protocol import Receipt

log = logger()

_ROOT = "/signals/v1/public"
_GENERAL = "overig/overig"
_LONGEST = 3000
"""Signs of `text` in Signalen."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_ID = re.compile(r"[0-9a-fA-F-]{1,64}")


class _Status(BaseModel):
    state: str


class _Signal(BaseModel):
    """What we use of the public answer; other keys are left alone."""

    id_display: str
    signal_id: str
    status: _Status
    updated_at: str = ""


class Signalen:
    """One Signalen; `timeout` is in seconds, for one call."""

    def __init__(self, url: str, timeout: float, source: str, library: Callable[[], Library], locator: Locator) -> None:
        """`source` is a public source of Signalen; `locator` finds the point of an address."""
        self._source = source
        self._library = library
        self._locator = locator
        self._timeout = timeout
        self._client = httpx.AsyncClient(base_url=url.rstrip("/"), timeout=httpx.Timeout(timeout), headers={"Accept": "application/json"})

    async def pass_on(self, report: Report, policy: ReportPolicy) -> Receipt:
        """Make a signal of the report. Raises as the protocol says; ElsewhereRefuses also when no point on the map can be given."""
        category = await self._category(dict(policy.categories).get(report.product, _GENERAL))
        point, exact = await self._point(report, policy)
        body = {
            "text": self._text(report, exact=exact),
            "location": {
                "geometrie": {"type": "Point", "coordinates": [point[1], point[0]]},
                "stadsdeel": None,
                "buurt_code": None,
                "extra_properties": {},
            },
            "category": {"category_url": _path_of(category)},
            "reporter": {"email": report.email or "", "phone": report.phone or "", "sharing_allowed": False},
            "incident_date_start": local(report.created_at).isoformat(),
            "source": self._source,
        }
        made = _read(await self._send(f"{_ROOT}/signals/", json=body))
        return Receipt(made.id_display, made.signal_id)

    async def add_picture(self, id_: str, picture: bytes, name: str) -> None:
        """Add a picture; Signalen takes it only until somebody has begun with the report."""
        await self._send(f"{_ROOT}/signals/{_checked(id_)}/attachments/", files={"file": (name, picture, "image/jpeg")})

    async def mark(self, id_: str) -> str:
        """When anything was last added: the public cannot see its pictures, but each writes a note, and a note changes this moment."""
        return (await self._signal(id_)).updated_at

    async def is_closed(self, id_: str) -> bool:
        """Whether Signalen says CLOSED; it tells the public no more than OPEN or CLOSED."""
        return (await self._signal(id_)).status.state == "CLOSED"

    async def close(self) -> None:
        """Close the connections, the locator's too."""
        await self._client.aclose()
        await self._locator.close()

    async def _signal(self, id_: str) -> _Signal:
        response = await self._get(f"{_ROOT}/signals/{_checked(id_)}")
        if not response.is_success:
            raise ElsewhereUnavailable(f"http_{response.status_code}")
        try:
            return _Signal.model_validate_json(response.content)
        except ValidationError:
            raise ElsewhereUnavailable("nonsense") from None

    async def _category(self, wanted: str) -> str:
        """The category, or the general one where Signalen does not have it (any more).

        Asking costs no part of the hourly limit, and tells that Signalen is there before anything is sent that cannot be undone.
        """
        response = await self._get(_path_of(wanted))
        if response.status_code == httpx.codes.NOT_FOUND and wanted != _GENERAL:
            log.warning("signalen_category_unknown", category=wanted)
            return _GENERAL
        if not response.is_success:
            raise ElsewhereUnavailable(f"http_{response.status_code}")
        return wanted

    async def _point(self, report: Report, policy: ReportPolicy) -> tuple[tuple[float, float], bool]:
        """Latitude and longitude, and whether it is the place itself: Signalen takes no report without a point."""
        if report.place.position is not None:
            return report.place.position, True
        here = self._library().municipality(report.municipality)
        found = await self._locator.find(report.place.words or "", here.cbs_code) if here else None
        if found is not None:
            return found, True
        if policy.centre is None:
            raise ElsewhereRefuses("no point on the map")
        return policy.centre, False

    def _text(self, report: Report, *, exact: bool) -> str:
        def say(key: str, **values: str) -> str:
            return self._library().message(key, report.municipality, **values)

        lines = [say("melding_door_waar", plek=report.place.words)] if report.place.words else []
        lines += [] if exact else [say("melding_door_ongeveer")]
        after = "\n\n" + "\n".join([*lines, say("melding_door_nummer", nummer=report.reference)])
        return report.text[: _LONGEST - len(after)] + after

    async def _get(self, path: str) -> httpx.Response:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._client.get(path)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise ElsewhereUnavailable(type(error).__name__) from error

    async def _send(self, path: str, json: Mapping[str, Any] | None = None, files: Any = None) -> httpx.Response:
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.post(path, json=json, files=files)
        except _NOT_SENT as error:
            raise ElsewhereUnavailable(type(error).__name__) from error
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise ElsewhereUnsure(type(error).__name__) from error
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise ElsewhereUnavailable("http_429", _seconds(response))
        if response.is_client_error or response.is_redirect:
            # What it says may repeat what the citizen wrote: only the status is kept.
            raise ElsewhereRefuses(f"http_{response.status_code}")
        if not response.is_success:
            raise ElsewhereUnsure(f"http_{response.status_code}")
        return response


def _path_of(category: str) -> str:
    main, _, sub = category.partition("/")
    return f"{_ROOT}/terms/categories/{main}/sub_categories/{sub}"


def _read(response: httpx.Response) -> _Signal:
    try:
        return _Signal.model_validate_json(response.content)
    except ValidationError:
        raise ElsewhereUnsure("nonsense") from None


def _checked(id_: str) -> str:
    """The id as part of an address: it came from outside."""
    if not _ID.fullmatch(id_):
        raise ElsewhereRefuses("not an id")
    return id_


def _seconds(response: httpx.Response) -> float | None:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isdigit() else None
