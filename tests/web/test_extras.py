"""Everything besides asking and answering: menu, privacy, judging, times, fields, the queue, ending, deleting, other sites."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.citizen import Citizen
from tests.web.running import Gateway

pytestmark = pytest.mark.browser

TREES = Path(__file__).with_name("trees")


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit()


def menu(citizen: Citizen, title: str) -> None:
    citizen.page.get_by_role("button", name="Meer mogelijkheden").click()
    citizen.page.locator(".menu-list").get_by_role("button", name=title).click()


def test_without_consent_nothing_lasts_and_nothing_is_a_cookie(citizen, context):
    citizen.greeted()
    assert citizen.page.evaluate("Object.keys(localStorage)") == []
    assert context.cookies() == []
    citizen.page.reload()
    expect(citizen.said("bot")).to_have_count(1)
    menu(citizen, "Over deze chat en privacy")
    citizen.panel.get_by_role("checkbox", name="Bewaar het gesprek op dit apparaat").check()
    assert citizen.page.evaluate("Object.keys(localStorage).length") >= 2
    citizen.panel.get_by_role("checkbox").uncheck()
    assert citizen.page.evaluate("Object.keys(localStorage)") == []


def test_privacy_is_one_tap_away_and_tells_how_long(citizen):
    citizen.greeted()
    citizen.log.get_by_role("button", name="Over deze chat en privacy").click()
    expect(citizen.panel.get_by_role("heading", name="Over deze chat en privacy")).to_be_focused()
    expect(citizen.panel).to_contain_text("28 dagen")
    expect(citizen.panel.get_by_role("link", name="Lees meer over privacy")).to_have_attribute("href", "https://www.voorbeeld.nl/privacy")
    assert citizen.violations() == []
    citizen.page.keyboard.press("Escape")
    expect(citizen.box).to_be_focused()


def test_an_answer_can_be_judged_with_the_keyboard(citizen, gateway):
    citizen.greeted().ask("paspoort", "persoonlijk")
    group = citizen.log.get_by_role("group", name="Helpt dit antwoord u?")
    group.get_by_role("button", name="Nee").press("Enter")
    expect(group.get_by_role("button", name="Nee", pressed=True)).to_be_focused()
    expect(citizen.announced.filter(has_text="Waarom niet?")).to_have_count(1)
    assert citizen.violations() == []
    unclear = citizen.log.get_by_role("button", name="Niet duidelijk")
    with citizen.page.expect_response("**/feedback"):
        unclear.press("Enter")
    expect(unclear).to_be_focused()
    expect(citizen.announced.filter(has_text="Dank u wel.")).to_have_count(1)
    assert judged(gateway) == [None, None, {"helpful": False, "reason": "unclear"}]


def test_a_judgement_is_there_after_a_reload_and_pressing_again_changes_it(citizen, gateway):
    citizen.greeted().ask("paspoort", "persoonlijk")
    citizen.log.get_by_role("button", name="Nee", exact=True).click()
    with citizen.page.expect_response("**/feedback"):
        citizen.log.get_by_role("button", name="Klopt niet").click()
    citizen.page.reload()
    citizen.open()
    for title in ("Nee", "Klopt niet"):
        expect(citizen.log.get_by_role("button", name=title, exact=True, pressed=True)).to_be_visible()
    with citizen.page.expect_response("**/feedback"):
        citizen.log.get_by_role("button", name="Ja", exact=True).click()
    expect(citizen.log.get_by_role("button", name="Klopt niet")).to_have_count(0)
    expect(citizen.log.get_by_role("button", name="Nee", exact=True, pressed=False)).to_be_visible()
    assert judged(gateway) == [None, None, {"helpful": True}]


def judged(gateway: Gateway) -> list[dict[str, Any] | None]:
    """What the server knows of the answers of the one conversation."""
    return [message.get("judgement") for message in gateway.control()["talks"][0]["messages"]]


def test_times_stand_under_their_day_and_keep_their_whole_name(citizen):
    citizen.greeted().ask("tijden", "eerste tijden")
    tuesday = citizen.log.get_by_role("list", name="dinsdag 3 maart")
    expect(tuesday.get_by_role("button")).to_have_text(["9.00 uur", "14.30 uur"])
    assert citizen.violations() == []
    citizen.choice("di 3 mrt 14.30 uur").click()
    expect(citizen.said("citizen").last).to_contain_text("di 3 mrt 14.30 uur")


def test_a_question_for_a_number_gets_a_field_that_fills_itself_in(citizen):
    citizen.greeted().ask("bel mij", "telefoonnummer")
    field = citizen.page.get_by_role("textbox", name="Uw telefoonnummer")
    expect(field).to_have_attribute("autocomplete", "tel")
    expect(field).to_have_attribute("type", "tel")
    assert citizen.violations() == []
    field.fill("06 12345678")
    field.press("Enter")
    expect(citizen.said("citizen").last).to_contain_text("06 12345678")
    expect(citizen.box).to_be_visible()


def test_who_types_goes_on_typing_when_the_bot_asks_for_something_else(citizen):
    citizen.greeted()
    citizen.box.focus()
    citizen.ask("bel mij", "telefoonnummer")
    expect(citizen.page.get_by_role("textbox", name="Uw telefoonnummer")).to_be_focused()
    citizen.page.keyboard.type("06 12345678")
    citizen.page.keyboard.press("Enter")
    expect(citizen.said("citizen").last).to_contain_text("06 12345678")
    expect(citizen.box).to_be_focused()


def test_a_person_is_asked_for_from_another_page_than_the_talk(citizen):
    citizen.greeted().ask("hallo", "U vroeg")
    citizen.log.get_by_role("button", name="Over deze chat en privacy").click()
    menu(citizen, "Medewerker spreken")
    expect(citizen.said("agent")).to_be_visible()
    expect(citizen.box).to_be_focused()


def test_a_day_is_chosen_with_the_keyboard_and_said_as_people_say_it(citizen):
    citizen.greeted().ask("kies dag", "Welke tijd kiest u?")
    field = citizen.page.get_by_label("Kies een dag")
    expect(field).to_have_attribute("min", "2026-03-03")
    expect(field).to_have_attribute("max", "2026-05-31")
    assert citizen.violations() == []
    assert citizen.overflow() == []
    field.fill("2026-09-01")
    field.press("Enter")
    expect(citizen.said("citizen")).to_have_count(1)  # the browser refuses a day outside
    field.fill("2026-03-09")
    field.press("Enter")
    expect(citizen.said("citizen").last).to_contain_text("9 maart 2026")
    expect(field).to_have_count(0)
    expect(citizen.box).to_be_visible()


def test_the_place_in_the_queue_shows_and_getting_nearer_is_said(citizen, gateway):
    citizen.greeted().say("in de rij")
    expect(citizen.notice).to_contain_text("U bent nummer 3 in de rij. U wacht ongeveer 5 minuten.")
    assert citizen.violations() == []
    gateway.control(place=1)
    expect(citizen.notice).to_contain_text("U bent als eerste aan de beurt.")
    expect(citizen.announced.filter(has_text="als eerste aan de beurt")).to_have_count(1)


def test_the_agents_name_shows_above_the_talk_and_with_each_message(citizen):
    citizen.greeted().say("medewerker")
    expect(citizen.panel.locator(".who")).to_have_text("U chat met Sanne, medewerker")
    expect(citizen.said("agent").locator(".name")).to_have_text("Sanne")
    expect(citizen.announced.filter(has_text="Sanne: Goedemiddag")).to_have_count(1)


def test_the_keyboard_stays_where_it_is_while_something_is_tried(citizen, gateway):
    citizen.greeted().ask("paspoort", "persoonlijk")
    menu(citizen, "Gesprek e-mailen")
    citizen.panel.get_by_label("Uw e-mailadres").fill("weg@voorbeeld.nl")
    gateway.control(hold=True)
    button = citizen.panel.get_by_role("button", name="Verstuur", exact=True)
    button.press("Enter")
    expect(button).to_be_disabled()
    assert citizen.violations() == []
    gateway.control(hold=False)
    expect(citizen.panel.get_by_role("alert")).to_contain_text("Dat is niet gelukt.")
    expect(button).to_be_focused()


def test_a_talk_is_mailed_to_the_address_that_is_typed(citizen):
    citizen.greeted().ask("paspoort", "persoonlijk")
    menu(citizen, "Gesprek e-mailen")
    expect(citizen.panel.get_by_role("heading", name="Gesprek e-mailen")).to_be_focused()
    assert citizen.violations() == []
    assert citizen.overflow() == []
    field = citizen.panel.get_by_label("Uw e-mailadres")
    field.fill("geen adres")
    field.press("Enter")
    expect(field).to_be_visible()  # the browser itself refuses what is no address
    field.fill("weg@voorbeeld.nl")
    field.press("Enter")
    expect(citizen.panel.get_by_role("alert")).to_contain_text("Dat is niet gelukt.")
    field.fill("jan@voorbeeld")
    field.press("Enter")
    expect(citizen.panel.get_by_role("alert")).to_have_text("Dit e-mailadres klopt niet. Vul een adres in zoals naam@voorbeeld.nl.")
    field.fill("vaak@voorbeeld.nl")
    field.press("Enter")
    expect(citizen.panel.get_by_role("alert")).to_have_text("Dat kan nu even niet. Probeer het over 42 minuten opnieuw.")
    field.fill("jan@voorbeeld.nl")
    field.press("Enter")
    expect(citizen.announced.filter(has_text="Het gesprek is verstuurd per e-mail.")).to_have_count(1)
    expect(citizen.box).to_be_visible()


def test_a_talk_goes_on_in_whatsapp_and_stops_here(citizen, gateway, context):
    citizen.greeted().ask("paspoort", "persoonlijk")
    menu(citizen, "Verder op WhatsApp")
    expect(citizen.panel.get_by_role("heading", name="Verder op WhatsApp")).to_be_focused()
    assert citizen.violations() == []
    citizen.panel.get_by_role("button", name="Code maken").press("Enter")
    expect(citizen.panel.get_by_text("WW-K7PM-4QXR", exact=True)).to_be_visible()
    expect(citizen.announced.filter(has_text="Uw code is WW-K7PM-4QXR.")).to_have_count(1)
    link = citizen.panel.get_by_role("link", name="WhatsApp openen en de code versturen")
    expect(link).to_have_attribute("href", "https://wa.me/31251000000?text=WW-K7PM-4QXR")
    assert citizen.violations() == []
    gateway.control(moved=True)
    expect(citizen.panel.get_by_role("heading", name="Uw gesprek gaat verder op WhatsApp")).to_be_focused()
    expect(citizen.said("bot")).to_have_count(0)
    assert citizen.page.evaluate("Object.keys(sessionStorage).filter(key => key.endsWith(':castricum')).length") == 0
    assert citizen.violations() == []
    gateway.control(forget=True)
    citizen.panel.get_by_role("button", name="Nieuw gesprek beginnen").click()
    citizen.greeted()


def test_a_talk_that_moved_meanwhile_is_not_shown_after_a_reload(citizen, gateway):
    citizen.greeted().ask("paspoort", "persoonlijk")
    citizen.page.goto("about:blank")  # nobody is there to hear of the move
    gateway.control(moved=True)
    citizen.page.go_back()
    expect(citizen.panel.get_by_role("heading", name="Uw gesprek gaat verder op WhatsApp")).to_be_visible()
    expect(citizen.said("bot")).to_have_count(0)


def test_ending_asks_first_and_leaves_the_talk_to_read(citizen):
    citizen.greeted()
    menu(citizen, "Gesprek beëindigen")
    expect(citizen.panel.get_by_role("heading", name="Wilt u het gesprek beëindigen?")).to_be_focused()
    assert citizen.violations() == []
    citizen.panel.get_by_role("button", name="Gesprek beëindigen").click()
    expect(citizen.panel.get_by_role("button", name="Nieuw gesprek beginnen")).to_be_visible()
    expect(citizen.said("bot")).to_have_count(1)


def test_deleting_forgets_here_and_there(citizen, gateway):
    citizen.greeted()
    menu(citizen, "Gesprek verwijderen")
    assert citizen.violations() == []
    citizen.panel.get_by_role("button", name="Gesprek verwijderen").click()
    expect(citizen.panel.get_by_role("heading", name="Uw gesprek is verwijderd")).to_be_focused()
    assert gateway.control()["talks"] == []
    citizen.panel.get_by_role("button", name="Nieuw gesprek beginnen").click()
    citizen.greeted()


def test_deleting_that_fails_says_so(citizen, gateway):
    citizen.greeted()
    menu(citizen, "Gesprek verwijderen")
    gateway.control(http="down")
    citizen.panel.get_by_role("button", name="Gesprek verwijderen").click()
    expect(citizen.panel.get_by_role("alert")).to_have_text("Dat is niet gelukt. Probeer het opnieuw.")
    gateway.control(http="up")
    citizen.panel.get_by_role("button", name="Gesprek verwijderen").click()
    expect(citizen.panel.get_by_role("heading", name="Uw gesprek is verwijderd")).to_be_visible()


def test_the_talk_can_be_kept_as_a_file(citizen):
    citizen.greeted().ask("paspoort", "persoonlijk")
    with citizen.page.expect_download() as kept:
        menu(citizen, "Gesprek opslaan als bestand")
    text = Path(kept.value.path()).read_text("utf-8")
    assert "U\npaspoort" in text
    assert "Bron: https://www.rijksoverheid.nl/paspoort" in text
    expect(citizen.page.get_by_role("button", name="Meer mogelijkheden")).to_be_focused()


def test_the_menu_opens_and_closes_with_the_keyboard(citizen):
    citizen.greeted()
    button = citizen.page.get_by_role("button", name="Meer mogelijkheden")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert citizen.violations() == []
    expect(citizen.panel.get_by_role("button", name="Geluid bij nieuw bericht")).to_have_attribute("aria-pressed", "false")
    citizen.page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(citizen.panel).to_be_visible()
    expect(citizen.page.locator(".menu-list")).to_be_hidden()


def test_one_tap_asks_for_a_person(citizen):
    citizen.greeted()
    menu(citizen, "Medewerker spreken")
    expect(citizen.said("citizen")).to_contain_text("Ik wil een medewerker spreken.")


def test_a_page_that_the_municipality_chose_has_no_chat(page):
    Citizen(page).visit("/verborgen")
    page.wait_for_function("document.querySelector('wegwijs-chat').shadowRoot.querySelector('.root')")
    page.wait_for_timeout(300)
    expect(page.locator(".launcher")).to_have_count(0)


def test_the_municipalitys_colours_come_without_inline_style(citizen):
    expect(citizen.launcher).to_be_visible()
    assert citizen.launcher.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(11, 85, 99)"
    assert citizen.page.evaluate("document.querySelector('wegwijs-chat').shadowRoot.querySelectorAll('[style], style').length") == 0


def test_the_page_says_what_it_is_about(page, gateway):
    tag = f'<script src="{gateway.url}/widget.js" data-municipality="heiloo" data-product="paspoort" nonce="abc"></script>'
    body = f"<!doctype html><html lang=nl><title>Paspoort</title><body><main><h1>Paspoort</h1></main>{tag}"
    policy = f"default-src 'none'; script-src 'nonce-abc'; connect-src {gateway.url} {gateway.url.replace('http', 'ws')}"
    page.route("**/paspoort", lambda route: route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": policy}))
    citizen = Citizen(page).visit("/paspoort").greeted()
    expect(citizen.said("bot").last).to_contain_text("U bent op de pagina over paspoort.")
    expect(citizen.choice("Kosten")).to_be_enabled()


def test_the_integration_page_shows_a_tag_to_copy(page, gateway):
    page.goto("/integratie")
    page.get_by_label("Gemeente").select_option("heiloo")
    page.get_by_label("Onderwerp van de pagina").fill("paspoort")
    line = f'<script src="{gateway.url}/widget.js" data-municipality="heiloo" data-product="paspoort" defer></script>'
    expect(page.locator("[data-code=html]")).to_have_text(line)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Citizen(page).violations() == []


@pytest.mark.parametrize("look", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_high_contrast_loses_nothing(browser: Browser, gateway, look):
    context = browser.new_context(base_url=gateway.url, **look)
    citizen = Citizen(context.new_page()).visit().greeted()
    citizen.ask("paspoort", "persoonlijk")
    assert citizen.choice("Kosten").evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 1
    assert citizen.violations() == []
    context.close()


def test_from_right_to_left_nothing_sticks_out(citizen):
    citizen.page.evaluate("document.documentElement.dir = 'rtl'")
    citizen.page.set_viewport_size({"width": 320, "height": 568})
    citizen.greeted().ask("paspoort", "persoonlijk")
    assert citizen.overflow() == []


STATES = {
    "gesprek": "paspoort",
    "wachtrij": "in de rij",
    "tijden": "tijden",
    "telefoon": "bel mij",
    "plek": "losse tegel",
    "foto": "foto erbij",
    "medewerker": "medewerker",
}


@pytest.mark.parametrize("state", STATES)
def test_the_accessibility_tree_is_as_it_was_kept(citizen, state):
    citizen.greeted().say(STATES[state])
    expect(citizen.page.locator("li.message")).to_have_count(4 if state == "medewerker" else 3)
    expect(citizen.page.locator(".typing")).to_have_count(0)
    file = TREES / f"{state}.yml"
    assert file.is_file(), f"no tree yet; read and keep this one:\n{citizen.panel.aria_snapshot()}"
    expect(citizen.panel).to_match_aria_snapshot(file.read_text("utf-8"))
