"""A small HTTP server that answers as an OpenPDC site and as Open Product do, page by page, and that can be out of order."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.knowledge.exchange.samples import CONTENT, CURRENT_PRICES, PDC_ITEMS, PRODUCT_TYPES

TOKEN = "geheim-token"


class FakeCatalogues:
    """What the server was asked, and what it should do wrong: `failures` are the statuses of its first answers."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[str] = []
        self.failures: list[int] = []
        self.page_size = 2
        self.hostile_next: str | None = None

    def answer(self, target: str, headers: Any) -> tuple[int, Any]:
        self.asked.append(target)
        if self.failures:
            return self.failures.pop(0), {"detail": "even niet"}
        url = urlsplit(target)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        if url.path == "/wp-json/owc/pdc/v1/items":
            return 200, self._pdc(query)
        if not url.path.startswith("/producttypen/api/v1/"):
            return 404, {"detail": "niet gevonden"}
        if headers.get("Authorization") != f"Token {TOKEN}":
            return 401, {"detail": "Authenticatiegegevens zijn niet opgegeven."}
        return self._open_product(url.path.removeprefix("/producttypen/api/v1/"), query)

    def _pdc(self, query: dict[str, str]) -> Any:
        size, page = min(int(query.get("limit", 10)), self.page_size), int(query.get("page", 1))
        pages = -(-len(PDC_ITEMS) // size)
        data = PDC_ITEMS[(page - 1) * size : page * size]
        return {"data": data, "pagination": {"total_count": len(PDC_ITEMS), "total_pages": pages, "current_page": page, "limit": size}}

    def _open_product(self, resource: str, query: dict[str, str]) -> tuple[int, Any]:
        if resource == "producttypen/actuele-prijzen":
            return 200, CURRENT_PRICES
        items = {"producttypen": PRODUCT_TYPES, "content": CONTENT}[resource]
        page = int(query.get("page", 1))
        following = None
        if page < len(items):
            following = self.hostile_next or f"http://intern/producttypen/api/v1/{resource}?page={page + 1}"
        return 200, {"count": len(items), "next": following, "previous": None, "results": items[page - 1 : page]}


@contextmanager
def serving() -> Iterator[FakeCatalogues]:
    """The server, on a free port of this machine."""
    fake = FakeCatalogues()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, value = fake.answer(self.path, self.headers)
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Be silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
