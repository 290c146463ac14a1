"""Reports about public space on the agents' page, in Chromium on the fake desk: list, one of them, pictures, handling."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.test_desk import FakeDesk, context, desk, looked, running_desk, said, sideways, sign_in, violations  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


def cards(page: Page) -> Any:
    return page.locator(".card")


def open_first(page: Page) -> Page:
    page.keyboard.press("Alt+g")
    cards(page).first.get_by_role("link", name="Melding openbare ruimte").click()
    expect(page.get_by_role("heading", name="Melding M-7K4M2P")).to_be_focused()
    return page


def test_axe_finds_nothing_in_the_list_one_report_and_its_dialog(looked: Page) -> None:  # noqa: F811
    sign_in(looked).keyboard.press("Alt+g")
    expect(looked.get_by_role("heading", name="Meldingen")).to_be_focused()
    expect(cards(looked)).to_have_count(3)
    assert violations(looked) == []
    assert not sideways(looked)
    open_first(looked)
    expect(looked.get_by_text("Deze foto is er niet meer.")).to_be_visible()
    assert violations(looked) == []
    assert not sideways(looked)
    looked.get_by_role("button", name="Handel af").click()
    expect(looked.get_by_role("dialog", name="Melding afhandelen")).to_be_visible()
    assert violations(looked) == []


def test_the_list_tells_what_is_late_and_nothing_of_who_sent_it(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("navigation", name="Onderdelen").get_by_role("link", name="Meldingen")).to_contain_text(
        "3, 1 melding is te laat"
    )
    page.keyboard.press("g")
    expect(cards(page).first).to_contain_text("Te laat")
    expect(cards(page).first).to_contain_text("3 foto’s")
    expect(cards(page).nth(1)).to_contain_text("gedeelde locatie")
    expect(page.get_by_text("voorbeeld.nl")).to_have_count(0)
    page.get_by_label("Gemeente").select_option("heiloo")
    expect(cards(page)).to_have_count(1)
    page.get_by_label("Gemeente").select_option("uitgeest")
    expect(page.get_by_text("In deze gemeente staan geen meldingen open.")).to_be_visible()


def test_a_report_shows_its_place_as_text_its_pictures_and_whom_to_answer(page: Page) -> None:
    open_first(sign_in(page))
    expect(page.get_by_text("Dorpsstraat 12, voor de bakker")).to_be_visible()
    expect(page.get_by_text("52.54812, 4.65910")).to_be_visible()
    expect(page.get_by_role("link", name="06 55 44 33 22")).to_have_attribute("href", "tel:0655443322")
    shots = page.get_by_role("img", name="van de inwoner")
    expect(shots).to_have_count(2)
    assert shots.first.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")  # the picture comes after its place
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer: Coördinaten").click()
    expect(said(page).last).to_have_text("De coördinaten zijn gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == "52.54812, 4.65910"


def test_a_handled_report_leaves_the_list_and_that_is_told(page: Page, desk: FakeDesk) -> None:  # noqa: F811
    open_first(sign_in(page))
    page.get_by_role("button", name="Handel af").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("g.visser@voorbeeld.nl")
    dialog.get_by_role("button", name="Handel af").click()
    expect(page.get_by_role("heading", name="Meldingen")).to_be_focused()
    expect(cards(page)).to_have_count(2)
    expect(page.locator(".done")).to_contain_text("Melding M-7K4M2P is afgehandeld.")
    assert [one["reference"] for one in desk.control()["reports"]] == ["M-9QH3RX", "M-2XW8PC"]


def test_a_new_report_comes_into_the_list_by_itself(page: Page, desk: FakeDesk) -> None:  # noqa: F811
    sign_in(page).keyboard.press("g")
    expect(cards(page)).to_have_count(3)
    desk.control(report={"reference": "M-4F7K2T", "text": "Omgewaaide boom op het fietspad"})
    expect(cards(page).filter(has_text="Omgewaaide boom op het fietspad")).to_be_visible()
    expect(page.get_by_role("navigation", name="Onderdelen").get_by_role("link", name="Meldingen")).to_contain_text("4")


def test_the_address_of_a_report_opens_it_and_one_that_is_gone_says_so(page: Page) -> None:
    sign_in(page)
    page.goto("/desk#melding=M-9QH3RX")
    page.reload()
    expect(page.get_by_text("Lantaarn is kapot")).to_be_visible()
    expect(page.get_by_text("De inwoner wil geen bericht.")).to_be_visible()
    page.goto("/desk#melding=M-222222")
    page.reload()
    expect(page.get_by_text("Deze melding of foto is er niet (meer).")).to_be_visible()
    page.get_by_role("link", name="Alle meldingen").click()
    expect(cards(page)).to_have_count(3)


def test_a_report_that_somebody_calls_about_is_found_by_its_number(page: Page) -> None:
    sign_in(page).keyboard.press("g")
    page.get_by_label("Nummer").fill("m 9qh3rx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Melding M-9QH3RX")).to_be_focused()
    expect(page.get_by_text("Lantaarn is kapot")).to_be_visible()


def test_what_did_not_arrive_elsewhere_says_so_and_is_passed_on_again(page: Page, desk: FakeDesk) -> None:  # noqa: F811
    sign_in(page).keyboard.press("g")
    expect(cards(page).nth(2)).to_contain_text("Kijk na")
    cards(page).nth(2).get_by_role("link").click()
    expect(page.get_by_text("Kijk daar eerst of de melding er staat.")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Geef opnieuw door").click()
    expect(said(page).last).to_have_text("De melding wordt opnieuw doorgegeven.")
    expect(page.get_by_role("button", name="Geef opnieuw door")).to_have_count(0)
    assert desk.control()["reports"][2]["trouble"] is None
