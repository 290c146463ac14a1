"""The agents' page in Chromium, on a fake desk with a morning of made-up work: views, dialogs, keyboard, screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web import desk_sample
from tests.web.running import running

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map(({id, nodes}) => `${id}: ${nodes.map(node => node.target).join(" ")}`)"""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1366, "height": 768}},
    "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    "zoom 200 %": {"viewport": {"width": 683, "height": 384}},
    "320 px": {"viewport": {"width": 320, "height": 640}},
}
VIEWS = {"o": "Goedendag", "l": "Terugbellen en berichten", "a": "Afspraken", "s": "Zoeken in gesprekken"}
LINKS = {"Alle gesprekken": "alles", "Team": "team", "Steekproef": "steekproef", "Accounts": "accounts", "Instellingen": "instellingen"}
DIALOGS = {
    "d": "Gesprek doorzetten",
    "b": "Terug naar de bot",
    "t": "Terugbellen afspreken",
    "m": "Nieuwe afspraak",
    "x": "Gesprek afronden",
}


class FakeDesk:
    """The running fake desk: its address and its switches."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def control(self, **wish: Any) -> dict[str, Any]:
        return httpx.post(f"{self.url}/control", json=wish, timeout=30).raise_for_status().json()


@pytest.fixture(scope="session")
def running_desk() -> Iterator[FakeDesk]:
    with running("fake_desk.py", "desk/index.html") as port:
        yield FakeDesk(port)


@pytest.fixture
def desk(running_desk: FakeDesk) -> FakeDesk:
    running_desk.control(reset=True)
    return running_desk


@pytest.fixture
def context(browser: Browser, desk: FakeDesk) -> Iterator[BrowserContext]:
    yield from opened(browser, desk, "light")


def opened(browser: Browser, desk: FakeDesk, look: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=desk.url, locale="nl-NL", timezone_id="Europe/Amsterdam", **LOOKS[look])
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture(params=LOOKS)
def looked(request: pytest.FixtureRequest, browser: Browser, desk: FakeDesk) -> Iterator[Page]:
    for context in opened(browser, desk, request.param):
        yield context.new_page()


def sign_in(page: Page, name: str = "joke", code: str | None = None) -> Page:
    page.goto("/desk")
    page.get_by_label("E-mailadres").fill(f"{name}@gemeente.example")
    page.get_by_label("Wachtwoord").fill(desk_sample.PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    if code:
        page.get_by_label("Code van 6 cijfers").fill(code)
        page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.locator(".rail")).to_be_attached()
    return page


def open_talk(page: Page, key: str = "c1") -> Page:
    """Straight to the conversation, as a link in a colleague's message would."""
    page.evaluate(f"location.hash = 'gesprek={key}'")
    page.reload()
    expect(page.locator("[data-seq]").first).to_be_attached()
    return page


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    return list(page.evaluate(VIOLATIONS))


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def log(page: Page) -> Any:
    return page.get_by_role("log", name="Berichten")


def said(page: Page) -> Any:
    """What a screen reader is told."""
    return page.get_by_role("log", name="Melding").get_by_role("paragraph")


def test_axe_finds_nothing_in_any_view_and_nothing_falls_off(looked: Page) -> None:
    looked.goto("/desk")
    expect(looked.get_by_label("E-mailadres")).to_be_focused()
    assert violations(looked) == []
    sign_in(looked, "pieter", desk_sample.CODE)
    for key, title in VIEWS.items():
        looked.keyboard.press(f"Alt+{key}")
        expect(looked.locator("#titel")).to_contain_text(title)
        assert violations(looked) == [], title
        assert not sideways(looked), title
    for name, address in LINKS.items():
        looked.evaluate(f"location.hash = '{address}'")
        looked.reload()
        expect(looked.locator("#titel")).to_contain_text(name)
        expect(looked.get_by_text("Een moment…")).to_have_count(0)
        assert violations(looked) == [], name
        assert not sideways(looked), name


def test_axe_finds_nothing_in_a_conversation_and_its_dialogs(looked: Page) -> None:
    open_talk(sign_in(looked))
    expect(looked.get_by_label("Uw antwoord")).to_be_focused()
    assert violations(looked) == []
    assert not sideways(looked)
    for key, title in DIALOGS.items():
        looked.keyboard.press(f"Alt+{key}")
        expect(looked.get_by_role("dialog", name=title)).to_be_visible()
        assert violations(looked) == [], title
        looked.keyboard.press("Escape")
        expect(looked.get_by_role("dialog")).to_have_count(0)
    looked.keyboard.press("Alt+v")
    expect(looked.get_by_role("region", name="Voorstel voor een antwoord")).to_be_visible()
    looked.get_by_label("Uw antwoord").fill("/")
    expect(looked.get_by_role("listbox", name="Sjablonen")).to_be_visible()
    assert violations(looked) == []


def test_signing_in_tells_what_is_wrong_and_asks_for_the_second_step(page: Page) -> None:
    page.goto("/desk")
    page.get_by_label("E-mailadres").fill("pieter@gemeente.example")
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Dit e-mailadres of wachtwoord klopt niet.")
    page.get_by_label("Wachtwoord").fill(desk_sample.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code van 6 cijfers")).to_be_focused()
    page.keyboard.type("000 000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Deze code klopt niet.")
    page.get_by_label("Code van 6 cijfers").fill("123 456")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Goedendag, Pieter")).to_be_focused()


def test_who_must_have_a_second_step_sets_it_up_before_anything_else(page: Page, desk: FakeDesk) -> None:
    desk.control(account="a1", set={"totp_wanted": True})
    sign_in_only(page)
    expect(page.locator(".rail")).to_have_count(0)
    page.get_by_role("button", name="Stel in").click()
    page.get_by_label("Code uit de app").fill(desk_sample.CODE)
    page.get_by_role("button", name="Bevestig").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_focused()
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    expect(page.locator(".rail")).to_be_visible()


def sign_in_only(page: Page) -> None:
    page.goto("/desk")
    page.get_by_label("E-mailadres").fill("joke@gemeente.example")
    page.get_by_label("Wachtwoord").fill(desk_sample.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Instellingen")).to_be_visible()


def test_a_whole_conversation_goes_by_keyboard_alone(page: Page, desk: FakeDesk) -> None:
    sign_in(page)
    expect(page.get_by_role("button", name="Neem de volgende").first).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("Uw antwoord")).to_be_focused()
    assert desk.control()["talks"]["c6"]["agent"] == "a1"  # danger goes before whoever waits longest
    page.keyboard.type("/gro")
    expect(said(page).last).to_contain_text("1 sjabloon")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Uw antwoord")).to_have_value("Goedendag, u spreekt met Joke Bakker van de gemeente. Ik lees even mee.")
    page.keyboard.press("Enter")
    expect(log(page).locator(".agent")).to_contain_text("Goedendag, u spreekt met Joke Bakker")
    expect(page.get_by_label("Uw antwoord")).to_have_value("")
    page.keyboard.press("Alt+x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Mijn gesprekken").get_by_role("listitem")).to_have_count(2)
    assert desk.control()["talks"]["c6"]["owner"] == "closed"


def test_letters_do_nothing_while_one_types_or_when_they_are_switched_off(page: Page) -> None:
    open_talk(sign_in(page)).keyboard.type("xn?")
    expect(page.get_by_label("Uw antwoord")).to_have_value("xn?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Instellingen").click()
    page.get_by_label("Sneltoetsen met één letter").uncheck()
    page.get_by_role("heading", name="Instellingen").click()
    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="Instellingen")).to_be_visible()
    page.keyboard.press("Alt+l")
    expect(page.get_by_role("heading", name="Terugbellen en berichten")).to_be_visible()


def test_new_words_of_the_citizen_are_seen_heard_once_and_counted_elsewhere(page: Page, desk: FakeDesk) -> None:
    open_talk(sign_in(page))
    desk.control(id="c1", typing=True)
    expect(log(page).get_by_text("De inwoner typt…")).to_be_visible()
    desk.control(id="c1", citizen="Bent u er nog?", typing=False)
    expect(log(page).get_by_text("Bent u er nog?")).to_be_visible()
    expect(said(page).filter(has_text="Bent u er nog?")).to_have_count(1)
    desk.control(id="c2", citizen="hallo??")
    expect(page.get_by_role("navigation", name="Open gesprekken").get_by_text("1 nieuw bericht")).to_be_attached()
    expect(said(page).last).to_have_text("Er is een nieuw bericht in uw gesprek.")
    expect(page).to_have_title("(6) Werkplek – Wegwijs")  # five that wait, one that wrote


def test_a_broken_line_says_so_and_loses_nothing(page: Page, desk: FakeDesk) -> None:
    open_talk(sign_in(page))
    desk.control(cut=True, id="c1", citizen="tijdens de storing")
    expect(log(page).get_by_text("tijdens de storing")).to_have_count(1, timeout=15_000)
    expect(said(page).filter(has_text="De verbinding is hersteld.")).to_have_count(1)


def test_a_refusal_is_told_in_words_and_what_was_typed_is_kept(page: Page, desk: FakeDesk) -> None:
    open_talk(sign_in(page), "c3")
    desk.control(refuse="already_taken")
    page.get_by_role("button", name="Neem dit gesprek over").click()
    expect(page.get_by_role("alert")).to_contain_text("Een collega was u voor.")
    open_talk(page)
    desk.control(refuse="not_yours")
    page.get_by_label("Uw antwoord").fill("Dit mag niet weg")
    page.keyboard.press("Enter")
    expect(log(page).get_by_role("alert")).to_contain_text("Niet verstuurd.")
    page.get_by_role("button", name="Tekst aanpassen").click()
    expect(page.get_by_label("Uw antwoord")).to_have_value("Dit mag niet weg")


def test_knowledge_and_a_suggestion_go_into_the_reply(page: Page) -> None:
    open_talk(sign_in(page)).keyboard.press("Alt+z")
    expect(page.get_by_label("Zoek een onderwerp")).to_be_focused()
    page.keyboard.type("paspo")
    page.get_by_role("button", name="Paspoort", exact=True).click()
    page.get_by_role("button", name="Kosten").click()
    expect(page.get_by_text("Dit antwoord is niet volledig voor deze gemeente.")).to_be_visible()
    page.get_by_role("region", name="Kennisbank").get_by_role("button", name="Zet in antwoord").click()
    page.keyboard.press("Alt+v")
    page.get_by_role("region", name="Voorstel voor een antwoord").get_by_role("button", name="Zet in antwoord").click()
    expect(page.get_by_label("Uw antwoord")).to_have_value(
        "Dit is het antwoord over **Paspoort** in Castricum.\n\n"
        "Uw moeder hoeft niet zelf te komen. U kunt de verhuizing voor haar doorgeven als u op hetzelfde adres gaat wonen."
    )


def test_the_answer_to_a_particular_question_goes_into_the_reply(page: Page) -> None:
    open_talk(sign_in(page)).keyboard.press("Alt+z")
    page.keyboard.type("paspo")
    page.get_by_role("button", name="Paspoort", exact=True).click()
    knowledge = page.get_by_role("region", name="Kennisbank")
    knowledge.get_by_text("Bijzondere vragen (1)").click()
    question = knowledge.get_by_role("button", name="Mag ik een bril dragen op de pasfoto?")
    question.click()
    expect(question).to_have_attribute("aria-pressed", "true")
    assert violations(page) == []
    knowledge.get_by_role("button", name="Zet in antwoord").click()
    expect(page.get_by_label("Uw antwoord")).to_have_value("Ja, als uw ogen te zien zijn.")


def panes(page: Page) -> Any:
    return page.locator("article.conversation")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_conversations_stand_next_to_each_other_and_the_keyboard_goes_between_them(browser: Browser, desk: FakeDesk, look: str) -> None:
    for context in opened(browser, desk, look):
        page = open_talk(sign_in(context.new_page()))
        page.keyboard.press("Alt+w")
        expect(panes(page)).to_have_count(2)
        expect(said(page).last).to_have_text("U ziet 2 gesprekken naast elkaar.")
        assert violations(page) == []
        assert not sideways(page)
        page.keyboard.type("voor de eerste")
        page.keyboard.press("Alt+j")
        expect(panes(page).nth(1).get_by_label("Uw antwoord")).to_be_focused()
        page.keyboard.type("voor de tweede")
        page.keyboard.press("Enter")
        expect(panes(page).nth(1).locator(".agent").last).to_contain_text("voor de tweede")
        expect(panes(page).nth(0).get_by_label("Uw antwoord")).to_have_value("voor de eerste")
        desk.control(id="c1", typing=True)  # in the one beside
        expect(panes(page).nth(0).get_by_text("De inwoner typt…")).to_be_visible()
        page.keyboard.press("Alt+q")
        expect(panes(page)).to_have_count(1)
        expect(page.get_by_label("Uw antwoord")).to_have_value("voor de eerste")
        expect(page.get_by_label("Uw antwoord")).to_be_focused()


def test_what_stands_beside_follows_where_one_clicks(page: Page) -> None:
    open_talk(sign_in(page)).keyboard.press("Alt+w")
    expect(page.get_by_role("region", name="Samenvatting")).to_contain_text("Mevrouw De Graaf")
    panes(page).nth(1).get_by_label("Uw antwoord").click()
    expect(panes(page).nth(1)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("region", name="Samenvatting")).not_to_contain_text("Mevrouw De Graaf")
    expect(panes(page).nth(1).get_by_label("Uw antwoord")).to_be_focused()


def test_a_narrow_screen_has_tabs_and_a_wide_one_room_for_more(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1000})
    open_talk(sign_in(page))
    expect(panes(page)).to_have_count(2)
    page.set_viewport_size({"width": 700, "height": 1000})
    expect(panes(page)).to_have_count(1)
    expect(page.get_by_role("group", name="Gesprekken naast elkaar")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Open gesprekken").get_by_role("listitem")).to_have_count(2)


def test_promises_show_the_overdue_first_and_can_be_picked_up_and_finished(page: Page, desk: FakeDesk) -> None:
    sign_in(page).keyboard.press("l")
    first = page.locator(".card").first
    expect(first).to_contain_text("Te laat")
    first.get_by_role("button", name="Pak op").click()
    first.get_by_role("button", name="Geen gehoor").click()
    expect(first).to_contain_text("2 keer geprobeerd")
    first.get_by_role("button", name="Klaar").click()
    page.get_by_label("Niet meer nodig").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator(".card")).to_have_count(2)
    assert [one["reference"] for one in desk.control()["promises"]] == ["T-9QH3M", "B-2XW8P"]


def test_a_promised_call_is_told_with_its_number_and_the_focus_comes_back(page: Page) -> None:
    open_talk(sign_in(page))
    expect(page.get_by_label("Uw antwoord")).to_be_focused()
    page.keyboard.press("Alt+t")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".done")).to_contain_text("Terugbellen is vastgelegd onder nummer T-7NEW1.")
    expect(page.get_by_label("Uw antwoord")).to_be_focused()
    expect(page.get_by_label("Uw antwoord")).to_have_value("Wij bellen u uiterlijk maandag 23 november. Uw nummer is T-7NEW1.")


def test_an_appointment_is_made_for_the_citizen_and_told_in_the_reply(page: Page) -> None:
    open_talk(sign_in(page)).keyboard.press("Alt+m")
    page.get_by_label("09:20").first.check()
    page.get_by_role("button", name="Maak afspraak").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Uw antwoord")).to_have_value(
        "Uw afspraak staat. U bent welkom op dinsdag 24 november om 09:20 uur: Gemeentehuis Castricum. Uw afspraaknummer is A-2001."
    )


def test_with_three_hundred_waiting_the_list_stays_short_and_quick(page: Page, desk: FakeDesk) -> None:
    sign_in(page)
    desk.control(queue=300)
    expect(page.get_by_text("305 inwoners wachten").first).to_be_visible()
    assert page.get_by_role("region", name="Wachtrij").get_by_role("listitem").count() < 40
    page.get_by_role("button", name="Nog 277 tonen").click()
    expect(page.get_by_role("button", name="Nog 177 tonen")).to_be_visible()


def test_no_word_leaves_for_elsewhere_and_nothing_about_citizens_is_kept(page: Page, desk: FakeDesk) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    open_talk(sign_in(page)).keyboard.press("Alt+v")
    expect(page.get_by_role("region", name="Voorstel voor een antwoord")).to_be_visible()
    assert [address for address in addresses if not address.startswith((desk.url, "data:"))] == []
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)") in ("{}{}",)
