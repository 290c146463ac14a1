"""What a citizen and an agent do together in real Chromiums, and that no state of it keeps anybody out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.async_api import Browser, expect
from pyotp import TOTP
from sqlalchemy import select

from bot.store.people_tables import rating
from tests.desk.conftest import PASSWORD, Town
from tests.desk.pages import Agent, Citizen, agent_of, citizen_of, violations, visit

pytestmark = pytest.mark.browser


async def in_talk(browser: Browser, town: Town, agent: Agent, text: str = "ik wil een mens spreken") -> Citizen:
    """A citizen whose conversation this agent has just taken."""
    citizen = await citizen_of(browser, town, text)
    await citizen.wants_a_person(town)
    await agent.page.get_by_role("region", name="Wachtrij").get_by_role("button", name="Neem de volgende").click()
    await expect(agent.page.locator("#antwoord")).to_be_focused()
    return citizen


async def test_each_sees_that_the_other_types_and_the_agent_what_is_read(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await in_talk(browser, town, agent)
    await citizen.box.press_sequentially("ik typ dit maar stuur het niet")
    await expect(agent.page.get_by_text("De inwoner typt…")).to_be_visible()
    await expect(agent.page.get_by_text("ik typ dit maar stuur het niet")).to_have_count(0)
    await expect(agent.page.get_by_text("De inwoner typt…")).to_have_count(0, timeout=15_000)  # it ends by itself
    await agent.box.fill("Leest u dit?")
    await agent.box.press("Enter")
    await expect(agent.said("agent").last.locator(".state")).to_have_text("gelezen")
    assert await violations(agent.page) == []
    assert await violations(citizen.page) == []


async def test_a_template_found_with_a_slash_reaches_the_citizen_with_the_name(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await in_talk(browser, town, agent)
    await agent.box.press_sequentially("/begroet")
    await expect(agent.page.get_by_role("listbox", name="Sjablonen")).to_be_visible()
    assert await violations(agent.page) == []
    await agent.box.press("Enter")
    await agent.box.press("Enter")
    await expect(citizen.said("agent")).to_contain_text("Goedendag, u spreekt met Joke Bakker.")


async def test_a_closed_conversation_is_judged_once_by_the_citizen(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await in_talk(browser, town, agent)
    await agent.act("Afronden", "Rond af", "Beantwoord")
    await expect(citizen.page.locator("li.message").get_by_text("Hoe vond u dit gesprek?")).to_be_visible()
    assert await violations(citizen.page) == []
    await citizen.page.get_by_role("button", name="Heel goed").click()
    await expect(citizen.page.locator("li.message").get_by_text("Dank u wel.")).to_be_visible()
    async with town.house.database.transaction() as connection:
        assert list((await connection.execute(select(rating.c.score))).scalars()) == [5]
    assert await violations(agent.page) == []


async def test_forwarded_to_a_colleague_with_a_note_and_the_citizen_hears_who_it_is(browser: Browser, town: Town) -> None:
    joke = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await in_talk(browser, town, joke, "mijn verhuizing klopt niet")
    samira = await agent_of(browser, town, "samira@example.nl", "Samira Vos")
    await joke.page.get_by_role("group", name="Wat u met dit gesprek kunt doen").get_by_role("button", name="Doorzetten").click()
    dialog = joke.page.get_by_role("dialog")
    await expect(dialog.get_by_role("option", name="Samira Vos")).to_be_attached()
    await dialog.get_by_label("Naar").select_option(label=await dialog.get_by_role("option", name="Samira Vos").inner_text())
    await dialog.get_by_label("Notitie voor wie het overneemt").fill("Adres is al nagekeken.")
    assert await violations(joke.page) == []
    await dialog.get_by_role("button", name="Zet door").click()
    await expect(joke.mine).to_have_count(0)
    await expect(samira.mine).to_have_count(1)
    await samira.mine.get_by_role("button").click()
    await expect(samira.said("citizen")).to_contain_text("mijn verhuizing klopt niet")
    await expect(samira.page.get_by_text("Adres is al nagekeken.")).to_be_visible()
    await expect(citizen.page.get_by_text("U chat met Samira Vos, medewerker").first).to_be_visible()
    await expect(citizen.page.get_by_text("Adres is al nagekeken.")).to_have_count(0)


async def test_a_promised_call_stands_in_the_list_of_every_agent(browser: Browser, town: Town) -> None:
    joke = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await in_talk(browser, town, joke)
    samira = await agent_of(browser, town, "samira@example.nl", "Samira Vos")
    await samira.page.keyboard.press("Alt+l")
    await joke.page.keyboard.press("Alt+t")
    dialog = joke.page.get_by_role("dialog", name="Terugbellen afspreken")
    await dialog.get_by_label("Naam").fill("Els Visser")
    await dialog.get_by_label("Telefoonnummer").fill("0612345678")
    await dialog.get_by_label("Waarover").fill("Paspoort")
    await dialog.get_by_role("button", name="Leg vast").click()
    await expect(samira.page.locator(".card")).to_contain_text("Els Visser")
    assert await violations(samira.page) == []
    await joke.box.press("Enter")  # the text with day and number stands in the reply already
    await expect(citizen.said("agent")).to_contain_text("Wij bellen u uiterlijk")


async def test_two_citizens_next_to_each_other_each_get_their_own_answer(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    await agent.page.set_viewport_size({"width": 1920, "height": 1000})
    els = await in_talk(browser, town, agent, "hier is Els")
    jan = await in_talk(browser, town, agent, "hier is Jan")
    panes = agent.page.locator("article.conversation")
    await expect(panes).to_have_count(2)
    for citizen, name in ((els, "Els"), (jan, "Jan")):
        pane = panes.filter(has_text=f"hier is {name}")
        await pane.get_by_label("Uw antwoord").fill(f"Dag {name}")
        await pane.get_by_label("Uw antwoord").press("Enter")
        await expect(citizen.said("agent")).to_have_count(1)
        await expect(citizen.said("agent")).to_contain_text(f"Dag {name}")
    await els.say("nog een vraag van Els")
    await expect(panes.filter(has_text="hier is Els")).to_contain_text("nog een vraag van Els")
    assert await violations(agent.page) == []


@pytest.mark.parametrize("environment", [{"DESK_TOTP_WANTED": "true"}])
async def test_who_must_have_a_second_step_sets_it_up_and_signs_in_with_it(
    browser: Browser,
    town: Town,
    environment: dict[str, str],
) -> None:
    await town.account("joke@example.nl", name="Joke Bakker")
    page = await visit(browser, town, "/desk")
    await page.get_by_label("E-mailadres").fill("joke@example.nl")
    await page.get_by_label("Wachtwoord").fill(PASSWORD)
    await page.get_by_role("button", name="Inloggen", exact=True).click()
    await page.get_by_role("button", name="Stel in").click()
    app = TOTP((await page.locator(".secret").inner_text()).replace(" ", ""))
    assert await violations(page) == []
    await page.get_by_label("Code uit de app").fill(app.at(town.bench.clock()))
    await page.get_by_role("button", name="Bevestig").click()
    await expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Ik heb ze bewaard").click()
    await page.get_by_role("button", name="Uitloggen").click()
    await page.get_by_label("E-mailadres").fill("joke@example.nl")
    await page.get_by_label("Wachtwoord").fill(PASSWORD)
    await page.get_by_role("button", name="Inloggen", exact=True).click()
    town.bench.clock.move(timedelta(minutes=1))
    await page.get_by_label("Code van 6 cijfers").fill(app.at(town.bench.clock()))
    await page.get_by_role("button", name="Inloggen", exact=True).click()
    await expect(page.get_by_role("heading", name="Goedendag, Joke")).to_be_visible()


@pytest.mark.parametrize("size", [{"width": 683, "height": 384}, {"width": 320, "height": 640}], ids=["zoom 200 %", "320 px"])
async def test_with_little_room_a_talk_goes_to_its_end(browser: Browser, town: Town, size: dict[str, int]) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    await agent.page.set_viewport_size({"width": size["width"], "height": size["height"]})
    citizen = await in_talk(browser, town, agent)
    await agent.box.fill("Goedendag")
    await agent.box.press("Enter")
    await expect(citizen.said("agent")).to_contain_text("Goedendag")
    assert await violations(agent.page) == []
    assert not await agent.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    await agent.page.keyboard.press("Alt+b")
    await agent.page.get_by_role("dialog").get_by_role("button", name="Geef terug aan de bot").click()
    await expect(citizen.page.get_by_text("U chat met Joke Bakker, medewerker")).to_have_count(0)
    assert citizen.id is not None
    row = await town.house.office.board.conversation(UUID(str(citizen.id)))
    assert row is not None
    assert row.owner == "bot"
