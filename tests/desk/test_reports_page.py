"""Reports about public space in a real Chromium, with the real gateway behind the desk."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.desk.conftest import Town
from tests.desk.pages import agent_of, violations
from tests.desk.test_reports import reported

pytestmark = pytest.mark.browser


async def test_a_report_comes_in_is_looked_at_and_is_handled(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    page = agent.page
    link = page.get_by_role("navigation", name="Onderdelen").get_by_role("link", name="Meldingen")
    await link.click()
    await expect(page.get_by_text("Er staan geen meldingen open.")).to_be_visible()
    made = await reported(town, "De bank in het park is <b>stuk</b>", pictures=2, email="g.visser@example.nl")
    card = page.locator(".card")
    await expect(card).to_contain_text("De bank in het park is <b>stuk</b>")
    await expect(link).to_contain_text("1")
    await card.get_by_role("link").click()
    await expect(page.get_by_role("heading", name=f"Melding {made.reference}")).to_be_focused()
    pictures = page.get_by_role("img", name="van de inwoner")
    await expect(pictures).to_have_count(2)
    await expect(pictures.first).to_have_js_property("naturalWidth", 40)

    assert await violations(page) == []
    await page.get_by_role("button", name="Handel af").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("g.visser@example.nl")
    await dialog.get_by_role("button", name="Handel af").click()
    await expect(page.get_by_text("Er staan geen meldingen open.")).to_be_visible()
    assert (await town.house.reports.report(made.id)).state == "handled"
