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


HOSTILE_STYLES = """
html * {
  color: red !important; font: italic 900 40px serif !important; letter-spacing: 9px !important; word-spacing: 1em !important;
  text-transform: uppercase !important; text-align: center !important; text-indent: 3em !important; white-space: nowrap !important;
  line-height: 4 !important; visibility: hidden !important; cursor: crosshair !important; pointer-events: none !important;
}
body > * {
  transform: rotate(3deg) scale(.5) !important; filter: blur(2px) !important; opacity: .2 !important; contain: paint !important;
  position: relative !important; z-index: 0 !important; overflow: hidden !important; display: none !important;
}"""
WEAR = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"
LOOK = """panel => [panel, ...panel.querySelectorAll('*')].map(e => {
  const { x, y, width, height } = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  const names = ['color', 'font', 'letterSpacing', 'textTransform', 'textAlign', 'whiteSpace', 'visibility', 'cursor', 'pointerEvents'];
  return [e.tagName, x, y, width, height, ...names.map(name => style[name])].join(' ');
})"""


def test_styles_of_the_page_do_not_reach_into_the_widget(citizen):
    citizen.ask("paspoort", "persoonlijk")
    citizen.page.mouse.move(0, 0)
    before = citizen.panel.evaluate(LOOK)
    citizen.page.evaluate(WEAR, HOSTILE_STYLES)
    assert citizen.panel.evaluate(LOOK) == before
    citizen.page.get_by_role("button", name="Chat sluiten").click()
    expect(citizen.launcher).to_be_visible()


def test_the_widget_is_not_on_a_printed_page(citizen):
    citizen.page.emulate_media(media="print")
    expect(citizen.panel).to_be_hidden()
    expect(citizen.page.get_by_role("heading", level=1)).to_be_visible()


def test_where_storage_is_forbidden_the_talk_lasts_as_long_as_the_page(page: Page, gateway):
    page.add_init_script(
        """for (const name of ['localStorage', 'sessionStorage'])
             Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } });"""
    )
    citizen = Citizen(page).visit("/site").greeted()
    citizen.keep()
    citizen.ask("hallo", "U vroeg: hallo")
    citizen.page.keyboard.press("Escape")
    expect(citizen.launcher).to_have_accessible_name("Stel uw vraag")


def test_a_policy_for_trusted_types_lets_the_widget_in_by_its_name(page: Page, gateway):
    page.add_init_script("addEventListener('securitypolicyviolation', ({ violatedDirective }) => (window.refused = violatedDirective));")
    citizen = Citizen(page).visit("/site?policy=strict").greeted()
    citizen.ask("aanval", "onerror")
    assert page.evaluate("[window.refused, window.hacked]") == [None, None]
