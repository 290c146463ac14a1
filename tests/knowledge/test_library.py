"""The one door: what a citizen hears, with and without a municipality."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.knowledge.errors import UnknownEntryError
from bot.model.knowledge import ASPECTS, Link
from tests.knowledge.builders import AMSTERDAM, SOURCE, KnowledgeFolder, counter

NEXT_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=AMSTERDAM)


def test_without_a_municipality_the_answer_is_national(folder: KnowledgeFolder) -> None:
    folder.aspect(
        "grofvuil", "aanvragen", tekst="Bel {telefoon} of kijk op {website}. {gemeente} haalt het op.", meer="Vraag het {gemeente}."
    )
    answer = folder.library().answer("grofvuil", "aanvragen")
    assert answer.text == "Bel het nummer van uw gemeente of kijk op de website van uw gemeente. Uw gemeente haalt het op."
    assert answer.more == "Vraag het uw gemeente."
    assert (answer.title, answer.owner, answer.municipality) == ("Grofvuil", "Team Afval", None)
    assert (answer.source_title, answer.checked_on) == ("De wet", date(2026, 11, 22))
    assert answer.complete
    assert answer.applicable
    assert not answer.local


def test_with_a_municipality_its_name_site_and_number_are_filled_in(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "aanvragen", tekst="Bel {telefoon} of kijk op {website} of op [de kalender]({website}/afval).")
    folder.municipality("duindorp", contact={"telefoon": {"nummer": "14 0000", "bronnen": [SOURCE]}})
    assert folder.library().answer("grofvuil", "aanvragen", "duindorp").text == (
        "Bel 14 0000 of kijk op [www.duindorp.nl](https://www.duindorp.nl) of op [de kalender](https://www.duindorp.nl/afval)."
    )


def test_a_link_to_the_site_of_no_municipality_is_only_its_title(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "aanvragen", tekst="Kijk op [de kalender]({website}/afval).")
    assert folder.library().answer("grofvuil", "aanvragen").text == "Kijk op de kalender."


def test_an_example_number_is_not_told_as_a_fact(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "aanvragen", tekst="Bel {telefoon}.")
    folder.municipality("duindorp", contact={"telefoon": {"nummer": "14 0000", "voorbeeld": True}})
    assert "14 0000" not in folder.library().answer("grofvuil", "aanvragen", "duindorp").text


def test_a_municipality_that_is_gone_gets_the_national_text(folder: KnowledgeFolder) -> None:
    folder.product()
    assert folder.library().answer("grofvuil", "wat", "elders").municipality is None


@pytest.mark.parametrize(("product", "aspect"), [("glas", "wat"), ("grofvuil", "prijs")])
def test_what_does_not_exist_is_an_error(folder: KnowledgeFolder, product: str, aspect: str) -> None:
    folder.product()
    with pytest.raises(UnknownEntryError):
        folder.library().answer(product, aspect)


def test_an_aspect_that_does_not_apply_says_so(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "meenemen", nvt="U hoeft niets mee te nemen.")
    library = folder.library()
    assert not library.answer("grofvuil", "meenemen").applicable
    assert library.aspects_of("grofvuil") == tuple(aspect for aspect in ASPECTS if aspect != "meenemen")


def test_a_municipality_can_make_an_aspect_apply(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "meenemen", nvt="U hoeft niets mee te nemen.")
    folder.municipality()
    folder.local("duindorp", aspecten={"meenemen": {"tekst": "Neem uw pas mee."}}, bronnen=[SOURCE | {"titel": "Hier"}])
    library = folder.library()
    answer = library.answer("grofvuil", "meenemen", "duindorp")
    assert (answer.text, answer.source_title) == ("Neem uw pas mee.", "Hier")
    assert "meenemen" in library.aspects_of("grofvuil", "duindorp")
    assert library.answer("grofvuil", "wat", "duindorp").source_title == "De wet"


def test_an_extra_sentence_comes_below_the_text(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.municipality()
    folder.local("duindorp", extra={"wat": "In {gemeente} mag ook een koelkast mee."})
    text = folder.library().answer("grofvuil", "wat", "duindorp").text
    assert text == "Tekst over wat van grofvuil.\n\nIn de gemeente Duindorp mag ook een koelkast mee."


def test_local_links_replace_the_national_ones(folder: KnowledgeFolder) -> None:
    national = [
        {"soort": "online", "titel": "Regelen", "url": "https://x.nl", "digid": True},
        {"soort": "formulier", "titel": "Zonder adres"},
    ]
    folder.product("grofvuil", acties=national)
    folder.municipality("duindorp", contact={"telefoon": {"nummer": "14 0000", "bronnen": [SOURCE]}})
    folder.municipality("zeedorp")
    folder.local("zeedorp", acties=[])
    folder.local("duindorp", acties=[{"soort": "online", "titel": "Hier", "url": "https://y.nl"}, {"soort": "telefoon", "titel": "Bel"}])
    library = folder.library()
    assert library.answer("grofvuil", "wat").links == (Link("online", "Regelen", "https://x.nl", True),)
    assert library.answer("grofvuil", "wat", "duindorp").links == (
        Link("online", "Hier", "https://y.nl"),
        Link("telefoon", "Bel", "tel:140000"),
    )
    assert library.answer("grofvuil", "wat", "zeedorp").links == ()


def test_the_rest_of_an_answer_is_an_answer(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "wat", tekst="Kort.", meer="Langer.")
    library = folder.library()
    more = library.more("grofvuil", "wat")
    assert more is not None
    assert (more.text, more.more, more.source_title) == ("Langer.", None, "De wet")
    assert library.more("grofvuil", "kosten") is None


# Amounts and prices


def test_a_national_amount_stands_below_the_text_while_it_is_valid(folder: KnowledgeFolder) -> None:
    folder.amount("leges", bedrag=1041.5, eenheid="per keer")
    folder.amount("termijn", soort="termijn", bedrag=None, tekst="U krijgt binnen 5 dagen antwoord.", geldig_tot=None)
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", bedragen=["leges", "termijn"])
    answer = folder.library().answer("grofvuil", "kosten")
    assert answer.text == "U betaalt.\n\n- Naam van leges: € 1.041,50 per keer\n\nU krijgt binnen 5 dagen antwoord."
    assert (answer.complete, answer.source_title) == (True, "De bedragen")


def test_an_expired_amount_is_not_shown_and_a_person_must_be_offered(folder: KnowledgeFolder) -> None:
    folder.amount("leges")
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", bedragen=["leges"])
    assert folder.library(datetime(2026, 12, 31, 23, 59, tzinfo=AMSTERDAM)).answer("grofvuil", "kosten").complete
    answer = folder.library(NEXT_YEAR).answer("grofvuil", "kosten")
    assert answer.text == "U betaalt.\n\n«bedrag_onbekend» De bedragen https://wetten.overheid.nl/x"
    assert not answer.complete


def test_the_amount_of_the_year_is_taken_by_itself(folder: KnowledgeFolder) -> None:
    folder.amount("leges")
    folder.amount("leges", bedrag=43, geldig_vanaf="2027-01-01", geldig_tot="2027-12-31")
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", bedragen=["leges"])
    assert "€ 41,50" in folder.library().answer("grofvuil", "kosten").text
    assert "€ 43,00" in folder.library(NEXT_YEAR).answer("grofvuil", "kosten").text


@pytest.mark.parametrize("change", [{"voorbeeld": True}, {"bron": SOURCE | {"voorbeeld": True}}])
def test_an_example_amount_is_never_shown(folder: KnowledgeFolder, change: dict[str, object]) -> None:
    folder.amount("leges", **change)
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", bedragen=["leges"])
    answer = folder.library().answer("grofvuil", "kosten")
    assert "41,50" not in answer.text
    assert not answer.complete


def test_a_maximum_is_never_the_price(folder: KnowledgeFolder) -> None:
    folder.amount("leges", soort="maximum")
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", bedragen=["leges"])
    answer = folder.library().answer("grofvuil", "kosten")
    assert (answer.text, answer.complete) == ("U betaalt.", True)


def test_a_local_price_stands_below_the_text(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", lokaal=True)
    folder.municipality()
    folder.prices("duindorp", {"bron": SOURCE | {"titel": "Tarieven"}}, {"omschrijving": "Brengen", "bedrag": 0})
    answer = folder.library().answer("grofvuil", "kosten", "duindorp")
    assert answer.text == "U betaalt.\n\n- Ophalen: € 25,00\n- Brengen: gratis"
    assert (answer.complete, answer.local, answer.source_title) == (True, True, "Tarieven")


def test_without_a_municipality_a_local_price_is_unknown(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", lokaal=True)
    answer = folder.library().answer("grofvuil", "kosten")
    assert answer.text == "U betaalt.\n\n«prijs_onbekend» de website van uw gemeente"
    assert (answer.complete, answer.local) == (False, True)


@pytest.mark.parametrize(
    "price",
    [{"voorbeeld": True}, {"bron": SOURCE | {"voorbeeld": True}}, {"geldig_tot": "2026-11-22"}, {"geldig_vanaf": "2026-11-24"}],
)
def test_a_price_that_is_not_true_today_gives_way_to_the_site(folder: KnowledgeFolder, price: dict[str, object]) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", lokaal=True)
    folder.municipality()
    folder.prices("duindorp", price)
    answer = folder.library().answer("grofvuil", "kosten", "duindorp")
    assert answer.text == "U betaalt.\n\n«prijs_onbekend» [www.duindorp.nl](https://www.duindorp.nl)"
    assert not answer.complete


def test_a_price_that_has_a_successor_does_not_make_the_answer_incomplete(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", lokaal=True)
    folder.municipality()
    folder.prices("duindorp", {"geldig_vanaf": "2025-01-01", "geldig_tot": "2025-12-31", "bedrag": 20}, {})
    answer = folder.library().answer("grofvuil", "kosten", "duindorp")
    assert (answer.text, answer.complete) == ("U betaalt.\n\n- Ophalen: € 25,00", True)


def test_one_unknown_price_among_known_ones_is_told(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", lokaal=True)
    folder.municipality()
    folder.prices("duindorp", {}, {"omschrijving": "Brengen", "geldig_tot": "2026-02-01"})
    answer = folder.library().answer("grofvuil", "kosten", "duindorp")
    assert answer.text.startswith("U betaalt.\n\n- Ophalen: € 25,00\n\n«prijs_onbekend»")
    assert not answer.complete


def test_another_aspect_that_differs_here_points_at_the_site(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "wanneer", tekst="Per wijk anders.", lokaal=True)
    folder.municipality("duindorp")
    folder.municipality("zeedorp")
    folder.local("zeedorp", extra={"wanneer": "Op maandag."})
    library = folder.library()
    assert not library.answer("grofvuil", "wanneer", "duindorp").complete
    assert "«lokaal_onbekend»" in library.answer("grofvuil", "wanneer", "duindorp").text
    assert library.answer("grofvuil", "wanneer", "zeedorp").text == "Per wijk anders.\n\nOp maandag."


def test_a_source_that_has_aged_is_not_shown_and_makes_the_answer_incomplete(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", bronnen=[SOURCE | {"geldig_tot": "2026-12-31"}])
    answer = folder.library(NEXT_YEAR).answer("grofvuil", "wat")
    assert (answer.source_url, answer.complete) == (None, False)


def test_an_example_source_is_not_shown(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", bronnen=[SOURCE | {"voorbeeld": True}])
    answer = folder.library().answer("grofvuil", "wat")
    assert (answer.source_url, answer.checked_on, answer.complete) == (None, None, True)


# Who does it


def test_another_body_is_named_and_linked(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", acties=[{"soort": "online", "titel": "Regelen", "url": "https://x.nl"}])
    folder.organisation()
    folder.municipality()
    folder.local("duindorp", instantie="cocensus")
    answer = folder.library().answer("grofvuil", "wat", "duindorp")
    assert answer.text.endswith("\n\n«ander_orgaan» Cocensus")
    assert [link.url for link in answer.links] == ["https://cocensus.nl", "https://x.nl"]
    assert answer.organisation == "cocensus"


def test_a_text_that_names_the_body_is_not_followed_by_its_name(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.organisation("cocensus", ook=["het belastingkantoor"])
    folder.municipality()
    extra = {"waar": "Ga naar **Het Belastingkantoor**.", "duur": "Niet bij Cocensusser."}
    folder.local("duindorp", instantie="cocensus", aspecten={"wat": {"tekst": "Cocensus haalt het op."}}, extra=extra)
    library = folder.library()
    assert library.answer("grofvuil", "wat", "duindorp").text == "Cocensus haalt het op."
    assert "ander_orgaan" not in library.answer("grofvuil", "waar", "duindorp").text
    assert "ander_orgaan" in library.answer("grofvuil", "duur", "duindorp").text


@pytest.mark.parametrize(
    ("bodies", "own", "body"),
    [
        ({"afval": "cocensus"}, None, "cocensus"),
        ({"afval": "cocensus", "grofvuil": "gemeente"}, None, None),
        ({"afval": "gemeente", "grofvuil": "cocensus"}, None, "cocensus"),
        ({"afval": "cocensus"}, "gemeente", None),
        ({}, None, None),
    ],
)
def test_the_nearest_rule_says_who_does_it(folder: KnowledgeFolder, bodies: dict[str, str], own: str | None, body: str | None) -> None:
    folder.product()
    folder.organisation()
    folder.municipality("duindorp", instanties=bodies)
    folder.local("duindorp", **({"instantie": own} if own else {}))
    library = folder.library()
    found = library.body_of("grofvuil", "duindorp")
    assert (found.id if found else None) == body
    assert library.answer("grofvuil", "wat", "duindorp").organisation == body


def test_a_municipality_inherits_and_its_own_goes_first(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", lokaal=True)
    folder.organisation()
    folder.write("municipalities/_duin/municipality.yml", {"id": "_duin", "instanties": {"afval": "cocensus"}, "loketten": [counter()]})
    folder.prices("_duin", {"bedrag": 10})
    folder.local("_duin", extra={"wat": "Gedeeld.", "waar": "Gedeeld."})
    folder.municipality("duindorp", basis="_duin", instanties={"belastingen": "cocensus"})
    folder.municipality("zeedorp", basis="_duin")
    folder.prices("zeedorp", {"bedrag": 12})
    folder.local("zeedorp", extra={"wat": "Eigen."})
    base = folder.load()
    here, there = base.municipalities["duindorp"], base.municipalities["zeedorp"]
    assert (here.prices[0].euro, [price.euro for price in there.prices]) == (Decimal(10), [Decimal(12)])
    assert (here.products["grofvuil"].extra["wat"], dict(there.products["grofvuil"].extra)) == (
        "Gedeeld.",
        {"wat": "Eigen.", "waar": "Gedeeld."},
    )
    assert dict(here.bodies) == {"afval": "cocensus", "belastingen": "cocensus"}
    assert [place.id for place in here.counters] == ["gemeentehuis"]
    assert list(base.municipalities) == ["duindorp", "zeedorp"]


def test_a_referral_names_the_way_to_the_organisation(folder: KnowledgeFolder) -> None:
    folder.organisation("cocensus", contact={"website": "https://cocensus.nl", "telefoon": "023 000 00 00"})
    referral = folder.library().referral("cocensus")
    assert referral.text == (
        "Hiervoor gaat u naar Cocensus.\n\nCocensus doet belastingen.\n\n"
        "«meer_op_website» Cocensus https://cocensus.nl «bel_organisatie» 023 000 00 00 Cocensus"
    )
    assert (referral.links[0].url, referral.source_title) == ("https://cocensus.nl", "De wet")
    with pytest.raises(UnknownEntryError):
        folder.library().referral("svb")


def test_messages_and_titles_come_from_the_files(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.municipality()
    library = folder.library()
    assert library.message("ander_orgaan", "duindorp", organisatie="X") == "«ander_orgaan» X"
    assert (library.title_of("grofvuil"), library.aspect_title("kosten")) == ("Grofvuil", "«aspect_kosten»")
    assert (library.team_name("afval"), library.product("glas"), library.organisation("svb")) == ("Afval", None, None)
    with pytest.raises(UnknownEntryError, match="no message"):
        library.message("bestaat_niet")
    with pytest.raises(UnknownEntryError, match="no value"):
        library.message("ander_orgaan")
