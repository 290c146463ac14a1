"""The states in which a citizen may find the widget, and the looks it may have: what axe and the pictures go through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from tests.web.citizen import Citizen
from tests.web.running import Gateway

Reach = Callable[[Citizen, Gateway], None]
"""Brings a citizen who just came to the page into a state."""


def closed(citizen: Citizen, _: Gateway) -> None:
    expect(citizen.launcher).to_be_visible()


def unread(citizen: Citizen, gateway: Gateway) -> None:
    citizen.greeted().page.keyboard.press("Escape")
    gateway.control(say="Hallo?")
    expect(citizen.page.locator(".badge")).to_be_visible()


def welcome(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted()


def consent(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().log.get_by_role("button", name="Over deze chat en privacy").click()
    expect(citizen.panel.get_by_role("checkbox")).to_be_visible()


def menu(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().page.get_by_role("button", name="Meer mogelijkheden").click()


def buttons(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("Ik heb een nieuw paspoort nodig", "persoonlijk")
    expect(citizen.choice("Kosten").last).to_be_enabled()


def conversation(citizen: Citizen, gateway: Gateway) -> None:
    buttons(citizen, gateway)
    citizen.choice("Kosten").last.click()
    expect(citizen.said("bot").last).to_contain_text("De kosten")


def why_not(citizen: Citizen, gateway: Gateway) -> None:
    buttons(citizen, gateway)
    citizen.log.get_by_role("button", name="Nee", exact=True).click()


def judged(citizen: Citizen, gateway: Gateway) -> None:
    why_not(citizen, gateway)
    citizen.log.get_by_role("button", name="Klopt niet").click()
    expect(citizen.log.get_by_text("Dank u wel.")).to_be_visible()


def ten_choices(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("Geef mij een keuzelijst", "Waar gaat uw vraag over?")


def news_below(citizen: Citizen, gateway: Gateway) -> None:
    citizen.greeted().ask("Vertel een lang verhaal", "alinea 15")
    citizen.log.evaluate("log => (log.scrollTop = 100)")
    gateway.control(say="Dit is nieuw.")
    expect(citizen.panel.locator(".missed .button")).to_be_visible()


def times(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("Welke tijden zijn er?", "eerste tijden")


def day(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("Ik kies dag en uur zelf")
    expect(citizen.page.locator(".day-picker")).to_be_visible()


def form(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("Bel mij maar", "telefoonnummer")


def picture(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("Ik wil er een foto erbij doen", "een foto meesturen")
    expect(citizen.page.get_by_role("button", name="Foto toevoegen")).to_be_visible()


def place(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("Er ligt een losse tegel", "Waar is het")
    expect(citizen.page.get_by_role("button", name="Deel mijn locatie")).to_be_visible()


def typing(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("wacht op mij")
    expect(citizen.page.locator(".typing")).to_be_visible()


def queue(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("Zet mij maar in de rij")
    expect(citizen.notice).to_contain_text("nummer 3")


def person(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("Ik wil een medewerker spreken")
    expect(citizen.said("agent")).to_be_visible()


def refused(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("te snel")
    expect(citizen.said("failed")).to_be_visible()


def too_long(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("a" * 1001)


def offline(citizen: Citizen, gateway: Gateway) -> None:
    citizen.greeted().ask("hallo", "U vroeg")
    gateway.control(sockets="refuse", http="down", cut=True)
    expect(citizen.notice).to_be_visible()
    citizen.say("Bent u er nog?")
    expect(citizen.said("pending").last).to_contain_text("Nog niet verstuurd")


def mailing(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("paspoort", "persoonlijk")
    _choose_in_menu(citizen, "Gesprek e-mailen")
    expect(citizen.panel.get_by_label("Uw e-mailadres")).to_be_visible()


def code(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().ask("paspoort", "persoonlijk")
    _choose_in_menu(citizen, "Verder op WhatsApp")
    citizen.panel.get_by_role("button", name="Code maken").click()
    expect(citizen.panel.get_by_text("WW-K7PM-4QXR", exact=True)).to_be_visible()


def moved(citizen: Citizen, gateway: Gateway) -> None:
    code(citizen, gateway)
    gateway.control(moved=True)
    expect(citizen.panel.get_by_role("heading", name="Uw gesprek gaat verder op WhatsApp")).to_be_visible()


def _choose_in_menu(citizen: Citizen, title: str) -> None:
    citizen.page.get_by_role("button", name="Meer mogelijkheden").click()
    citizen.page.locator(".menu-list").get_by_role("button", name=title).click()


def ended(citizen: Citizen, _: Gateway) -> None:
    citizen.greeted().say("U mag afronden, bedankt")
    expect(citizen.page.get_by_role("button", name="Nieuw gesprek beginnen")).to_be_visible()


STATES: dict[str, Reach] = {
    "closed": closed,
    "closed, with news": unread,
    "welcome": welcome,
    "privacy and consent": consent,
    "menu": menu,
    "answer with buttons": buttons,
    "conversation": conversation,
    "asked why an answer does not help": why_not,
    "judged an answer": judged,
    "a list of ten to choose from": ten_choices,
    "news below what is read": news_below,
    "times to choose": times,
    "day to choose": day,
    "form field": form,
    "picture to add": picture,
    "place to share": place,
    "the bot types": typing,
    "waiting in the queue": queue,
    "with a person": person,
    "message refused": refused,
    "message too long": too_long,
    "offline": offline,
    "conversation by e-mail": mailing,
    "code for WhatsApp": code,
    "gone on in WhatsApp": moved,
    "ended": ended,
}


_DESKTOP = {"viewport": {"width": 1024, "height": 768}}
_PHONE = {"viewport": {"width": 320, "height": 568}, "has_touch": True}


@dataclass(frozen=True)
class Look:
    """How the page is looked at: settings of the browser, and a script that runs once the page is there."""

    browser: dict[str, Any] = field(default_factory=lambda: dict(_DESKTOP))
    script: str = ""
    path: str = "/?gemeente=castricum"


LOOKS = {
    "light": Look(),
    "no theme": Look(path="/site"),
    "dark": Look({**_DESKTOP, "color_scheme": "dark"}),
    "forced colours": Look({**_DESKTOP, "forced_colors": "active"}),
    "more contrast": Look({**_DESKTOP, "contrast": "more"}),
    "320 px": Look(_PHONE),
    "200 % text": Look(script="document.documentElement.style.fontSize = '200%'"),
    "right to left": Look(script="document.documentElement.dir = 'rtl'"),
}
