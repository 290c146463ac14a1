"""Reads a file or an address, with limits: nothing endless, nothing huge, and every failure says what to do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from bot.knowledge.exchange.errors import ExchangeError
from bot.settings import Secret

MAX_BYTES = 20_000_000
MAX_PAGES = 500
MAX_SECONDS = 60.0
"""How long one answer may take altogether."""

_TIMEOUT = httpx.Timeout(20.0, connect=5.0)
_WAITS = (0.5, 2.0)
"""Seconds before the second and the third try; there is no fourth."""

_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class Origin:
    """Where an import comes from: the path of a file, or an address that begins with http."""

    def __init__(
        self,
        where: str,
        token: Secret | None = None,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Read from `where`; `token` is sent along to the address as `Authorization: Token …`."""
        self.where = where
        self._headers = {"Authorization": f"Token {token.reveal()}"} if token else {}
        self._transport = transport
        self._wait = wait

    @property
    def is_url(self) -> bool:
        """Whether this is an address and not a file."""
        return self.where.lower().startswith(("http://", "https://"))

    def content(self) -> bytes:
        """The whole file, or the answer of the address; raises ExchangeError."""
        if self.is_url:
            return self.get(self.where)
        path = Path(self.where)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise ExchangeError(f"{self.where}: larger than {MAX_BYTES // 1_000_000} MB; give a smaller part of the catalogue")
            return path.read_bytes()
        except OSError as error:
            raise ExchangeError(f"{self.where}: cannot be read ({error.strerror}); check the path") from error

    def json(self) -> Any:
        """The JSON of the file or the address; raises ExchangeError."""
        return parse_json(self.content(), self.where)

    def get(self, url: str) -> bytes:
        """The answer of `url`, tried three times; raises ExchangeError."""
        with httpx.Client(timeout=_TIMEOUT, headers=self._headers, follow_redirects=True, transport=self._transport) as client:
            for seconds in (*_WAITS, None):
                try:
                    status, content = _fetch(client, url)
                except httpx.TransportError as error:
                    status, content = 0, str(error).encode()
                except (httpx.InvalidURL, httpx.TooManyRedirects) as error:
                    raise ExchangeError(f"{url}: {error}; check the address") from error
                if status != 0 and status not in _TRY_AGAIN:
                    break
                if seconds is not None:
                    self._wait(seconds)
        if status == 0:
            raise ExchangeError(f"{url}: no answer ({content.decode(errors='replace')}); check the address, or try again later")
        if status != httpx.codes.OK:
            raise ExchangeError(f"{url}: answered with {status}; {_advice(status)}")
        return content

    def pages(self, url: str) -> Iterator[Any]:
        """Every page of a list that names its `next` one; only the query of `next` is believed, so that no other host is asked."""
        address = httpx.URL(url)
        seen: set[str] = set()
        while str(address) not in seen:
            if len(seen) == MAX_PAGES:
                raise ExchangeError(f"{url}: more than {MAX_PAGES} pages; ask for larger pages or for a part of the catalogue")
            seen.add(str(address))
            page = parse_json(self.get(str(address)), str(address))
            yield page
            following = page.get("next") if isinstance(page, dict) else None
            if not isinstance(following, str) or not following:
                return
            address = address.copy_with(query=httpx.URL(following).query)


def parse_json(content: bytes, where: str) -> Any:
    """The value in `content`; raises ExchangeError with the line of the mistake."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        message = f"{where}: this is not JSON (line {error.lineno}: {error.msg}); give the answer of the API as it was saved"
        raise ExchangeError(message) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ExchangeError(f"{where}: this is not readable JSON; give the answer of the API as it was saved, in UTF-8") from error


def _fetch(client: httpx.Client, url: str) -> tuple[int, bytes]:
    started = time.monotonic()
    parts: list[bytes] = []
    size = 0
    with client.stream("GET", url) as response:
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                raise ExchangeError(f"{url}: the answer is larger than {MAX_BYTES // 1_000_000} MB; ask for a part of the catalogue")
            if time.monotonic() - started > MAX_SECONDS:
                raise ExchangeError(f"{url}: the answer takes more than {MAX_SECONDS:.0f} seconds; try again later")
    return response.status_code, b"".join(parts)


def _advice(status: int) -> str:
    if status in (401, 403):
        return "it needs a token: set EXCHANGE_TOKEN to one that may read"
    if status == 404:
        return "check the address"
    return "try again later" if status in _TRY_AGAIN else "check the address and what it expects"
