"""Mistakes between files."""

from __future__ import annotations

import pytest

from bot.knowledge.messages import REQUIRED
from tests.knowledge.builders import SOURCE, KnowledgeFolder, counter, messages, product, questions


def told(problems: list[str], message: str) -> bool:
    return any(message in problem for problem in problems)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "glas"}, 'id "glas" differs from the file name "grofvuil"'),
        ({"thema": "afvall"}, 'theme "afvall" is not in themas.yml; did you mean "afval"?'),
        ({"team": "afvla"}, 'team "afvla" is not in themas.yml; did you mean "afval"?'),
        ({"gerelateerd": ["groofvuil"]}, 'product "groofvuil" does not exist; did you mean "grofvuil"?'),
        ({"gerelateerd": ["grofvuil"]}, "a product is not related to itself"),
        ({"voorbeeldvragen": {"wat": questions("x", 39)}}, "39 example questions; at least 40 are needed"),
    ],
)
def test_a_product_that_does_not_fit_the_rest_is_refused(folder: KnowledgeFolder, changes: dict[str, object], message: str) -> None:
    folder.product("grofvuil", **changes)
    assert told(folder.errors(), message), folder.errors()


def test_a_related_product_whose_own_file_is_wrong_does_exist(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", gerelateerd=["glas"])
    folder.product("glas", naam="")
    assert not told(folder.errors(), "does not exist")


def test_an_amount_must_exist(folder: KnowledgeFolder) -> None:
    folder.amount("leges")
    folder.aspect("grofvuil", "kosten", tekst="U betaalt.", bedragen=["leges", "legess"])
    [error] = folder.errors()
    assert error.endswith('amount "legess" is in no file of bedragen/; did you mean "leges"?')


def test_an_amount_may_stand_twice_for_different_years_only(folder: KnowledgeFolder) -> None:
    folder.amount("leges")
    folder.amount("leges", geldig_vanaf="2027-01-01", geldig_tot="2027-12-31")
    assert folder.errors() == []
    folder.amount("leges", geldig_vanaf="2026-12-31", geldig_tot="2026-12-31")
    assert told(folder.errors(), 'amount "leges" also stands in')


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"bedrag": None}, "a bedrag needs bedrag, in euro"),
        ({"soort": "termijn"}, "a termijn needs tekst"),
        ({"geldig_tot": None}, "geldig_tot is missing; an amount ages"),
        ({"geldig_tot": "2025-01-01"}, "geldig_tot lies before geldig_vanaf"),
        ({"bedrag": "12,50"}, "this should be an amount such as 12.50 (a point, no euro sign)"),
        ({"bedrag": "1.234"}, "an amount has at most two decimals"),
        ({"bedrag": "-1"}, "an amount cannot be less than zero"),
    ],
)
def test_a_mistake_in_an_amount_is_explained(folder: KnowledgeFolder, changes: dict[str, object], message: str) -> None:
    folder.amount("leges", **changes)
    assert told(folder.errors(), message), folder.errors()


def test_a_sentence_may_stand_once(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    other = product("glas")
    other["voorbeeldvragen"]["wat"][0] = "Vraag AA over grofvuil?"
    folder.write("products/glas.yml", other)
    [error] = folder.errors()
    assert "sentence stands twice, also on knowledge/products/glas.yml:" in error
    assert "knowledge/products/grofvuil.yml:" in error


def test_a_word_of_two_products_is_a_warning(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", woorden=["grof", "grofvuil", "oude spullen", "rommel"])
    folder.product("glas", woorden=["glas", "glasbak", "flessen", "Rommel"])
    assert folder.errors() == []
    assert told(folder.warnings(), "also stands on")


@pytest.mark.parametrize(
    "sentence", ["een [vraag](product)", "een {vraag}", "/start", "-- vraag", "twee\nregels", "on\u200bzichtbaar", "a\\b"]
)
def test_a_sentence_that_rasa_would_read_as_markup_is_refused(folder: KnowledgeFolder, sentence: str) -> None:
    folder.product("grofvuil", voorbeeldvragen={"wat": [sentence, *questions("x", 40)]})
    assert told(folder.errors(), "Rasa reads them as markup"), folder.errors()


def test_a_number_that_may_be_a_bsn_is_refused(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", voorbeeldvragen={"wat": ["mijn bsn is 111222333 help", *questions("x", 40)]})
    assert told(folder.errors(), "this number could be somebody's BSN")


def test_only_example_sources_are_a_warning(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", bronnen=[{"titel": "x", "url": "https://x.nl", "voorbeeld": True}])
    assert folder.errors() == []
    assert told(folder.warnings(), "no source was looked up")


def test_an_organisation_needs_questions_and_a_way_to_it(folder: KnowledgeFolder) -> None:
    folder.organisation("cocensus", id="x", contact={}, voorbeeldvragen=["een vraag"])
    errors = folder.errors()
    assert told(errors, 'id "x" differs from the file name "cocensus"')
    assert told(errors, "contact needs a website or a telefoon")
    assert told(errors, "1 example questions; at least 25 are needed")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "x"}, 'id "x" differs from the folder name "duindorp"'),
        ({"website": None}, 'key "website" is missing'),
        ({"plaatsen": []}, "plaatsen is empty"),
        ({"basis": "_duin"}, 'there is no shared folder "_duin"'),
        ({"instanties": {"belasting": "cocensus"}}, '"belasting" is no theme and no product; did you mean "belastingen"?'),
        ({"instanties": {"belastingen": "cocencus"}}, 'organisation "cocencus" does not exist; did you mean "cocensus"?'),
        ({"contact": {"telefoon": {"nummer": "14 0251"}}}, "bronnen is missing; name the official page, or write voorbeeld: true"),
        ({"contact": {"telefoon": {"voorbeeld": True}}}, "give exactly one of nummer, adres and url"),
        ({"loketten": [counter(openingstijden={"maandag": [{"van": "12:00", "tot": "09:00"}]})]}, "tot must be later than van"),
        ({"loketten": [counter(openingstijden={"maandag": [{"van": "half negen", "tot": "09:00"}]})]}, "is not a time such as"),
        ({"loketten": [counter(openingstijden={"mandag": []})]}, 'key "mandag" is unknown; did you mean "maandag"?'),
        ({"cbs_code": "383"}, "this should be four digits between quotes"),
    ],
)
def test_a_mistake_in_a_municipality_is_explained(folder: KnowledgeFolder, changes: dict[str, object], message: str) -> None:
    folder.organisation()
    folder.municipality("duindorp", **changes)
    assert told(folder.errors(), message), folder.errors()


def test_themes_and_products_may_have_another_body(folder: KnowledgeFolder) -> None:
    folder.organisation()
    folder.product()
    folder.municipality("duindorp", instanties={"belastingen": "cocensus", "grofvuil": "gemeente"})
    assert folder.errors() == []


def test_a_municipality_without_its_file_is_an_error(folder: KnowledgeFolder) -> None:
    folder.prices("duindorp")
    assert told(folder.errors(), "municipality.yml:1: this file is missing")


def test_a_price_needs_a_product_that_shows_it(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    folder.municipality()
    folder.prices("duindorp", {}, {"product": "grofvui"})
    assert told(folder.errors(), 'product "grofvui" does not exist; did you mean "grofvuil"?')
    assert told(folder.warnings(), "nobody sees this price")


def test_a_local_product_must_exist_and_fit_its_file(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    folder.municipality()
    folder.local("duindorp", "grofvui")
    folder.local("duindorp", "grofvuil", id="grofvui", instantie="cocensus", acties=[{"soort": "online", "titel": "Regelen"}])
    errors = folder.errors()
    assert told(errors, 'products/grofvui.yml:1: product "grofvui" does not exist')
    assert told(errors, 'id "grofvui" differs from the file name "grofvuil"')
    assert told(errors, 'organisation "cocensus" does not exist')
    assert told(folder.warnings(), "this link has no url, so nobody sees it")


def test_a_counter_belongs_to_one_file(folder: KnowledgeFolder) -> None:
    folder.municipality("duindorp", loketten=[counter()])
    folder.municipality("zeedorp", loketten=[counter()])
    assert told(folder.errors(), 'counter "gemeentehuis" also stands in knowledge/municipalities/duindorp')


def test_a_place_name_of_two_municipalities_is_a_warning(folder: KnowledgeFolder) -> None:
    folder.municipality("duindorp")
    folder.municipality("zeedorp", plaatsen=[{"naam": "Zeedorp", "ook": ["duindorp"]}])
    assert told(folder.warnings(), '"duindorp" is also a place of duindorp')


def test_every_message_that_the_program_needs_must_be_there(folder: KnowledgeFolder) -> None:
    folder.write("berichten.yml", {"welkom": "Hallo {gemente}", "Eigen": "x", "leeg": ""})
    errors = folder.errors()
    assert sum("is missing" in error for error in errors) == len(REQUIRED) - 1
    assert told(errors, '{gemente} is not filled in for this message; did you mean "gemeente"?')
    assert told(errors, '"Eigen": a key has lower case letters')
    assert told(errors, 'message "leeg" is empty or not a text')


def test_a_button_that_whatsapp_cannot_show_is_refused(folder: KnowledgeFolder) -> None:
    folder.write("berichten.yml", messages() | {"knop_persoon": "Een medewerker spreken"})
    assert told(folder.errors(), 'the button "Een medewerker spreken" has 22 signs; WhatsApp takes 20')


def test_more_messages_than_the_program_needs_are_welcome(folder: KnowledgeFolder) -> None:
    folder.write("berichten.yml", messages() | {"eigen": "{iets} anders"})
    assert folder.errors() == []


def test_a_source_that_was_made_up_may_lack_the_day_of_checking(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", bronnen=[SOURCE, {"titel": "x", "url": "https://x.nl", "voorbeeld": True}])
    assert folder.errors() == []
