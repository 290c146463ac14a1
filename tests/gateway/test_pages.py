"""The built front end over the line: small, and not sent again to who has it."""

from __future__ import annotations

import gzip
import itertools
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic

from bot.gateway import pages
from tests.serving import serving

SCRIPT = "// é\n" + "chat.open();\n" * 500

_numbers = itertools.count()


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a build."""
    (tmp_path / "widget.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "dot.png").write_bytes(os.urandom(300))
    monkeypatch.setattr(pages, "WEB", tmp_path)
    return tmp_path


@pytest.fixture
async def http(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    app: Sanic[Any, Any] = Sanic(f"pages-{next(_numbers)}", configure_logging=False)
    app.blueprint(pages.blueprint.copy(f"pages-{next(_numbers)}"))
    async with serving(app) as address, httpx.AsyncClient(base_url=address, timeout=30) as client:
        yield client


async def raw(http: httpx.AsyncClient, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer, and its body as it came over the line."""
    async with http.stream("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}) as response:
        return response, b"".join([piece async for piece in response.aiter_raw()])


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8"])
async def test_the_widget_goes_packed_to_a_browser_that_can_unpack_it(http: httpx.AsyncClient, accepted: str) -> None:
    response, body = await raw(http, "/widget.js", accept_encoding=accepted)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(body) < len(SCRIPT) / 10
    assert gzip.decompress(body).decode() == SCRIPT


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br, gzip; q=0.0, deflate", "x-gzip-like"])
async def test_it_goes_as_it_is_to_who_cannot(http: httpx.AsyncClient, accepted: str) -> None:
    response, body = await raw(http, "/widget.js", accept_encoding=accepted)
    assert "content-encoding" not in response.headers
    assert body.decode() == SCRIPT


async def test_a_browser_that_has_the_widget_does_not_get_it_again_until_it_is_built_anew(http: httpx.AsyncClient, built: Path) -> None:
    first = await http.get("/widget.js")
    assert first.headers["cache-control"] == "no-cache"
    again, body = await raw(http, "/widget.js", if_none_match=first.headers["etag"])
    assert (again.status_code, body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    (built / "widget.js").write_text("chat.close();", encoding="utf-8")
    newer = await http.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (newer.status_code, newer.text) == (200, "chat.close();")


async def test_what_gzip_makes_no_smaller_goes_as_it_is(http: httpx.AsyncClient) -> None:
    response, body = await raw(http, "/assets/dot.png", accept_encoding="gzip")
    assert "content-encoding" not in response.headers
    assert (response.headers["content-type"], len(body)) == ("image/png", 300)


@pytest.mark.parametrize("path", ["/assets/absent.js", "/assets/%2e%2e/widget.js", "/assets/..%2fwidget.js"])
async def test_what_is_not_in_the_folder_does_not_exist(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404
