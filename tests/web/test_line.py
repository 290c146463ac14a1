"""The line to the server: reload, two tabs, cuts, refused WebSockets. Nothing is lost and nothing comes twice."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.citizen import Citizen

pytestmark = pytest.mark.browser

BROKEN = "Verbinding verbroken. Wij proberen het opnieuw."
RECOVERY_MS = 15_000


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit()


def test_a_reload_shows_the_same_conversation_open(citizen, gateway):
    citizen.greeted()
    citizen.ask("paspoort", "persoonlijk")
    citizen.page.reload()
    expect(citizen.panel).to_be_visible()
    expect(citizen.said("citizen")).to_have_count(1)
    expect(citizen.said("bot")).to_have_count(2)
    expect(citizen.choice("Kosten")).to_be_enabled()
    assert len(gateway.control()["talks"]) == 1


def test_a_chat_that_was_closed_stays_closed_after_a_reload(citizen):
    citizen.greeted()
    citizen.page.keyboard.press("Escape")
    citizen.page.reload()
    expect(citizen.launcher).to_be_visible()
    expect(citizen.panel).to_be_hidden()


def test_two_tabs_show_the_same_conversation(citizen, context: BrowserContext):
    citizen.greeted().keep()
    other = Citizen(context.new_page()).visit().greeted()
    citizen.ask("uit het eerste tabblad", "U vroeg")
    expect(other.said("citizen")).to_contain_text("uit het eerste tabblad")
    other.ask("uit het tweede", "U vroeg: uit het tweede")
    expect(citizen.said("bot").last).to_contain_text("U vroeg: uit het tweede")
    assert citizen.texts("citizen") == other.texts("citizen") == ["uit het eerste tabblad", "uit het tweede"]
    assert citizen.texts("bot") == other.texts("bot")
    citizen.page.get_by_role("button", name="Meer mogelijkheden").click()
    citizen.page.locator(".menu-list").get_by_role("button", name="Gesprek verwijderen").click()
    citizen.panel.get_by_role("button", name="Gesprek verwijderen").click()
    expect(other.log).to_contain_text("Dit is een nieuw gesprek.")
    expect(other.said("citizen")).to_have_count(0)


def test_each_municipality_has_its_own_conversation(citizen, gateway):
    citizen.greeted()
    citizen.visit("/?gemeente=heiloo").greeted()
    expect(citizen.said("bot")).to_contain_text("gemeente Heiloo")
    assert {talk["municipality"] for talk in gateway.control()["talks"]} == {"castricum", "heiloo"}


def test_a_cut_line_is_told_and_heals_without_loss_or_doubling(citizen, gateway):
    citizen.greeted()
    gateway.control(sockets="refuse", http="down", cut=True)
    expect(citizen.notice).to_contain_text(BROKEN)
    citizen.say("eerste")
    citizen.say("tweede")
    expect(citizen.said("pending").last).to_contain_text("Nog niet verstuurd")
    gateway.control(say="Dit zei ik terwijl u weg was.")
    gateway.control(sockets="accept", http="up")
    expect(citizen.notice).to_have_count(0, timeout=RECOVERY_MS)
    expect(citizen.said("bot").last).to_contain_text("U vroeg: tweede", timeout=RECOVERY_MS)
    assert gateway.citizen_texts() == citizen.texts("citizen") == ["eerste", "tweede"]
    assert citizen.texts("bot")[1:] == ["Dit zei ik terwijl u weg was.", "U vroeg: eerste", "U vroeg: tweede"]
    expect(citizen.said("pending")).to_have_count(0)


def test_a_message_whose_acknowledgement_was_lost_is_not_doubled(citizen, gateway):
    citizen.greeted()
    gateway.control(cut_before_ack=True)
    citizen.ask("kwam dit aan?", "U vroeg: kwam dit aan?")
    assert gateway.citizen_texts() == ["kwam dit aan?"]
    assert citizen.texts("citizen") == ["kwam dit aan?"]


def test_many_cuts_during_a_talk_change_nothing(citizen, gateway):
    citizen.greeted()
    said = [f"bericht {number}" for number in range(6)]
    for text in said:
        gateway.control(cut_before_ack=True)
        citizen.say(text)
    expect(citizen.said("bot")).to_have_count(1 + len(said), timeout=60_000)
    expect(citizen.said("pending")).to_have_count(0)
    assert gateway.citizen_texts() == citizen.texts("citizen") == said


def test_a_reload_during_a_cut_keeps_what_was_not_sent(citizen, gateway):
    citizen.greeted()
    gateway.control(sockets="refuse", http="down", cut=True)
    citizen.say("bewaar mij")
    gateway.control(http="up")
    gateway.control(sockets="accept")
    citizen.page.reload()
    expect(citizen.said("bot").last).to_contain_text("U vroeg: bewaar mij", timeout=RECOVERY_MS)
    assert gateway.citizen_texts() == ["bewaar mij"]


@pytest.mark.parametrize("sockets", ["refuse", "swallow"])
def test_without_websockets_everything_goes_over_http(page, gateway, sockets):
    gateway.control(sockets=sockets)
    page.clock.install()
    citizen = Citizen(page).visit().open()
    expect(page.get_by_text("Wij maken verbinding")).to_have_count(0)
    for _ in range(2):
        page.clock.run_for(6_000)  # as long as a line may take to come to life
    expect(citizen.said("bot").first).to_contain_text("Hallo", timeout=RECOVERY_MS)
    citizen.ask("paspoort", "persoonlijk")
    citizen.choice("Kosten").click()
    expect(citizen.said("bot").last).to_contain_text("De kosten van een paspoort")
    expect(citizen.notice).to_have_count(0)
    assert gateway.control()["frames"] == []
    assert gateway.citizen_texts() == citizen.texts("citizen") == ["paspoort", "Kosten"]


def test_a_conversation_the_server_forgot_is_replaced_by_a_new_one(citizen, gateway):
    citizen.greeted()
    citizen.ask("hallo", "U vroeg: hallo")
    gateway.control(forget=True)
    citizen.page.reload()
    expect(citizen.log).to_contain_text("Dit is een nieuw gesprek.")
    expect(citizen.announced.filter(has_text="Dit is een nieuw gesprek.")).to_have_count(1)
    expect(citizen.said("bot")).to_have_count(1)
    citizen.ask("opnieuw", "U vroeg: opnieuw")
    assert gateway.citizen_texts() == ["opnieuw"]


def test_a_server_that_is_down_at_the_start_is_waited_for(page, gateway):
    citizen = Citizen(page).visit()
    gateway.control(http="down", sockets="refuse")
    citizen.open()
    expect(citizen.notice).to_contain_text("Wegwijs is even niet bereikbaar.")
    citizen.say("alvast een vraag")
    gateway.control(http="up", sockets="accept")
    expect(citizen.said("bot").last).to_contain_text("U vroeg: alvast een vraag", timeout=RECOVERY_MS)
    expect(citizen.notice).to_have_count(0)
