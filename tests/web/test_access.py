"""Everybody can use it: keyboard, screen reader, small screens, large text, other colours."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.citizen import Citizen
from tests.web.states import LOOKS, STATES

pytestmark = pytest.mark.browser


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit()


def tab_to(citizen: Citizen, text: str, key: str = "Tab") -> None:
    """Press the key until the element with this text has the focus; each stop must show where the focus is."""
    for _ in range(40):
        citizen.page.keyboard.press(key)
        focused = citizen.focused()
        assert focused["ring"], f"no visible focus on {focused}"
        if focused["text"] == text:
            return
    pytest.fail(f"no way to {text} with {key}")


def test_the_keyboard_alone_is_enough(citizen):
    page = citizen.page
    expect(page.get_by_role("link", name="Heiloo")).to_be_visible()
    tab_to(citizen, "Stel uw vraag")
    page.keyboard.press("Enter")
    expect(citizen.box).to_be_focused()
    expect(citizen.said("bot")).to_have_count(1)
    page.keyboard.type("Ik wil een paspoort")
    page.keyboard.press("Enter")
    expect(citizen.choice("Kosten")).to_be_enabled()
    tab_to(citizen, "Kosten", "Shift+Tab")
    page.keyboard.press("Space")
    expect(citizen.said("bot").last).to_contain_text("De kosten")
    expect(citizen.box).to_be_focused()
    page.keyboard.press("Escape")
    expect(citizen.panel).to_be_hidden()
    expect(citizen.launcher).to_be_focused()


def test_on_a_wide_screen_the_chat_holds_nobody(citizen):
    citizen.greeted()
    expect(citizen.panel).to_have_role("region")
    citizen.page.keyboard.press("Tab")
    citizen.page.keyboard.press("Tab")
    assert not citizen.page.evaluate("document.activeElement.matches('wegwijs-chat')")


def test_where_the_chat_covers_the_page_it_is_a_dialog_that_keeps_the_focus(citizen):
    citizen.page.set_viewport_size({"width": 375, "height": 667})
    citizen.greeted()
    expect(citizen.panel).to_have_role("dialog")
    for key in ["Tab"] * 8 + ["Shift+Tab"] * 8:
        citizen.page.keyboard.press(key)
        assert citizen.page.evaluate("document.activeElement.matches('wegwijs-chat')")


def test_on_a_phone_no_keyboard_pops_up_by_itself(browser: Browser, gateway):
    context = browser.new_context(base_url=gateway.url, viewport={"width": 375, "height": 667}, is_mobile=True, has_touch=True)
    citizen = Citizen(context.new_page()).visit()
    citizen.launcher.tap()
    expect(citizen.page.get_by_role("heading", name="Wegwijs", exact=True)).to_be_focused()
    citizen.ask("paspoort", "persoonlijk")
    citizen.choice("Kosten").tap()
    expect(citizen.said("bot").last).to_contain_text("De kosten")
    assert citizen.focused()["cls"] == "message bot"
    context.close()


def test_each_answer_is_announced_once(citizen):
    citizen.greeted()
    expect(citizen.announced).to_have_count(1)
    citizen.ask("paspoort", "persoonlijk")
    expect(citizen.announced.last).to_contain_text("Wegwijs: Een paspoort vraagt u persoonlijk aan")
    expect(citizen.announced.last).to_contain_text("Keuzes: Kosten, Meenemen, Afspraak maken.")
    expect(citizen.announced).to_have_count(2)
    expect(citizen.log).to_have_attribute("aria-live", "off")  # or the log itself would say it too


def test_history_is_not_announced_after_a_reload(citizen):
    citizen.greeted()
    citizen.ask("hallo", "U vroeg")
    citizen.page.reload()
    expect(citizen.said("bot")).to_have_count(2)
    citizen.ask("nieuw", "U vroeg: nieuw")
    expect(citizen.announced).to_have_count(1)


def test_a_broken_line_and_its_recovery_are_announced(citizen, gateway):
    citizen.greeted()
    gateway.control(sockets="refuse", http="down", cut=True)
    expect(citizen.announced.filter(has_text="Verbinding verbroken")).to_have_count(1)
    gateway.control(sockets="accept", http="up")
    expect(citizen.announced.filter(has_text="De verbinding is hersteld")).to_have_count(1, timeout=15_000)


def test_screen_readers_hear_who_says_what(citizen):
    citizen.greeted()
    citizen.ask("hallo", "U vroeg")
    assert citizen.said("citizen").text_content().strip().startswith("U:")
    assert citizen.said("bot").last.text_content().strip().startswith("Wegwijs")


WALK = ["closed", "welcome", "answer with buttons", "conversation", "place to share", "the bot types", "message refused",
        "message too long", "with a person", "offline", "ended", "closed, with news"]  # fmt: skip
"""The states that every run of the tests looks at, one after the other in one visit; `make widget-report` looks at all, in all looks."""


@pytest.mark.parametrize("look", ["light", "dark", "320 px"])
def test_axe_finds_nothing_wherever_a_citizen_comes(browser: Browser, gateway, look):
    context = browser.new_context(base_url=gateway.url, locale="nl-NL", **LOOKS[look].browser)
    citizen = Citizen(context.new_page()).visit()
    found = {}
    for state in WALK:
        STATES[state](citizen, gateway)
        found[state] = citizen.violations()
        gateway.control(sockets="accept", http="up")
        expect(citizen.notice.filter(has_text="Verbinding verbroken")).to_have_count(0)
    context.close()
    assert {state: violations for state, violations in found.items() if violations} == {}


def test_axe_finds_nothing_while_choosing_a_municipality(page):
    page.route("**/api/v1/municipalities", lambda route: route.abort(), times=1)
    citizen = Citizen(page).visit("/").open()
    expect(page.get_by_role("button", name="Heiloo")).to_be_visible()
    assert citizen.violations() == []


SIZES = {
    "320 px": (320, 568),
    "on its side": (667, 375),
    "zoom 200 %": (640, 512),
    "zoom 400 %": (320, 256),
    "hardly any height": (320, 200),
}


@pytest.mark.parametrize("size", SIZES)
def test_small_screens_lose_nothing(citizen, size):
    width, height = SIZES[size]
    citizen.page.set_viewport_size({"width": width, "height": height})
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    expect(citizen.said("bot").last.locator(".bubble p").first).to_be_in_viewport()
    assert citizen.overflow() == []
    citizen.choice("Kosten").click()
    expect(citizen.said("bot").last).to_contain_text("De kosten")
    expect(citizen.said("bot").last).to_be_in_viewport()
    citizen.ask("kies dag", "Welke tijd")  # the most that ever stands below the talk
    citizen.box.scroll_into_view_if_needed()
    expect(citizen.box).to_be_in_viewport(ratio=1)
    citizen.page.get_by_role("button", name="Chat sluiten").click()
    expect(citizen.panel).to_be_hidden()


def test_text_at_200_percent_loses_nothing(citizen):
    citizen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    assert citizen.overflow() == []
    expect(citizen.box).to_be_in_viewport(ratio=1)
    for name in ("Versturen", "Chat sluiten"):
        expect(citizen.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert citizen.log.evaluate("log => log.clientHeight") > 200


LONG = "Aansprakelijkheidsverzekeringsovereenkomstenadministratiekantoor"


@pytest.mark.parametrize("text", ["100%", "200%"])
def test_long_words_of_the_municipality_lose_nothing_on_a_small_phone(page: Page, gateway, text):
    privacy = {"text": f"Lees https://www.voorbeeld.nl/{LONG}", "url": f"https://www.voorbeeld.nl/{LONG}", "keep_days": 28}
    page.route(
        "**/api/v1/widget**", lambda route: route.fulfill(json={"title": LONG, "welcome": LONG, "opening_hours": LONG, "privacy": privacy})
    )
    page.set_viewport_size({"width": 320, "height": 568})
    citizen = Citizen(page).visit("/site")
    page.evaluate("size => (document.documentElement.style.fontSize = size)", text)
    citizen.greeted().ask(LONG, "U vroeg")
    assert citizen.overflow() == []
    citizen.log.get_by_role("button", name="Over deze chat en privacy").click()
    expect(page.locator("#wegwijs-page")).to_be_focused()
    assert citizen.overflow() == []


def test_large_text_on_a_small_phone_leaves_every_part_within_reach(citizen):
    citizen.visit("/site")
    citizen.page.set_viewport_size({"width": 320, "height": 568})
    citizen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    citizen.greeted().ask("kies dag", "Welke tijd")
    assert citizen.overflow() == []
    assert citizen.panel.locator(".who").evaluate("who => who.clientWidth > 5 * parseFloat(getComputedStyle(who).fontSize)")
    for part in (citizen.page.get_by_role("button", name="Toon tijden"), citizen.box):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", [(390, 780), (320, 568)], ids=["390 px", "320 px"])
def test_with_large_text_the_menu_hangs_below_the_button_that_closes_it(citizen, size):
    citizen.visit("/site")
    citizen.page.set_viewport_size({"width": size[0], "height": size[1]})
    citizen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    citizen.greeted().ask("hallo", "U vroeg")
    more, close = (citizen.page.get_by_role("button", name=name) for name in ("Meer mogelijkheden", "Chat sluiten"))
    assert more.bounding_box()["y"] == close.bounding_box()["y"]
    more.click()
    sound = citizen.page.locator(".menu-list").get_by_role("button", name="Geluid bij nieuw bericht")
    assert sound.locator("span").evaluate("word => word.clientHeight < 2 * parseFloat(getComputedStyle(word).fontSize)")
    last = citizen.page.locator(".menu-list").get_by_role("button", name="Gesprek verwijderen")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    more.click(timeout=3_000)  # nothing lies over it
    expect(last).to_be_hidden()


def test_the_button_that_opens_the_chat_fits_on_a_small_phone_with_large_text(citizen):
    citizen.page.goto("/site")
    citizen.page.set_viewport_size({"width": 320, "height": 568})
    citizen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(citizen.launcher).to_be_in_viewport(ratio=1)
    assert citizen.overflow() == []


def test_everything_to_press_is_at_least_24_pixels(citizen):
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    small = citizen.panel.locator("button, .source a, textarea").evaluate_all(
        "all => all.flatMap(e => [...e.getClientRects()]).filter(box => box.width < 24 || box.height < 24).length"
    )
    assert small == 0


def test_less_motion_means_none(browser: Browser, gateway):
    context = browser.new_context(base_url=gateway.url, reduced_motion="reduce")
    citizen = Citizen(context.new_page()).visit().greeted()
    gateway.control(hold=True)
    citizen.say("x")
    dot = citizen.page.locator(".dots span").first
    expect(dot).to_be_visible()
    assert dot.evaluate("dot => getComputedStyle(dot).animationName") == "none"
    context.close()
