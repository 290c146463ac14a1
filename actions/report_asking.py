"""Puts the open question of a report to the citizen, and reads everything back before it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.appointment_moment import Moment
from actions.report_draft import Draft, Step
from actions.report_steps import asks_picture, village_of
from actions.saying import Choice, payload
from bot.text.phones import show_phone

Ask = Callable[[Moment, Draft], None]

ANSWER = "choose_report"
"""Intent of every button of the report form; its entity `answer` says which."""


def ask(moment: Moment, draft: Draft) -> None:
    """Ask the question of `draft.step`."""
    _ASKS[draft.step or "what"](moment, draft)


def speak(moment: Moment, draft: Draft, response: str, choices: list[Choice] | None = None, **values: str) -> None:
    """Say a response about this report; `input` among the values is what a client may help to fill in."""
    wanted = {"input": values.pop("input")} if "input" in values else {}
    moment.say(response, choices, meta={"route": "report", "product": draft.product, **wanted}, **values)


def _button(moment: Moment, key: str, value: str) -> Choice:
    return moment.library.message(key), payload(ANSWER, answer=value)


def _what(moment: Moment, draft: Draft) -> None:
    speak(moment, draft, "utter_ask_report_what")


def _where(moment: Moment, draft: Draft) -> None:
    speak(moment, draft, "utter_ask_report_where", input="place")


def _municipality(moment: Moment, draft: Draft) -> None:
    choices = [(item.name, payload(ANSWER, answer=f"municipality:{item.id}")) for item in moment.library.municipalities()]
    speak(moment, draft, "utter_ask_report_municipality", choices)


def _picture(moment: Moment, draft: Draft) -> None:
    response = "utter_report_send_picture" if draft.picture_coming else "utter_ask_report_picture"
    speak(moment, draft, response, [_button(moment, "knop_geen_foto", "no_picture")], input="picture")


def _contact(moment: Moment, draft: Draft) -> None:
    speak(moment, draft, "utter_ask_report_contact", [_button(moment, "knop_anoniem", "anonymous")])


def _confirm(moment: Moment, draft: Draft) -> None:
    choices = [_button(moment, "knop_klopt", "yes"), _button(moment, "knop_klopt_niet", "no")]
    speak(moment, draft, "utter_ask_report_confirm", choices, summary=summary(moment, draft))


def _change(moment: Moment, draft: Draft) -> None:
    parts = [("knop_wat_er_is", "what"), ("knop_plek", "where"), ("knop_foto", "picture"), ("knop_gegevens", "contact")]
    pictures = draft.pictures or asks_picture(moment, moment.given.reports.policy(draft.municipality))
    choices = [_button(moment, key, f"change:{part}") for key, part in parts if part != "picture" or pictures]
    speak(moment, draft, "utter_ask_report_change", [*choices, _button(moment, "knop_geen_melding", "stop")])


def summary(moment: Moment, draft: Draft) -> str:
    """Everything that will be reported, as a list to read back."""
    library = moment.library
    reach = draft.email or (show_phone(draft.phone) if draft.phone else "")
    facts = {
        "wat": draft.text,
        "waar": _place(moment, draft),
        "fotos": str(len(draft.picture_ids()) or ""),
        "bericht": reach or library.message("melding_anoniem"),
    }
    return "\n".join(f"- {library.message(f'melding_regel_{part}', waarde=value)}" for part, value in facts.items() if value)


def _place(moment: Moment, draft: Draft) -> str:
    shared = moment.library.message("melding_gedeeld", plaats=village_of(moment, draft) or "") if draft.place.position else ""
    here = moment.library.municipality(draft.municipality) if draft.municipality else None
    words = draft.words
    if words and not shared and here and here.name.lower() not in words.lower():
        words = moment.library.message("melding_plek", plek=words, plaats=here.name)
    return ", ".join(part for part in (words, shared) if part)


_ASKS: Mapping[Step, Ask] = {
    "what": _what,
    "where": _where,
    "municipality": _municipality,
    "picture": _picture,
    "contact": _contact,
    "confirm": _confirm,
    "change": _change,
}
