"""The widget on somebody's website: its theme, its next page, and nothing fetched from anybody else."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.citizen import Citizen

pytestmark = pytest.mark.browser

THEMES = {
    "none": ("/site", {}, "rgb(20, 80, 125)"),
    "BUCH": ("/?gemeente=castricum", {}, "rgb(11, 85, 99)"),
    "another municipality": ("/site", {"--utrecht-button-primary-action-background-color": "#7b1f5c"}, "rgb(123, 31, 92)"),
    "for the chat alone": ("/site", {"--utrecht-button-primary-action-background-color": "#7b1f5c",
                                     "--wegwijs-chat-primary-background-color": "#234600"}, "rgb(35, 70, 0)"),
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_of_the_site_dresses_the_chat_without_a_rebuild(page: Page, theme: str):
    path, tokens, colour = THEMES[theme]
    page.route("**/api/v1/widget**", lambda route: route.fulfill(json={}))  # the municipality chose no colours itself
    citizen = Citizen(page).visit(path)
    page.evaluate(
        "tokens => Object.entries(tokens).forEach(([name, value]) => document.documentElement.style.setProperty(name, value))", tokens
    )
    assert citizen.launcher.evaluate("button => getComputedStyle(button).backgroundColor") == colour
    citizen.greeted()
    assert page.locator(".header").evaluate("header => getComputedStyle(header).backgroundColor") == colour
    assert citizen.violations() == []


def test_the_talk_goes_on_at_the_next_page(page: Page, gateway):
    citizen = Citizen(page).visit("/site").greeted()
    citizen.ask("paspoort", "persoonlijk")
    citizen.visit("/?gemeente=heiloo")
    expect(citizen.panel).to_be_visible()
    expect(citizen.said("citizen").locator(".typed")).to_have_text(["paspoort"])
    expect(citizen.choice("Kosten")).to_be_enabled()
    assert len(gateway.control()["talks"]) == 1


def test_nothing_is_fetched_from_anybody_else(page: Page, gateway):
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).netloc))
    citizen = Citizen(page).visit("/site").greeted()
    citizen.ask("paspoort", "persoonlijk")
    citizen.ask("aanval", "onerror")
    assert hosts == {urlsplit(gateway.url).netloc}


def test_on_a_phone_the_chat_fills_the_screen(page: Page):
    page.set_viewport_size({"width": 375, "height": 667})
    citizen = Citizen(page).visit("/site").greeted()
    assert citizen.panel.bounding_box() == {"x": 0, "y": 0, "width": 375, "height": 667}


def test_no_sound_is_made_until_somebody_asks_for_it(page: Page):
    page.add_init_script(
        "window.sounds = 0; window.AudioContext = class { constructor() { window.sounds += 1; throw new Error('no sound here'); } };"
    )
    citizen = Citizen(page).visit("/site").greeted()
    citizen.ask("paspoort", "persoonlijk")
    assert page.evaluate("window.sounds") == 0
    page.get_by_role("button", name="Meer mogelijkheden").click()
    page.get_by_role("button", name="Geluid bij nieuw bericht").click()
    page.keyboard.press("Escape")
    citizen.ask("kosten", "De kosten")
    assert page.evaluate("window.sounds") == 2  # one to let it be heard, one for the answer


def test_nothing_goes_away_by_itself_while_somebody_thinks(page: Page):
    page.clock.install()
    citizen = Citizen(page).visit("/site").greeted()
    citizen.ask("paspoort", "persoonlijk")
    citizen.box.fill("Ik typ langzaam")
    page.clock.run_for(30 * 60 * 1000)
    expect(citizen.box).to_have_value("Ik typ langzaam")
    expect(citizen.choice("Kosten")).to_be_enabled()
    expect(citizen.said("bot")).to_have_count(2)


def test_on_a_website_where_it_does_not_belong_nothing_shows(page: Page, gateway):
    refusal = {"error": "foreign_site", "message": "Deze website mag de chat van deze gemeente niet gebruiken."}
    page.route("**/api/v1/widget**", lambda route: route.fulfill(status=403, json=refusal))
    with page.expect_response("**/api/v1/widget**"):
        Citizen(page).visit("/site")
    expect(page.locator("wegwijs-chat .root")).to_be_attached()
    expect(page.get_by_role("button")).to_have_count(0)
