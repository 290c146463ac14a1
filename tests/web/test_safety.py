"""A hostile text stays text, the page's policy is never broken, and the page and the widget keep off each other."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.citizen import Citizen

pytestmark = pytest.mark.browser

ALLOWED = {"P", "UL", "OL", "LI", "STRONG", "BR", "A", "SPAN", "TIME", "DIV", "BUTTON"}
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> **vet** [x](javascript:window.hacked=1)'


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit().greeted()


def test_a_hostile_answer_makes_no_elements_and_runs_nothing(citizen):
    requests: list[str] = []
    citizen.page.on("request", lambda request: requests.append(request.url))
    citizen.ask("aanval", "onerror")
    answer = citizen.said("bot").last
    assert set(answer.locator("*").evaluate_all("all => all.map(e => e.tagName)")) <= ALLOWED
    for href in answer.locator("a").evaluate_all("all => all.map(a => a.href)"):
        assert href.startswith("https://voorbeeld.nl/")
    for link in answer.locator("a").all():
        link.evaluate("a => a.addEventListener('click', e => e.preventDefault())")
        link.click()
    assert citizen.page.evaluate("window.hacked") is None
    assert not [url for url in requests if "spion" in url]


def test_a_hostile_question_is_shown_as_it_was_typed(citizen):
    citizen.ask(HOSTILE, "U vroeg:")
    expect(citizen.said("citizen").locator(".typed")).to_have_text(HOSTILE)
    assert citizen.said("citizen").locator(".bubble *").evaluate_all("all => all.map(e => e.tagName)") == ["P"]
    assert citizen.page.evaluate("window.hacked") is None


def test_no_style_attribute_or_style_element_is_ever_needed(citizen):
    citizen.ask("paspoort", "persoonlijk")
    shadow = "document.querySelector('wegwijs-chat').shadowRoot"
    assert citizen.page.evaluate(f"{shadow}.querySelectorAll('style, link, [style]').length") == 0
    assert citizen.page.evaluate(f"{shadow}.adoptedStyleSheets.length") > 0


def test_the_token_appears_in_no_address(page: Page, gateway):
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda socket: addresses.append(socket.url))
    Citizen(page).visit().greeted()
    token = page.evaluate("Object.values(sessionStorage).map(v => JSON.parse(v).token).find(Boolean)")
    assert token
    assert not [address for address in addresses if token in address]


def test_styles_of_the_page_do_not_reach_into_the_widget(citizen):
    citizen.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('* { color: rgb(255, 0, 0) !important; font-size: 40px !important } button { display: none !important }');
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    close = citizen.page.get_by_role("button", name="Chat sluiten")
    expect(close).to_be_visible()
    assert citizen.log.evaluate("log => getComputedStyle(log).color") != "rgb(255, 0, 0)"
