"""The demo page: clearly a demonstration, one municipality at a time, and a way into the chat."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.citizen import Citizen

pytestmark = pytest.mark.browser


def test_it_says_that_it_is_a_demonstration(page: Page):
    Citizen(page).visit()
    expect(page.get_by_text("Dit is geen website van een gemeente.")).to_be_visible()
    expect(page).to_have_title("Gemeente Castricum – demonstratie van Wegwijs")


def test_the_municipality_can_be_switched(page: Page):
    citizen = Citizen(page).visit()
    page.get_by_role("navigation", name="Kies een gemeente").get_by_role("link", name="Uitgeest").click()
    expect(page.locator("#naam")).to_have_text("Gemeente Uitgeest")
    citizen.greeted()
    expect(citizen.said("bot")).to_contain_text("gemeente Uitgeest")


def test_an_unknown_municipality_shows_the_first(page: Page):
    Citizen(page).visit("/?gemeente=%3Cscript%3E")
    expect(page.locator("#naam")).to_have_text("Gemeente Bergen (NH)")


def test_a_tile_asks_its_question_in_the_chat(page: Page):
    citizen = Citizen(page).visit()
    page.get_by_role("button", name="Hoe vraag ik een paspoort aan?").click()
    expect(citizen.said("citizen")).to_contain_text("Hoe vraag ik een paspoort aan?")
    expect(citizen.said("bot").last).to_contain_text("persoonlijk")
    expect(citizen.box).to_be_focused()


def test_the_large_button_opens_the_chat(page: Page):
    citizen = Citizen(page).visit()
    page.get_by_role("button", name="Stel uw vraag aan Wegwijs").click()
    citizen.greeted()


def test_on_a_wide_screen_the_chat_opens_itself_without_taking_the_focus(browser: Browser, gateway):
    context = browser.new_context(base_url=gateway.url, viewport={"width": 1440, "height": 900})
    citizen = Citizen(context.new_page()).visit()
    expect(citizen.panel).to_be_visible()
    expect(citizen.said("bot")).to_have_count(1)
    assert citizen.focused()["tag"] == "BODY"
    chat, tiles = citizen.panel.bounding_box(), citizen.page.locator(".tiles").bounding_box()
    assert tiles["x"] + tiles["width"] <= chat["x"]
    context.close()
