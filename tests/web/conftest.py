"""Starts the fake gateway and Chromium once, and gives each test a fresh browser context."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.running import UNBROKEN, Gateway, chromium
from tests.web.running import running_gateway as gateway_of_all

expect.set_options(timeout=15_000)  # a busy machine is slow; what never comes still fails


@pytest.fixture(scope="session")
def running_gateway() -> Iterator[Gateway]:
    with gateway_of_all() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def gateway(running_gateway: Gateway) -> Iterator[Gateway]:
    running_gateway.control(**UNBROKEN)
    yield running_gateway
    running_gateway.control(**UNBROKEN)


@pytest.fixture
def context(browser: Browser, gateway: Gateway) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=gateway.url, locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1024, "height": 768}
    )
    context.set_default_timeout(15_000)
    context.set_default_navigation_timeout(30_000)  # a machine with other things to do is slow to serve a page, not wrong
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any script error or refused style fails the test."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert problems == []
