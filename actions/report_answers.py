"""Takes the answer to the open question of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions.appointment_moment import Moment
from actions.report_asking import speak
from actions.report_beginning import place_words
from actions.report_draft import Draft, Step
from bot.text.outdoors import declines, read_part, report_words, stays_anonymous
from bot.text.particulars import read_email, read_yes_no
from bot.text.phones import read_phone
from bot.text.questions import is_question
from bot.text.streets import has_no_idea, is_no_place, read_street, with_number
from bot.text.whereabouts import is_also, landmark_in, shows_place, tells_more

Answer = Callable[[Moment, Draft], Draft | None]
"""The draft after the answer; None when the message is none."""

_LONGEST_PLACE = 300
_LONGEST_TEXT = 1500
_SHORTEST = 3
_FEWEST_ADDED = 4
"""Words that say more about what is reported; fewer are an answer that was not understood."""

_MOST_OF_TALK = 3
"""Words that may be no more than a greeting."""

_PICTURE = re.compile(r"\b(?:foto|plaatje|afbeelding)", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:huis)?nummer\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSURE = re.compile(r"\b(?:weet (?:ik )?niet|begrijp|snap|hoe moet)\b|\?\s*$", re.IGNORECASE)


def answered(moment: Moment, draft: Draft) -> Draft | None:
    """The draft after a message that answers the open question; None when it does not."""
    return _ANSWERS[draft.step or "what"](moment, draft)


def corrected(moment: Moment, draft: Draft) -> Draft | None:
    """The draft after a message that says something else about any part of the report; None when it does not."""
    text = moment.text
    changed = _reach(draft, text)
    if changed is not None and draft.step == "picture" and not _PICTURE.search(text):
        changed = replace(changed, picture_skipped=True)  # who says how to be reached has passed the picture
    if changed is None and stays_anonymous(text):
        changed = replace(draft, email="", phone="", anonymous=True)
    place = _other_place(moment, changed or draft) if draft.place.known else None
    return place or changed


def added(moment: Moment, draft: Draft) -> Draft | None:
    """The draft with more words about what is reported; None when the message is too short for that, or a question."""
    if not draft.text or len(_WORD.findall(moment.text)) < _FEWEST_ADDED or _UNSURE.search(moment.text) or is_question(moment.text):
        return None
    if moment.understanding.get("zone") == "smalltalk":
        return None
    speak(moment, draft, "utter_report_noted")
    return _with_more(draft, moment.text)


def _what(moment: Moment, draft: Draft) -> Draft | None:
    text = " ".join(moment.text.split())
    words, street = report_words(text), place_words(moment, text)
    if street and len(street) >= len(text.strip(" .,")):
        return _elsewhere(moment, replace(draft, words=street))  # only where: what it is is still asked
    if words is None or len(words) < _SHORTEST:
        return None
    told = replace(draft, text=words[:_LONGEST_TEXT], words=draft.words or street)
    return _elsewhere(moment, told)


def _where(moment: Moment, draft: Draft) -> Draft | None:
    text = " ".join(moment.text.split())
    known = landmark_in(draft.text) if has_no_idea(text) and (draft.misses or _NUMBER.search(text)) else None
    if known:
        return _elsewhere(moment, draft.at(known))  # it stands in the first message, as far as it is known
    reached = _reach(draft, text)
    if reached is not None and read_street(text) is None:
        return reached
    if is_place_missing(text) or _is_small_talk(moment):
        return None
    if moment.here or shows_place(text):
        told = _more_told(moment, draft) if is_also(text) and not (moment.here or read_street(text)) else None
        return told or _elsewhere(moment, draft.at(text[:_LONGEST_PLACE].strip(" .,")))
    return _without_place(moment, draft, text)


def is_place_missing(text: str) -> bool:
    """Whether an answer to where it is can be none: a question, "hier", no words at all."""
    asks = is_question(text) and read_street(text) is None  # "wie beslist dat": a question is no place
    return asks or is_no_place(text) or not _WORD.search(text)


def _without_place(moment: Moment, draft: Draft, text: str) -> Draft | None:
    """What an answer says that shows no sign of a place: how to reach the citizen, more of what is wrong, or a place after all."""
    if stays_anonymous(text):
        return replace(draft, anonymous=True)
    told = _more_told(moment, draft) if tells_more(text) else None
    if told or draft.unplaced:
        return told or draft.at(text[:_LONGEST_PLACE].strip(" .,"))
    speak(moment, draft, "utter_report_where_wrong")
    return replace(draft, unplaced=True)


def _more_told(moment: Moment, draft: Draft) -> Draft | None:
    """The draft with more of what is wrong; once, so that what comes next is the place."""
    if draft.unplaced:
        return None
    found = _with_more(draft, moment.text)
    speak(moment, draft, "utter_report_noted")
    return replace(found, unplaced=True)


def _with_more(draft: Draft, text: str) -> Draft:
    more = " ".join(text.split())
    return replace(draft, text=f"{draft.text.rstrip('.')}. {more[:1].upper()}{more[1:]}"[:_LONGEST_TEXT])


def _is_small_talk(moment: Moment) -> bool:
    """Whether a few words greet or agree, and name no address."""
    short = len(_WORD.findall(moment.text)) <= _MOST_OF_TALK and not any(sign.isdigit() for sign in moment.text)
    return short and moment.understanding.get("zone") == "smalltalk" and read_street(moment.text) is None


def _municipality(moment: Moment, draft: Draft) -> Draft | None:
    return replace(draft, municipality=moment.here) if moment.here else None


def _picture(moment: Moment, draft: Draft) -> Draft | None:
    if declines(moment.text):
        return replace(draft, picture_skipped=True)
    if read_yes_no(moment.text) == "yes":
        return replace(draft, picture_coming=True)
    return None


def _contact(moment: Moment, draft: Draft) -> Draft | None:
    reached = _reach(draft, moment.text)
    if reached is not None:
        return reached
    if declines(moment.text) or stays_anonymous(moment.text):
        return replace(draft, anonymous=True)
    return draft if read_yes_no(moment.text) == "yes" else None


def _confirm(moment: Moment, draft: Draft) -> Draft | None:
    said = read_yes_no(moment.text)
    if said == "yes":
        return replace(draft, outcome="handed_in")
    other = corrected(moment, draft)
    if other is not None:
        return other
    if said in ("no", "change"):
        return change(draft, read_part(moment.text))
    return None


def _change(moment: Moment, draft: Draft) -> Draft | None:
    other = corrected(moment, draft)
    if other is not None:
        return other
    part = read_part(moment.text)
    return change(draft, part) if part else None


def change(draft: Draft, part: str | None) -> Draft:
    """The draft with the question about a part that is wrong; about which part, when that was not said."""
    if part == "where":
        return replace(draft.at(""), ask="where")
    if part == "what":
        return replace(draft, ask="what")
    if part == "contact":
        return replace(draft, email="", phone="", anonymous=False, ask="contact")
    if part == "picture":
        # Pictures are taken back or sent: what was sent does not go along unless another one comes.
        return replace(draft, picture_skipped=True) if draft.picture_ids() else replace(draft, ask="picture")
    return replace(draft, ask="change")


def _reach(draft: Draft, text: str) -> Draft | None:
    email, phone = read_email(text), read_phone(text)
    if not (email or phone):
        return None
    return replace(draft, email=email or draft.email, phone=phone or draft.phone, anonymous=False)


def _other_place(moment: Moment, draft: Draft) -> Draft | None:
    street = read_street(moment.text)
    if street:
        found = draft.at(place_words(moment, moment.text))
        return None if found == draft else _elsewhere(moment, found)
    number = with_number(draft.words, moment.text) if draft.words else None
    return replace(draft, words=number) if number else None


def _elsewhere(moment: Moment, draft: Draft) -> Draft:
    """The draft with the municipality that the words about the place name."""
    return replace(draft, municipality=moment.here) if moment.here else draft


_ANSWERS: Mapping[Step, Answer] = {
    "what": _what,
    "where": _where,
    "municipality": _municipality,
    "picture": _picture,
    "contact": _contact,
    "confirm": _confirm,
    "change": _change,
}
