"""The pages of a citizen and of agents in real Chromiums, with the real gateway between them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.handoff.queueing import Queue
from bot.model.people import HandoffRequest, Role
from bot.settings import ROOT
from tests.desk.conftest import PASSWORD, Town

AXE = Path(ROOT) / "web" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map(({id, nodes}) => `${id}: ${nodes.map(node => node.target).join(" ")}`)"""


async def visit(browser: Browser, town: Town, path: str) -> Page:
    """A page of somebody with a browser of their own, on which any script error fails the test."""
    context = await browser.new_context(base_url=town.address, locale="nl-NL", viewport={"width": 1024, "height": 768})
    context.set_default_timeout(15_000)
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    await page.goto(path)
    return page


expect.set_options(timeout=15_000)  # a busy machine is slow; what never comes still fails


class Citizen:
    """Somebody with the chat of the website."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.get_by_role("textbox", name="Uw bericht")
        self.status = page.locator("#wegwijs-panel header")
        self.id: UUID | None = None

    async def begin(self, text: str) -> Citizen:
        async with self.page.expect_response(lambda answer: answer.url.endswith("/api/v1/conversations")) as made:
            await self.page.locator(".launcher").click()
            await self.say(text)
        self.id = UUID((await (await made.value).json())["id"])
        # Shown at once, but only stored when it has a number: what a test lets the bot say next must come after it.
        await expect(self.page.locator("li.message.citizen[data-seq]").last).to_contain_text(text)
        return self

    async def say(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    def said(self, author: str) -> Locator:
        return self.page.locator(f"li.message.{author}")

    async def wants_a_person(self, town: Town) -> None:
        """What the engine's reply does in the whole house."""
        assert self.id is not None
        async with town.house.database.transaction() as connection:
            request = HandoffRequest(product="paspoort", reason="De inwoner vraagt om een medewerker.")
            await Queue(town.house.library, town.house.clock).ask(connection, self.id, request)


class Agent:
    """Somebody at the desk."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.get_by_label("Uw antwoord")
        self.queue = page.get_by_role("region", name="Wachtrij").get_by_role("listitem")
        self.mine = page.get_by_role("region", name="Mijn gesprekken").get_by_role("listitem")

    async def sign_in(self, email: str) -> Agent:
        await self.page.get_by_label("E-mailadres").fill(email)
        await self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        await self.page.get_by_role("button", name="Inloggen", exact=True).click()
        await self.page.get_by_label("Uw aanwezigheid").select_option("Beschikbaar")
        await expect(self.page.get_by_role("log", name="Melding")).to_contain_text("Uw aanwezigheid is nu: Beschikbaar.")
        return self

    async def act(self, title: str, confirm: str, *chosen: str) -> None:
        group = self.page.get_by_role("group", name="Wat u met dit gesprek kunt doen")
        await group.get_by_role("button", name=title, exact=True).click()
        for choice in chosen:
            await self.page.get_by_label(choice).check()
        await self.page.get_by_role("dialog").get_by_role("button", name=confirm).click()
        await expect(self.page.get_by_role("dialog")).to_have_count(0)

    def said(self, author: str) -> Locator:
        return self.page.locator(f".message.{author}")


async def citizen_of(browser: Browser, town: Town, text: str) -> Citizen:
    return await Citizen(await visit(browser, town, "/?gemeente=castricum")).begin(text)


async def agent_of(browser: Browser, town: Town, email: str, name: str, role: Role = "agent") -> Agent:
    await town.account(email, role, name=name)
    return await Agent(await visit(browser, town, "/desk")).sign_in(email)


async def violations(page: Page) -> list[str]:
    """What a checker of accessibility finds on the page as it is now."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    return list(await page.evaluate(VIOLATIONS))
