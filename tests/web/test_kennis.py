"""The preview of the knowledge base in a real Chromium, on the real API over the real knowledge folder."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.gateway.knowledge_house import real_library

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "web" / "dist"
SECONDS_TO_START = 60  # reading the whole knowledge folder takes long on a busy machine
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map(({id, nodes}) => `${id}: ${nodes.map(node => node.target).join(" ")}`)"""
PASSPORT = "/kennis?gemeente=castricum&product=paspoort"


@pytest.fixture(scope="session")
def house() -> Iterator[str]:
    """The address of a gateway that knows the real knowledge folder."""
    if not (DIST / "kennis" / "index.html").is_file():
        pytest.fail("web/dist/kennis is missing: run `npm ci && npm run build` in web/ first")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-m", "tests.gateway.knowledge_house", str(port)], cwd=ROOT, env=environment)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS_TO_START * 5):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
            break
    pytest.fail("the gateway over the knowledge folder did not start")


@pytest.fixture
def context(browser: Browser, house: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=house, locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()


def opened(page: Page, address: str, title: str) -> Page:
    page.goto(address)
    expect(page.locator("h1")).to_have_text(title)
    return page


def words(text: str) -> list[str]:
    """The words of a text, without the signs of Markdown and without what only a screen reader hears."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("(opent in een nieuw tabblad)", "")
    return re.findall(r"[\w€,.:-]*\w", plain)


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/kennis", "Kennisbank"),
        ("/kennis?gemeente=castricum", "Kennisbank van Castricum"),
        (PASSPORT, "Paspoort"),
        ("/kennis?gemeente=uitgeest&zoek=paspoort", "Kennisbank van Uitgeest"),
        ("/kennis?product=bestaat-niet", "Dit onderwerp bestaat niet"),
    ],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, address: str, title: str, width: int, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, address, title)
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(VIOLATIONS) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_text_may_be_twice_as_large(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, PASSPORT, "Paspoort")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)
    expect(page.get_by_role("button", name="Antwoord kopiëren: Kosten")).to_be_visible()


def test_every_answer_is_the_one_that_citizens_of_that_municipality_get(page: Page) -> None:
    library = real_library()
    for municipality, product in [
        ("castricum", "paspoort"),
        ("heiloo", "hondenbelasting"),
        ("bergen", "grofvuil"),
        ("uitgeest", "contact"),
    ]:
        opened(page, f"/kennis?gemeente={municipality}&product={product}", library.title_of(product))
        for aspect in page.locator("section.answer[id]").all():
            answer = library.answer(product, str(aspect.get_attribute("id")), municipality)
            assert words(str(aspect.locator(".text").first.inner_text())) == words(answer.text)
            assert aspect.locator(".incomplete").count() == (0 if answer.complete else 1)
        particulars = [words(item.text) for item in library.particulars(product, municipality)]
        assert [words(text) for text in page.locator("#bijzonder .text").all_inner_texts()] == particulars


def test_a_product_says_where_it_comes_from_and_who_answers_for_it(page: Page) -> None:
    opened(page, PASSPORT, "Paspoort")
    first = page.locator("#wat footer")
    expect(first).to_contain_text(re.compile(r"Bron: .*gecontroleerd op \d{1,2} \w+ 20\d\d"))
    expect(first).to_contain_text(re.compile(r"Leesbaarheid: \d+ woorden, \d+(,\d)? per zin"))
    expect(page.locator(".channel")).to_contain_text("Beste manier: langskomen. U komt langs")
    about = page.get_by_role("region", name="Over deze tekst")
    expect(about).to_contain_text("Team Burgerzaken")
    expect(page.get_by_role("region", name="Lees ook").get_by_role("link", name="Noodpaspoort")).to_be_visible()
    group = page.get_by_role("region", name="Voorbeeldvragen").locator("details").first
    group.locator("summary").click()
    assert group.locator("li").count() == int(str(group.locator(".count").text_content()))


def test_an_example_is_marked_and_never_part_of_the_answer(page: Page) -> None:
    opened(page, PASSPORT, "Paspoort")
    marked = page.locator("#kosten .example")
    expect(marked).to_contain_text("Voorbeeld Verzonnen bedragen, een inwoner ziet ze niet")
    expect(marked.locator("li").first).to_contain_text("€")
    expect(page.locator("#kosten .text").first).not_to_contain_text("€")
    opened(page, "/kennis?gemeente=castricum", "Kennisbank van Castricum")
    for counter in real_library().municipalities()[1].counters:
        shown = page.locator(".example", has=page.get_by_role("heading", name=counter.name))
        assert shown.count() == (1 if counter.example else 0)


def test_the_search_finds_while_typing_and_says_how_many(page: Page) -> None:
    opened(page, "/kennis?gemeente=heiloo", "Kennisbank van Heiloo")
    page.get_by_role("searchbox", name="Zoek een onderwerp").fill("mijn kliko is kapot")
    expect(page.locator("#gevonden")).to_have_text(re.compile(r"\d onderwerpen voor “mijn kliko is kapot”"))
    expect(page.locator(".found a").first).to_contain_text("Container")
    expect(page).to_have_url(re.compile(r"gemeente=heiloo&zoek=mijn"))
    page.get_by_role("searchbox").fill("qwxzqwxz")
    expect(page.locator("#gevonden")).to_have_text("Niets gevonden voor “qwxzqwxz”. Probeer een ander woord.")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("details.theme").first).to_be_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    opened(page, "/kennis?gemeente=castricum", "Kennisbank van Castricum")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("rijbewijs verlengen")
    page.keyboard.press("Enter")
    expect(page.locator("#gevonden")).to_contain_text("rijbewijs verlengen")
    name = str(page.locator(".found a").first.text_content())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_title(re.compile(f"^{re.escape(name)} in Castricum"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Kennisbank van Castricum")
    expect(page.get_by_role("searchbox")).to_have_value("rijbewijs verlengen")


def test_particular_questions_stand_below_the_answers_with_how_people_ask_them(page: Page) -> None:
    product = next(item for item in real_library().products() if item.vacs)
    opened(page, f"/kennis?gemeente=castricum&product={product.id}", product.name)
    page.get_by_role("navigation").get_by_role("link", name="Bijzondere vragen").click()
    shown = page.get_by_role("region", name=product.vacs[0].question)
    expect(page.get_by_role("heading", name="Bijzondere vragen")).to_be_in_viewport()
    shown.get_by_text("Zo vragen mensen het").click()
    expect(shown.get_by_role("listitem").first).to_have_text(product.vacs[0].questions[0])
    expect(shown.get_by_role("listitem")).to_have_count(len(product.vacs[0].questions) + len(product.vacs[0].follow_ups))
    assert not scrolls_sideways(page)


def test_the_skip_link_and_the_aspects_lead_to_their_place(page: Page) -> None:
    opened(page, PASSPORT, "Paspoort")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.get_by_role("navigation", name="Vragen over dit onderwerp").get_by_role("link", name="Kosten").click()
    expect(page.locator("#kosten")).to_be_in_viewport()
    expect(page.locator("h1")).to_have_text("Paspoort")


def test_another_municipality_keeps_the_product(page: Page) -> None:
    opened(page, PASSPORT, "Paspoort")
    choose = page.get_by_role("navigation", name="Kies een gemeente")
    choose.get_by_role("link", name="Heiloo").click()
    expect(page.locator(".reader")).to_contain_text("inwoner van Heiloo")
    expect(page.locator("#kosten .text").first).to_contain_text("heiloo.nl")
    expect(choose.get_by_role("link", name="Heiloo")).to_have_attribute("aria-current", "true")
    choose.get_by_role("link", name="Geen gemeente").click()
    expect(page.locator("#kosten .text").first).to_contain_text("de website van uw gemeente")


def test_on_a_telephone_the_product_comes_first_and_the_way_back_is_there(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    opened(page, PASSPORT, "Paspoort")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("link", name="Alle onderwerpen").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_an_answer_can_be_copied_as_plain_text(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, PASSPORT, "Paspoort")
    page.get_by_role("button", name="Antwoord kopiëren: Kosten").click()
    expect(page.locator("#melding")).to_have_text("Het antwoord bij “Kosten” is gekopieerd.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "www.castricum.nl (https://www.castricum.nl/)" in copied
    assert "**" not in copied


def test_the_page_says_so_when_the_knowledge_base_is_away_and_tries_again(page: Page) -> None:
    page.route("**/api/v1/kennis/**", lambda route: route.abort())
    page.goto(PASSPORT)
    expect(page.get_by_role("alert")).to_have_text("De kennisbank is niet te bereiken.")
    page.unroute("**/api/v1/kennis/**")
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(page.locator("h1")).to_have_text("Paspoort")


def test_a_product_of_every_theme_can_be_opened_from_the_list(page: Page) -> None:
    opened(page, "/kennis?gemeente=bergen", "Kennisbank van Bergen (NH)")
    themes = page.locator("details.theme").count()
    for index in range(themes):
        theme = page.locator("details.theme").nth(index)
        if theme.get_attribute("open") is None:
            theme.locator("summary").click()
        link = theme.locator("a").first
        name = str(link.text_content())
        link.click()
        expect(page.locator("h1")).to_have_text(name)
        expect(page.locator("section.answer[id]")).to_have_count(9)
    assert themes > 10


def test_the_policy_allows_nothing_inline(page: Page) -> None:
    response = page.goto(PASSPORT)
    assert response is not None
    assert "'unsafe" not in response.headers["content-security-policy"]
    expect(page.locator("h1")).to_have_text("Paspoort")
    assert page.locator("[style], style, script:not([src]), [onclick]").count() == 0
