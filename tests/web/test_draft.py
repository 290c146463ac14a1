"""What a citizen typed and did not send yet: it survives the page, and goes with the conversation."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.citizen import CASTRICUM, Citizen

pytestmark = pytest.mark.browser

STORY = "Sinds maandag brandt de lantaarn voor ons huis niet meer.\nEn dat is al de derde keer dit jaar."


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit()


def kept(citizen: Citizen, words: str) -> list[str]:
    """In which of the browser's storages these words stand."""
    found: list[str] = citizen.page.evaluate(
        """(words) => ['sessionStorage', 'localStorage'].filter((name) =>
             Object.values(window[name]).some((value) => value.includes(JSON.stringify(words).slice(1, -1))))""",
        words,
    )
    return found


def from_menu(citizen: Citizen, title: str, act: str) -> None:
    citizen.page.get_by_role("button", name="Meer mogelijkheden").click()
    citizen.page.locator(".menu-list").get_by_role("button", name=title).click()
    citizen.panel.get_by_role("button", name=act).click()


def test_a_reload_loses_nothing_that_was_typed(citizen):
    citizen.greeted()
    citizen.box.fill(STORY)
    citizen.page.reload()
    citizen.open()
    expect(citizen.box).to_have_value(STORY)
    assert kept(citizen, STORY) == ["sessionStorage"]


def test_the_next_page_of_the_site_has_it_too(citizen):
    citizen.greeted()
    citizen.box.fill(STORY)
    citizen.visit("/?gemeente=castricum&pagina=2").open()
    expect(citizen.box).to_have_value(STORY)


def test_what_was_sent_does_not_come_back(citizen):
    citizen.greeted()
    citizen.ask(STORY, "U vroeg")
    assert kept(citizen, STORY) == []
    citizen.page.reload()
    citizen.open()
    expect(citizen.said("bot")).to_have_count(2)
    expect(citizen.box).to_have_value("")


@pytest.mark.parametrize(
    ("title", "act"),
    [("Gesprek beëindigen", "Gesprek beëindigen"), ("Gesprek verwijderen", "Gesprek verwijderen")],
    ids=["ended", "deleted"],
)
def test_with_the_conversation_goes_what_was_typed_for_it(citizen, title, act):
    citizen.greeted().ask("paspoort", "persoonlijk")
    citizen.keep()
    citizen.box.fill(STORY)
    assert kept(citizen, STORY) == ["sessionStorage", "localStorage"]
    from_menu(citizen, title, act)
    expect(citizen.page.get_by_role("button", name="Nieuw gesprek beginnen")).to_be_visible()
    assert kept(citizen, STORY) == []
    citizen.page.reload()
    citizen.open()
    expect(citizen.box).to_have_value("")


def test_only_who_lets_us_keep_the_conversation_finds_it_in_another_tab(citizen, context):
    citizen.greeted()
    citizen.box.fill(STORY)
    other = Citizen(context.new_page()).visit(CASTRICUM).greeted()
    expect(other.box).to_have_value("")
    citizen.keep()
    assert kept(citizen, STORY) == ["sessionStorage", "localStorage"]
    third = Citizen(context.new_page()).visit(CASTRICUM).open()
    expect(third.box).to_have_value(STORY)
    citizen.log.get_by_role("button", name="Over deze chat en privacy").click()
    citizen.panel.get_by_role("checkbox").uncheck()
    assert kept(citizen, STORY) == ["sessionStorage"]


def test_who_somebody_is_and_how_to_reach_them_is_not_kept(citizen):
    citizen.greeted()
    citizen.keep()
    citizen.ask("bel mij", "telefoonnummer")
    field = citizen.page.get_by_role("textbox", name="Uw telefoonnummer")
    field.press_sequentially("06 12345678")
    assert kept(citizen, "06 12345678") == []
    citizen.page.reload()
    citizen.open()
    expect(field).to_have_value("")


@pytest.mark.parametrize("reach", ["06 12345678", "+31 (0)251 000 000", "jan.jansen@voorbeeld.nl"])
def test_an_address_or_number_alone_is_not_kept_whatever_was_asked(citizen, reach):
    citizen.greeted()
    citizen.keep()
    citizen.box.press_sequentially(f"{reach} ")
    assert kept(citizen, reach[:10]) == []
    citizen.box.fill(f"{STORY} {reach}")
    assert kept(citizen, STORY) == ["sessionStorage", "localStorage"]


def test_a_number_that_was_typed_before_it_was_asked_for_is_not_kept_either(citizen, gateway):
    citizen.greeted()
    gateway.control(hold=True)
    citizen.say("bel mij")
    citizen.box.press_sequentially("06 12345678")
    gateway.control(hold=False)
    expect(citizen.page.get_by_role("textbox", name="Uw telefoonnummer")).to_have_value("06 12345678")
    assert kept(citizen, "06 12345678") == []
