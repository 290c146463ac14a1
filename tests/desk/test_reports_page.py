"""Reports about public space in a real Chromium, with the real gateway behind the desk."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from bot.model.conversation import Reply
from bot.model.report import ReportDraft
from bot.store import messages
from bot.store.database import announce
from tests.desk.conftest import Town
from tests.desk.pages import Citizen, agent_of, citizen_of, violations
from tests.desk.test_reports import a_picture, reported

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


async def asked(town: Town, citizen: Citizen, question: str, wanted: str) -> None:
    """The bot asks to be shown something."""
    assert citizen.id is not None
    async with town.house.database.transaction() as connection:
        await messages.add_reply(connection, citizen.id, Reply(question, meta={"input": wanted}))
        await announce(connection, citizen.id)


async def test_what_a_citizen_shows_on_the_website_is_what_the_agent_sees(browser: Browser, town: Town) -> None:
    citizen = await citizen_of(browser, town, "de bank in het park is stuk")
    assert citizen.id is not None
    await town.bench.speak_of(citizen.id, "melding-openbare-ruimte")
    await citizen.page.context.grant_permissions(["geolocation"])
    await citizen.page.context.set_geolocation({"latitude": 52.571, "longitude": 4.694})
    await asked(town, citizen, "Waar is het precies?", "place")
    await citizen.page.get_by_role("button", name="Deel mijn locatie").click()
    await expect(citizen.said("citizen").last).to_contain_text("Limmen")
    await asked(town, citizen, "Wilt u een foto meesturen?", "picture")
    async with citizen.page.expect_file_chooser() as chooser:
        await citizen.page.get_by_role("button", name="Foto toevoegen").click()
    await (await chooser.value).set_files({"name": "bank.png", "mimeType": "image/png", "buffer": a_picture()})
    await expect(citizen.said("citizen")).to_have_count(3)
    gathered = await town.house.reports.gathered(citizen.id)
    assert gathered.place is not None
    draft = ReportDraft(citizen.id, "castricum", "melding-openbare-ruimte", "De bank is stuk", gathered.place, gathered.pictures)
    made = await town.house.reports.hand_in("1", draft)
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    await agent.page.get_by_role("link", name="Meldingen").click()
    await agent.page.locator(".card").get_by_role("link").click()
    await expect(agent.page.get_by_role("heading", name=made.reference)).to_be_visible()
    await expect(agent.page.get_by_text("52.57100, 4.69400")).to_be_visible()
    await expect(agent.page.get_by_role("img", name="van de inwoner")).to_have_js_property("naturalWidth", 40)
