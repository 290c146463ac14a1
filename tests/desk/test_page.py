"""Two people at once in a real Chromium: a citizen with the widget, an agent with the desk, the real gateway between them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.desk.conftest import PASSWORD, Town
from tests.desk.pages import Agent, Citizen, agent_of, citizen_of, visit

pytestmark = pytest.mark.browser


async def test_an_agent_takes_over_talks_and_gives_back(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await citizen_of(browser, town, "ik wil een mens spreken over mijn paspoort")
    await citizen.wants_a_person(town)
    await expect(agent.queue).to_have_count(1)
    await agent.queue.get_by_role("button").click()
    await expect(agent.said("citizen")).to_contain_text("ik wil een mens spreken over mijn paspoort")
    await agent.page.get_by_role("button", name="Neem dit gesprek over").click()
    await expect(agent.mine).to_have_count(1)
    await expect(agent.queue).to_have_count(0)
    await expect(citizen.page.get_by_text("U chat met Joke Bakker, medewerker").first).to_be_visible()
    await both_ways(agent, citizen)
    await agent.act("Naar de bot", "Geef terug aan de bot")
    await expect(agent.mine).to_have_count(0)
    await expect(citizen.page.get_by_text("U chat met Joke Bakker, medewerker")).to_have_count(0)


async def both_ways(agent: Agent, citizen: Citizen) -> None:
    await agent.box.press_sequentially("Goedendag")
    await expect(citizen.page.get_by_text("De medewerker typt")).to_be_visible()
    await agent.box.fill("Goedendag, **waar** kan ik mee helpen?")
    await agent.box.press("Enter")
    await expect(citizen.said("agent")).to_contain_text("Goedendag, waar kan ik mee helpen?")
    await expect(agent.said("agent")).to_have_count(1)
    await expect(agent.said("agent")).to_contain_text("Joke Bakker")
    await citizen.say("is **dit** <b>veilig</b>?")
    await expect(agent.said("citizen").last).to_contain_text("is **dit** <b>veilig</b>?")
    await expect(agent.said("pending")).to_have_count(0)


async def test_a_closed_conversation_asks_how_it_went(browser: Browser, town: Town) -> None:
    agent = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    citizen = await citizen_of(browser, town, "ik wil een mens spreken")
    await citizen.wants_a_person(town)
    await agent.page.get_by_role("region", name="Wachtrij").get_by_role("button", name="Neem de volgende").click()
    await expect(agent.box).to_be_focused()
    await agent.act("Afronden", "Rond af", "Niet opgelost")
    await expect(agent.mine).to_have_count(0)
    await expect(citizen.page.get_by_text("Dit gesprek is afgerond").first).to_be_visible()
    await citizen.page.locator("li.message .choices button:enabled").first.click()
    assert citizen.id is not None
    await expect(citizen.said("citizen")).to_have_count(2)


async def test_two_agents_see_the_same_queue_and_one_wins(browser: Browser, town: Town) -> None:
    joke = await agent_of(browser, town, "joke@example.nl", "Joke Bakker")
    samira = await agent_of(browser, town, "samira@example.nl", "Samira Vos")
    key = await town.waiting("ik wil een mens")
    await expect(joke.queue).to_have_count(1)
    await samira.queue.get_by_role("button").click()
    await joke.queue.get_by_role("button").click()
    await joke.page.get_by_role("button", name="Neem dit gesprek over").click()
    await expect(joke.mine).to_have_count(1)
    await expect(samira.page.get_by_text("Joke Bakker praat met deze inwoner.")).to_be_visible()
    await expect(samira.queue).to_have_count(0)
    await joke.act("Doorzetten", "Zet door")  # to the first team of the list: back in the queue, with what was said
    await expect(samira.queue).to_have_count(1)
    row: Any = await town.house.office.board.conversation(key)
    assert row.owner == "queued"


async def test_a_new_colleague_comes_in_by_the_link_of_an_administrator(browser: Browser, town: Town) -> None:
    admin = await agent_of(browser, town, "pieter@example.nl", "Pieter Zand", "admin")
    await admin.page.get_by_role("link", name="Accounts").click()
    await admin.page.get_by_role("button", name="Nodig collega uit").click()
    dialog = admin.page.get_by_role("dialog")
    await dialog.get_by_label("Naam").fill("Tineke Schoon")
    await dialog.get_by_label("E-mailadres").fill("tineke@example.nl")
    await dialog.get_by_role("button", name="Maak link").click()
    address = await admin.page.locator(".secret").inner_text()
    newcomer = await visit(browser, town, address[address.index("/desk") :])
    await expect(newcomer.get_by_role("heading", name="Welkom, Tineke Schoon")).to_be_visible()
    await newcomer.get_by_label("Nieuw wachtwoord").fill("kort")
    await newcomer.get_by_role("button", name="Wachtwoord opslaan en beginnen").click()
    await expect(newcomer.get_by_role("alert")).to_be_visible()
    await newcomer.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    await newcomer.get_by_role("button", name="Wachtwoord opslaan en beginnen").click()
    await expect(newcomer.get_by_role("heading", name="Goedendag, Tineke")).to_be_visible()
    await newcomer.reload()
    await expect(newcomer.get_by_role("heading", name="Goedendag, Tineke")).to_be_visible()
    await newcomer.get_by_role("button", name="Uitloggen").click()
    await expect(newcomer.get_by_role("heading", name="Inloggen op de werkplek")).to_be_visible()
