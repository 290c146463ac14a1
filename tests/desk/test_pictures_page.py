"""A picture from the citizen's page to the agent's, in real Chromiums with the real gateway between them."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.desk.conftest import Town
from tests.desk.pages import agent_of, citizen_of, violations
from tests.desk.test_reports import a_picture

pytestmark = pytest.mark.browser


async def test_a_citizen_shows_the_agent_a_picture_who_sees_it_small_and_large_by_keyboard(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await citizen_of(browser, town, "ik wil een mens spreken over deze brief")
    await expect(citizen.page.get_by_role("button", name="Foto toevoegen")).to_have_count(0)
    await citizen.wants_a_person(town)
    await agent.page.get_by_role("region", name="Wachtrij").get_by_role("button", name="Neem de volgende").click()
    await expect(agent.box).to_be_focused()
    async with citizen.page.expect_file_chooser() as chooser:
        await citizen.page.get_by_role("button", name="Foto toevoegen").click()
    await (await chooser.value).set_files({"name": "brief.png", "mimeType": "image/png", "buffer": a_picture()})
    shown = agent.said("citizen").last.get_by_role("img", name="Foto 1 van 1 van de inwoner")
    await expect(shown).to_have_js_property("naturalWidth", 40)
    await expect(citizen.page.get_by_role("button", name="Foto toevoegen")).to_be_visible()
    assert await violations(agent.page) == []
    assert await violations(citizen.page) == []
    async with agent.page.context.expect_page() as opened:
        await agent.said("citizen").last.get_by_role("link", name="Foto 1 van 1").press("Enter")
    large = await opened.value
    await expect(large.locator("img")).to_have_js_property("naturalWidth", 40)
