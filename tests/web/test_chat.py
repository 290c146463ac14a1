"""The talk itself: greeting, question and answer, choices, sources, people, refusals."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.citizen import Citizen
from tests.web.scripted_talk import LONG

pytestmark = pytest.mark.browser


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit()


def test_the_greeting_says_that_a_computer_talks(citizen):
    citizen.greeted()
    expect(citizen.panel.locator(".header")).to_contain_text("digitale assistent")
    expect(citizen.log).to_contain_text("Wegwijs is een computerprogramma")


def test_a_question_gets_its_answer_in_order(citizen):
    citizen.greeted()
    citizen.ask("Hallo daar", "U vroeg: Hallo daar")
    expect(citizen.said("citizen")).to_have_count(1)
    assert [name.split()[1] for name in citizen.page.locator("li.message").evaluate_all("all => all.map(e => e.className)")] == [
        "bot",
        "citizen",
        "bot",
    ]


def test_shift_enter_makes_a_new_line_and_enter_sends(citizen):
    citizen.greeted()
    citizen.box.press_sequentially("een")
    citizen.box.press("Shift+Enter")
    citizen.box.press_sequentially("twee")
    expect(citizen.said("citizen")).to_have_count(0)
    citizen.box.press("Enter")
    expect(citizen.said("citizen").locator(".typed")).to_have_text("een\ntwee")
    expect(citizen.box).to_have_value("")


def test_an_empty_message_is_not_sent(citizen, gateway):
    citizen.greeted()
    citizen.say("   ")
    citizen.ask("echt", "U vroeg: echt")
    assert gateway.citizen_texts() == ["echt"]


def test_markdown_becomes_bold_lists_and_links(citizen):
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    answer = citizen.said("bot").last
    expect(answer.locator("strong")).to_have_text("persoonlijk")
    expect(answer.locator(".bubble li")).to_have_count(3)
    expect(answer.get_by_role("link", name="voorbeeldnummer")).to_have_attribute("href", "tel:+31000000000")


def test_the_source_shows_its_date_and_opens_safely_elsewhere(citizen):
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    source = citizen.said("bot").last.locator(".source")
    expect(source).to_contain_text(re.compile(r"Bron: rijksoverheid\.nl.*gecontroleerd op 22 november 2026"))
    link = source.get_by_role("link", name="rijksoverheid.nl (opent in een nieuw tabblad)")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_choice_is_sent_once_and_then_switched_off(citizen, gateway):
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    citizen.choice("Kosten").click()
    expect(citizen.said("bot").last).to_contain_text("De kosten van een paspoort")
    for title in ("Kosten", "Meenemen", "Afspraak maken"):
        expect(citizen.choice(title)).to_be_disabled()
    assert gateway.citizen_texts() == ["paspoort", "Kosten"]


def test_all_choices_of_one_answer_can_be_pressed_until_one_is(citizen, gateway):
    citizen.greeted().ask("vraag het twee keer", "Klopt dit?")
    citizen.choice("Bel mij terug").click()
    expect(citizen.said("citizen").last).to_contain_text("Bel mij terug")
    for title in ("Bel mij terug", "Ja, dat klopt"):
        expect(citizen.choice(title)).to_be_disabled()
    assert gateway.citizen_texts() == ["vraag het twee keer", "Bel mij terug"]


def test_choices_are_switched_off_when_the_citizen_types_something_else(citizen):
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    citizen.ask("iets anders", "U vroeg: iets anders")
    expect(citizen.choice("Kosten")).to_be_disabled()


def test_the_bot_shows_that_it_is_typing_until_the_answer_is_there(citizen, gateway):
    citizen.greeted()
    gateway.control(hold=True)
    citizen.say("Bent u daar?")
    expect(citizen.page.get_by_text("Wegwijs typt…")).to_be_visible()
    gateway.control(hold=False)
    expect(citizen.said("bot").last).to_contain_text("U vroeg")
    expect(citizen.page.get_by_text("Wegwijs typt…")).to_have_count(0)


def test_a_person_is_shown_as_a_person(citizen):
    citizen.greeted()
    citizen.say("Ik wil een medewerker spreken")
    expect(citizen.said("agent")).to_contain_text("Sanne gemeente")
    expect(citizen.said("system")).to_contain_text("U praat nu met een mens")
    expect(citizen.panel.locator(".header")).to_contain_text("U chat met Sanne, medewerker")


def test_a_refused_message_keeps_its_text_and_can_be_sent_again(citizen, gateway):
    citizen.greeted()
    citizen.say("te snel")
    expect(citizen.said("failed")).to_contain_text("U stuurt te veel berichten. Wacht even.")
    expect(citizen.announced.filter(has_text="Dit bericht is niet verstuurd. U stuurt te veel berichten.")).to_have_count(1)
    citizen.page.get_by_role("button", name="Opnieuw proberen").click()
    expect(citizen.said("bot").last).to_contain_text("U vroeg: te snel")
    expect(citizen.said("failed")).to_have_count(0)
    assert gateway.citizen_texts() == ["te snel"]


def test_a_refused_message_can_go_back_into_the_box(citizen):
    citizen.greeted()
    citizen.say("te snel")
    citizen.page.get_by_role("button", name="Tekst aanpassen").click()
    expect(citizen.box).to_have_value("te snel")
    expect(citizen.said("failed")).to_have_count(0)


def test_the_counter_warns_near_the_limit_and_a_text_that_is_too_long_is_kept(citizen, gateway):
    citizen.greeted()
    count = citizen.page.locator("#wegwijs-count")
    citizen.box.fill("a" * 899)
    expect(count).to_have_text("")
    citizen.box.fill("a" * 990)
    expect(count).to_have_text("Nog 10 tekens")
    citizen.say("a" * 1001)
    expect(count).to_have_text("1 teken te veel")
    expect(citizen.box).to_have_value("a" * 1001)
    expect(citizen.box).to_have_attribute("aria-invalid", "true")
    citizen.say("a" * 1000)
    expect(citizen.box).to_have_value("")
    expect(citizen.said("bot")).to_have_count(2)
    assert gateway.citizen_texts() == ["a" * 1000]


def test_a_closed_conversation_offers_a_new_one(citizen):
    citizen.greeted()
    citizen.say("graag afronden")
    citizen.page.get_by_role("button", name="Nieuw gesprek beginnen").click()
    expect(citizen.box).to_be_focused()
    expect(citizen.said("bot")).to_have_count(1)
    expect(citizen.said("citizen")).to_have_count(0)


def test_who_still_has_a_question_after_the_end_types_it(citizen, gateway):
    citizen.greeted()
    citizen.say("graag afronden")
    expect(citizen.panel.locator(".who")).to_have_text("Dit gesprek is afgerond")
    citizen.ask("toch nog iets", "U vroeg: toch nog iets")
    expect(citizen.panel.locator(".who")).to_have_text("digitale assistent")
    expect(citizen.page.get_by_role("button", name="Nieuw gesprek beginnen")).to_have_count(0)
    assert gateway.citizen_texts() == ["graag afronden", "toch nog iets"]


def test_messages_that_come_while_the_chat_is_closed_are_counted(citizen, gateway):
    citizen.greeted()
    citizen.page.get_by_role("button", name="Chat sluiten").click()
    expect(citizen.launcher).to_have_accessible_name("Stel uw vraag")
    gateway.control(say="Bent u er nog?")
    expect(citizen.launcher).to_have_accessible_name("Stel uw vraag (1 nieuw bericht)")
    citizen.launcher.click()
    expect(citizen.said("bot").last).to_be_in_viewport()
    citizen.page.keyboard.press("Escape")
    expect(citizen.launcher).to_have_accessible_name("Stel uw vraag")


@pytest.mark.parametrize("way", ["closed", "on the next page"])
def test_who_was_away_begins_at_the_first_message_that_is_new(citizen, gateway, way):
    citizen.greeted().ask("vertel een lang verhaal", "alinea 15")
    citizen.page.keyboard.press("Escape")
    if way == "on the next page":
        citizen.page.goto("about:blank")
    gateway.control(say=f"Eerste. {LONG}")
    gateway.control(say=f"Tweede. {LONG}")
    if way == "on the next page":
        citizen.visit()
    expect(citizen.launcher).to_have_accessible_name("Stel uw vraag (2 nieuwe berichten)")
    citizen.launcher.click()
    expect(citizen.said("bot").filter(has_text="Eerste.").locator("p", has_text="Eerste.")).to_be_in_viewport()
    expect(citizen.said("bot").last.locator("p", has_text="Tweede.")).not_to_be_in_viewport()


def test_who_reads_back_stays_there_and_sees_that_there_is_news(citizen, gateway):
    citizen.greeted().ask("vertel een lang verhaal", "alinea 15")
    citizen.log.evaluate("log => (log.scrollTop = 100)")
    gateway.control(say=f"Nieuws. {LONG}")
    news = citizen.panel.get_by_role("button", name="1 nieuw bericht")
    expect(news).to_be_visible()
    assert citizen.log.evaluate("log => log.scrollTop") == 100
    gateway.control(say="En dan nog dit.")
    citizen.panel.get_by_role("button", name="2 nieuwe berichten").press("Enter")
    expect(citizen.said("bot").filter(has_text="Nieuws.").locator("p", has_text="Nieuws.")).to_be_in_viewport()
    expect(citizen.panel.locator(".missed")).to_have_count(0)
    assert citizen.focused()["cls"] == "message bot"


def test_nothing_moves_under_the_eyes_of_who_reads_the_last_lines(citizen):
    citizen.greeted().ask("vertel een lang verhaal", "alinea 15")
    before = citizen.log.evaluate("log => (log.scrollTop = log.scrollHeight - log.clientHeight - 60, log.scrollTop)")
    citizen.box.press_sequentially("ja")
    expect(citizen.box).to_have_value("ja")
    assert citizen.log.evaluate("log => log.scrollTop") == before


def test_a_box_that_grows_hides_nothing_of_what_was_said_last(citizen):
    citizen.greeted().ask("vertel een lang verhaal", "alinea 15")
    citizen.log.evaluate("log => (log.scrollTop = log.scrollHeight)")
    for _ in range(4):
        citizen.box.press("Shift+Enter")
    assert citizen.log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 4


def test_the_news_below_is_no_news_for_who_scrolls_there(citizen, gateway):
    citizen.greeted().ask("vertel een lang verhaal", "alinea 15")
    citizen.log.evaluate("log => (log.scrollTop = 100)")
    gateway.control(say="Nieuws.")
    expect(citizen.panel.locator(".missed")).to_have_count(1)
    assert citizen.violations() == []
    citizen.log.evaluate("log => (log.scrollTop = log.scrollHeight)")
    expect(citizen.panel.locator(".missed")).to_have_count(0)


def test_when_a_person_joins_the_buttons_of_before_are_off_and_the_keyboard_goes_on(citizen, gateway):
    citizen.greeted().say("in de rij")
    citizen.choice("Niet wachten").focus()
    gateway.control(join=True)
    expect(citizen.said("agent")).to_be_visible()
    expect(citizen.choice("Niet wachten")).to_be_disabled()
    expect(citizen.box).to_be_focused()


def test_a_long_answer_is_shown_from_its_first_line(citizen):
    citizen.greeted()
    citizen.ask("vertel een lang verhaal", "alinea 15")
    expect(citizen.said("bot").last.locator("p", has_text="alinea 1 van")).to_be_in_viewport()
    expect(citizen.said("bot").last.locator("p", has_text="alinea 15 van")).not_to_be_in_viewport()
    citizen.ask("paspoort", "persoonlijk")
    assert citizen.panel.evaluate("panel => panel.scrollHeight === panel.clientHeight")  # the talk scrolls, not what is around it


def test_without_a_municipality_the_citizen_chooses_one(page, gateway):
    page.route("**/api/v1/municipalities", lambda route: route.abort(), times=1)  # the page knows none, the widget asks for itself
    citizen = Citizen(page).visit("/").open()
    expect(citizen.box).to_have_count(0)
    page.get_by_role("group", name="Over welke gemeente gaat uw vraag?").get_by_role("button", name="Heiloo").click()
    expect(citizen.said("bot")).to_contain_text("gemeente Heiloo")
    assert gateway.control()["talks"][0]["municipality"] == "heiloo"


def test_somebody_who_does_not_know_the_municipality_can_go_on(page, gateway):
    page.route("**/api/v1/municipalities", lambda route: route.abort(), times=1)
    citizen = Citizen(page).visit("/").open()
    page.get_by_role("button", name="Andere gemeente of weet ik niet").click()
    citizen.greeted()
    assert gateway.control()["talks"][0]["municipality"] is None
