"""What `make understand` says of a line, given what the engine understood."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model.knowledge import HOW
from bot.tools.understand import told


def meaning(act: str, **more: Any) -> dict[str, Any]:
    return {"act": act, "aspect": None, "product": None, "products": [], "organisation": None, "confidence": 0.9, "zone": "answer", **more}


@pytest.mark.parametrize(
    ("act", "product"),
    [("book", "afspraak"), ("move", "afspraak"), ("report", "melding-openbare-ruimte"), ("complaint", "klacht"), ("person", "contact")],
)
def test_an_act_that_names_no_product_is_about_the_page_that_tells_how_to_do_it(act: str, product: str) -> None:
    said = told("ik wil iets", meaning(act), in_danger=False)
    assert (said["act"], said["product"], said["aspect"]) == (act, product, HOW)


def test_an_act_keeps_the_product_that_it_names() -> None:
    assert told("afspraak voor mijn paspoort", meaning("book", product="paspoort"), in_danger=False)["product"] == "paspoort"


def test_an_appointment_in_a_conversation_is_for_what_was_spoken_of() -> None:
    assert told("kan ik daar een afspraak voor maken?", meaning("book"), in_danger=False, spoken_of="paspoort")["product"] == "paspoort"


def test_a_complaint_in_a_conversation_is_not_about_what_was_spoken_of() -> None:
    assert told("ik heb een klacht", meaning("complaint"), in_danger=False, spoken_of="paspoort")["product"] == "klacht"


def test_thanks_are_about_nothing() -> None:
    said = told("dank u", meaning("thanks", zone="smalltalk"), in_danger=False)
    assert said["product"] is None
    assert said["aspect"] is None


def test_a_question_that_is_not_clear_stays_without_a_product() -> None:
    assert told("iets", meaning("ask", aspect="wat"), in_danger=False)["product"] is None


def test_danger_comes_before_the_act() -> None:
    said = told("ik wil iemand spreken", meaning("person"), in_danger=True)
    assert (said["act"], said["zone"], said["product"]) == ("danger", "danger", None)
