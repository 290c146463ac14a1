"""afspraken.yml: what an editor hears when it is wrong, and what becomes of it when it is right."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model.appointment_rules import AppointmentRules
from tests.knowledge.builders import KnowledgeFolder, counter

MORNING = {"maandag": [{"van": "09:00", "tot": "12:00"}]}


def planning(**changes: Any) -> dict[str, Any]:
    made = {
        "voorbeeld": True,
        "soorten": {"balie": {"moet": ["telefoon"], "mag": ["email"]}},
        "activiteiten": [{"id": "ophalen", "naam": "Ophalen", "soorten": ["balie"], "minuten": 15}],
        "plekken": [{"id": "gemeentehuis", "soort": "balie", "tegelijk": 2, "tijden": MORNING}],
    }
    return made | changes


@pytest.fixture
def town(folder: KnowledgeFolder) -> KnowledgeFolder:
    """A municipality with a counter, and a product that names the activity."""
    folder.product(afspraak="ophalen")
    folder.municipality(loketten=[counter()])
    return folder


def write(town: KnowledgeFolder, name: str = "duindorp", **changes: Any) -> KnowledgeFolder:
    town.write(f"municipalities/{name}/afspraken.yml", planning(**changes))
    return town


def rules(town: KnowledgeFolder) -> AppointmentRules:
    made = town.load().municipalities["duindorp"].appointments
    assert made is not None
    return made


def test_a_right_file_gives_a_planning(town: KnowledgeFolder) -> None:
    made = rules(write(town))
    assert (made.system, made.kinds, made.places["gemeentehuis"].desks) == ("own", ("balie",), 2)
    assert [(field.name, field.required) for field in made.fields["balie"]] == [("last_name", True), ("phone", True), ("email", False)]
    location = made.places["gemeentehuis"].location
    assert (location.name, location.street, location.town) == ("Gemeentehuis", "Dorpsstraat 1", "Duindorp")


def test_without_a_file_nothing_can_be_booked(town: KnowledgeFolder) -> None:
    assert town.load().municipalities["duindorp"].appointments is None


def test_the_address_of_a_counter_that_is_an_example_is_not_told(town: KnowledgeFolder) -> None:
    town.municipality(loketten=[counter(voorbeeld=True)])
    location = rules(write(town)).places["gemeentehuis"].location
    assert (location.street, location.postcode, location.town) == (None, None, "Duindorp")


def test_what_is_shared_is_inherited_and_what_is_own_goes_first(town: KnowledgeFolder) -> None:
    town.write("municipalities/_samen/municipality.yml", {"id": "_samen"})
    town.municipality(basis="_samen", loketten=[counter()])
    away = {"id": "elders", "soort": "balie", "naam": "Elders", "tijden": MORNING}
    write(town, "_samen", plekken=[away, {"id": "gemeentehuis", "soort": "balie", "tegelijk": 2, "tijden": MORNING}])
    own = [{"id": "ophalen", "naam": "Ophalen", "soorten": ["balie"], "minuten": 40}]
    town.write("municipalities/duindorp/afspraken.yml", {"voorbeeld": True, "activiteiten": own})
    made = rules(town)
    assert made.activities["ophalen"].minutes == 40
    assert list(made.places) == ["gemeentehuis", "elders"]
    assert made.places["elders"].resource == "_samen/elders"


def test_a_kind_can_be_switched_off(town: KnowledgeFolder) -> None:
    assert rules(write(town, soorten={"balie": {"aan": False}})).kinds == ()


PLACE = {"id": "gemeentehuis", "soort": "balie", "tijden": MORNING}
ACTIVITY = {"id": "ophalen", "naam": "Ophalen", "soorten": ["balie"], "minuten": 15}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"plekken": [PLACE, PLACE]}, '"gemeentehuis" stands here twice'),
        (
            {"plekken": [PLACE | {"id": "gemeentehius"}]},
            'naam is missing, and "gemeentehius" is no counter of a municipality; did you mean',
        ),
        ({"plekken": [PLACE | {"pauzes": [{"van": "10:00", "tot": "10:15", "balies": [2]}]}]}, "there are only 1 counters here"),
        ({"plekken": [PLACE | {"opties": ["goud"]}]}, 'no activity has option "goud"'),
        ({"plekken": [PLACE | {"dorpen": ["Duindrop"]}]}, 'there is no village "Duindrop"; did you mean'),
        (
            {"plekken": [PLACE | {"tijden": {"maandag": [{"van": "09:00", "tot": "12:00"}, {"van": "11:00", "tot": "13:00"}]}}]},
            "two stretches of this day overlap",
        ),
        ({"activiteiten": [ACTIVITY | {"plekken": ["nergens"]}]}, 'there is no place "nergens"'),
        ({"activiteiten": [ACTIVITY | {"optie_verplicht": True}]}, "optie_verplicht needs opties"),
        ({"soorten": {"balie": {}, "video": {}}}, "no place has soort: video"),
        ({"voorbeeld": False}, "bronnen is missing"),
        ({"systeem": "outlook"}, "own"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(town: KnowledgeFolder, changes: dict[str, Any], message: str) -> None:
    errors = write(town, **changes).errors()
    assert any(message in error and error.startswith("knowledge/municipalities/duindorp/afspraken.yml:") for error in errors), errors


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"activiteiten": [ACTIVITY, ACTIVITY | {"id": "nooit"}]}, "no product has afspraak: nooit"),
        ({"activiteiten": [ACTIVITY | {"id": "anders", "algemeen": True}]}, "products have afspraak: ophalen"),
        ({"plekken": [PLACE | {"tijden": {}}]}, "this place has no tijden"),
        ({"systeem": "jcc"}, "code is missing"),
    ],
)
def test_what_is_odd_is_a_warning(town: KnowledgeFolder, changes: dict[str, Any], message: str) -> None:
    warnings = write(town, **changes).warnings()
    assert any(message in warning for warning in warnings), warnings
    assert not write(town, **changes).errors()


def test_all_four_municipalities_can_book(repository: Any) -> None:
    from bot.knowledge.loader import load_knowledge

    for municipality in load_knowledge(repository / "knowledge").municipalities.values():
        assert municipality.appointments is not None
        assert municipality.appointments.example
