"""The widget in every state and every look: `python -m bench.widget`; writes bench/results/widget.md and docs/images/widget.

A real Chromium shows the built widget to a scripted gateway; axe-core looks at each state in each look. The pictures are of eight
states on a desktop and a phone. Needs `npm run build` in web/ first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

from tests.web.citizen import Citizen
from tests.web.running import DIST, UNBROKEN, Gateway, chromium, running_gateway
from tests.web.states import LOOKS, STATES, Look

_ROOT = Path(__file__).resolve().parents[1]
_RESULTS = _ROOT / "bench" / "results" / "widget.md"
_IMAGES = _ROOT / "docs" / "images" / "widget"
_LIMIT = 35 * 1024
"""Bytes of gzip that a citizen's phone may have to fetch."""

_PATIENCE = 30_000
"""Milliseconds for a state to be reached on a machine with other things to do."""

_DESKTOP = {"viewport": {"width": 1024, "height": 720}}
_PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
_PICTURES = {
    "welcome": "welkom",
    "answer with buttons": "antwoord",
    "times to choose": "tijden",
    "waiting in the queue": "wachtrij",
    "with a person": "medewerker",
    "privacy and consent": "privacy",
    "menu": "menu",
    "code for WhatsApp": "whatsapp",
}


def main() -> int:
    """Measure, draw and write; 1 when there is any violation or the bundle is too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures-only", action="store_true", help="leave the report as it is")
    only_pictures = parser.parse_args().pictures_only
    expect.set_options(timeout=_PATIENCE)
    with running_gateway() as gateway, chromium() as browser:
        _draw(browser, gateway)
        if only_pictures:
            return 0
        found = {look: {state: _look(browser, gateway, settings, state) for state in STATES} for look, settings in LOOKS.items()}
        version = browser.version
    size = len(gzip.compress((DIST / "widget.js").read_bytes(), 9))
    _RESULTS.write_text(_report(found, size, version), encoding="utf-8")
    bad = [line for states in found.values() for lines in states.values() for line in lines]
    print(*bad, sep="\n")
    return 1 if bad or size > _LIMIT else 0


def _context(browser: Browser, gateway: Gateway, **settings: object) -> BrowserContext:
    context = browser.new_context(base_url=gateway.url, locale="nl-NL", timezone_id="Europe/Amsterdam", **settings)  # type: ignore[arg-type]
    context.set_default_timeout(_PATIENCE)
    return context


def _look(browser: Browser, gateway: Gateway, look: Look, state: str) -> list[str]:
    """What axe finds, and what sticks out."""
    gateway.control(**UNBROKEN)
    context = _context(browser, gateway, **look.browser)
    try:
        citizen = Citizen(context.new_page()).visit(look.path)
        if look.script:
            citizen.page.evaluate(look.script)
        STATES[state](citizen, gateway)
        return citizen.violations() + [f"sticks out: {box}" for box in citizen.overflow()]
    finally:
        context.close()


def _draw(browser: Browser, gateway: Gateway) -> None:
    _IMAGES.mkdir(parents=True, exist_ok=True)
    for device, settings in {"desktop": _DESKTOP, "telefoon": _PHONE}.items():
        for state, name in _PICTURES.items():
            gateway.control(**UNBROKEN)
            context = _context(browser, gateway, reduced_motion="reduce", **settings)
            citizen = Citizen(context.new_page()).visit()
            STATES[state](citizen, gateway)
            citizen.page.wait_for_timeout(300)
            citizen.page.screenshot(path=_IMAGES / f"{device}-{name}.png")
            context.close()


def _report(found: dict[str, dict[str, list[str]]], size: int, chromium_version: str) -> str:
    looks = list(found)
    rows = [f"| {state} | " + " | ".join(str(len(found[look][state])) for look in looks) + " |" for state in STATES]
    axe = json.loads((_ROOT / "web" / "node_modules" / "axe-core" / "package.json").read_text(encoding="utf-8"))["version"]
    total = sum(len(lines) for states in found.values() for lines in states.values())
    return "\n".join([
        "# The widget",
        "",
        f"`make widget-report`, {datetime.now(UTC):%-d %B %Y}: Chromium {chromium_version}, axe-core {axe}, the rules of WCAG 2.0, 2.1",
        "and 2.2, levels A and AA, and the best practices, on the whole page with the widget in it. The gateway is scripted",
        "(tests/web/fake_gateway.py).",
        "",
        f"- `widget.js`: **{size / 1024:.1f} KiB** gzip of {_LIMIT // 1024} allowed, all in, with both languages",
        f"- violations of axe and parts that stick out: **{total}** in {len(STATES)} states × {len(looks)} looks",
        "",
        "| state | " + " | ".join(looks) + " |",
        "|---|" + "---|" * len(looks),
        *rows,
        "",
        "*No theme* is a bare page with the widget's own colours; all others stand on the demo page with its BUCH-like theme.",
        "Pictures of eight states on a desktop and on a phone: docs/images/widget.",
        "",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
