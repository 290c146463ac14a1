"""The widget's own words are those of the page, Dutch or English, and each text says in which language it is."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.citizen import Citizen

pytestmark = pytest.mark.browser

ENGLISH = "/site?language=en"
DUTCH = re.compile(
    r"\b(u|uw|de|het|een|en|van|wij|met|gesprek|bericht(en)?|medewerker|gemeente|keuzes|melding|ja|nee|bron|kosten|fijn|tekens?|niet)\b",
    re.I,
)
OWN_WORDS = """() => {
  const said = [];
  const look = (place, lang) => {
    if (place.nodeType === Node.TEXT_NODE) return lang === 'en' && said.push(place.data.trim());
    if (place.nodeType !== Node.ELEMENT_NODE || place.matches('.typed')) return;
    const own = place.getAttribute('lang') ?? lang;
    if (own === 'en') for (const name of ['aria-label', 'placeholder', 'title', 'alt']) said.push(place.getAttribute(name) ?? '');
    for (const child of place.childNodes) look(child, own);
  };
  look(document.querySelector('wegwijs-chat').shadowRoot.querySelector('.root'), '');
  return said.filter(Boolean);
}"""


def open_in_english(citizen: Citizen) -> Citizen:
    citizen.launcher.click()
    expect(citizen.said("bot").first).to_contain_text("Hallo, ik ben Wegwijs")
    citizen.log = citizen.page.get_by_role("log", name="Messages")
    citizen.box = citizen.page.get_by_role("textbox", name="Your message")
    return citizen


def no_dutch_of_its_own(citizen: Citizen) -> None:
    said = citizen.page.evaluate(OWN_WORDS)
    assert len(said) > 3
    assert [text for text in said if DUTCH.search(text)] == []
    assert citizen.violations() == []


@pytest.mark.parametrize(("asked", "language"), [
    ("", "nl"),
    ("lang=en", "en"),
    ("lang=en-GB", "en"),
    ("lang=de", "nl"),
    ("lang=nl&language=en", "en"),
    ("lang=en&language=nl", "nl"),
])  # fmt: skip
def test_the_tag_goes_before_the_page(page, asked, language):
    citizen = Citizen(page).visit(f"/site?{asked}")
    expect(citizen.launcher).to_have_accessible_name({"nl": "Stel uw vraag", "en": "Ask your question"}[language])
    expect(page.locator("wegwijs-chat .root")).to_have_attribute("lang", language)


def test_the_municipality_goes_before_the_page(page, gateway):
    settings = {"language": "en", "welcome": "Hallo.", "english": {"welcome": "Hello there."}}
    page.route("**/api/v1/widget**", lambda route: route.fulfill(json=settings))
    citizen = open_in_english(Citizen(page).visit("/site"))
    expect(citizen.log).to_contain_text("Hello there.")
    expect(citizen.log).not_to_contain_text("Hallo.")


def test_in_english_no_dutch_is_left_but_what_is_marked_as_dutch(page):
    citizen = open_in_english(Citizen(page).visit(ENGLISH))
    no_dutch_of_its_own(citizen)
    citizen.ask("paspoort", "persoonlijk")
    expect(citizen.said("bot").last.locator(".bubble-text")).to_have_attribute("lang", "nl")
    expect(citizen.choice("Kosten")).to_have_attribute("lang", "nl")
    expect(citizen.said("bot").last.locator(".source")).to_contain_text("checked on 22 November 2026")
    no_dutch_of_its_own(citizen)
    citizen.log.get_by_role("button", name="No", exact=True).click()
    no_dutch_of_its_own(citizen)
    citizen.ask("tijden", "eerste tijden")
    no_dutch_of_its_own(citizen)
    citizen.ask("bel mij", "telefoonnummer")
    no_dutch_of_its_own(citizen)


def test_in_english_all_pages_are_english(page):
    citizen = open_in_english(Citizen(page).visit(ENGLISH))
    for title in ("About this chat and privacy", "End conversation", "Delete conversation"):
        page.get_by_role("button", name="More options").click()
        no_dutch_of_its_own(citizen)
        page.locator(".menu-list").get_by_role("button", name=title).click()
        no_dutch_of_its_own(citizen)
        page.get_by_role("button", name="Back to the conversation").click()


def test_in_english_the_queue_a_person_and_the_end_are_english(page):
    citizen = open_in_english(Citizen(page).visit(ENGLISH))
    citizen.say("in de rij")
    expect(citizen.notice).to_have_text(re.compile("You are number 3 in the queue. The wait is about 5 minutes."))
    no_dutch_of_its_own(citizen)
    citizen.say("medewerker")
    expect(page.locator(".who")).to_have_text("You are chatting with Sanne, a member of staff")
    no_dutch_of_its_own(citizen)
    citizen.say("afronden")
    expect(page.get_by_role("button", name="Start a new conversation")).to_be_visible()
    no_dutch_of_its_own(citizen)


def test_in_english_a_refusal_and_a_broken_line_are_english(page, gateway):
    citizen = open_in_english(Citizen(page).visit(ENGLISH))
    citizen.say("te snel")
    expect(citizen.said("failed")).to_contain_text("You are sending many messages in a row.")
    gateway.control(sockets="refuse", http="down", cut=True)
    expect(citizen.notice).to_contain_text("Connection lost.")
    no_dutch_of_its_own(citizen)


def test_what_is_said_aloud_tells_its_language_too(page):
    citizen = open_in_english(Citizen(page).visit(ENGLISH))
    citizen.ask("paspoort", "persoonlijk")
    expect(citizen.announced.last).to_contain_text("Options: Kosten, Meenemen, Afspraak maken.")
    expect(citizen.announced.last.locator("[lang=nl]").first).to_contain_text("Een paspoort vraagt u persoonlijk aan")


def test_on_a_page_from_right_to_left_our_sentences_still_end_where_they_end(page):
    citizen = Citizen(page).visit("/site?dir=rtl").greeted()
    citizen.ask("kies dag", "Welke tijd")
    sides = """time => {
      const range = document.createRange(), text = time.firstChild, at = word => {
        const start = [...time.childNodes].find(node => node.data?.includes(word));
        range.setStart(start, start.data.indexOf(word)); range.setEnd(start, start.data.indexOf(word) + word.length);
        return range.getBoundingClientRect().x;
      };
      return [at('14.30'), at('uur')];
    }"""
    hour, word = citizen.choice("di 3 mrt 14.30 uur").evaluate(sides)
    assert hour < word
    citizen.box.fill("كم التكلفة؟")
    assert citizen.box.evaluate("box => getComputedStyle(box).direction") == "rtl"
    assert citizen.overflow() == []
