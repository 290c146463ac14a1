"""What an import would change, and into which file it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.knowledge.exchange.change import Change, Plan, show
from bot.knowledge.exchange.plan import plan_import
from bot.knowledge.exchange.record import PriceOffer, Reading, Record
from bot.model.knowledge import Link
from tests.knowledge.builders import SOURCE, KnowledgeFolder
from tests.knowledge.exchange.samples import HERE, TERMS, WEBSITE, telling, upl

LOCAL = f"municipalities/{HERE}/products"


def plan(folder: KnowledgeFolder, *records: Record, municipality: str | None = HERE, chosen: Mapping[str, str] | None = None) -> Plan:
    assert folder.errors() == []
    return plan_import(Reading(records), folder.read().folder, telling(folder, municipality), chosen)


def told(found: Plan) -> dict[tuple[str, str], Any]:
    """Every change by file and place, with what comes."""
    return {(change.file, ".".join(str(step) for step in change.steps)): change.after for change in found.changes}


def record(product: str = "glas", **says: Any) -> Record:
    return Record(label=product, product=product, **says)


def test_without_a_municipality_a_text_goes_to_everybody(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(texts={"kosten": "Het is gratis."}, source="https://rijk.nl/glas"), municipality=None)
    assert told(found) == {
        ("products/glas.yml", "aspecten.kosten.tekst"): "Het is gratis.",
        ("products/glas.yml", "bronnen"): {"titel": "glas", "url": "https://rijk.nl/glas", "gecontroleerd_op": "2026-11-23"},
    }


def test_with_a_municipality_a_text_goes_to_its_own_file(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(texts={"kosten": "Gratis.\n\nEcht waar."}))
    assert told(found) == {
        (f"{LOCAL}/glas.yml", "aspecten.kosten.tekst"): "Gratis.",
        (f"{LOCAL}/glas.yml", "aspecten.kosten.meer"): "Echt waar.",
    }
    assert any("does not say where its texts stand" in note for note in found.notes)


def test_prices_stay_below_costs_that_a_municipality_replaces(folder: KnowledgeFolder) -> None:
    found = plan(folder, record("grofvuil", texts={"kosten": "Wij rekenen per keer."}))
    assert told(found)[(f"{LOCAL}/grofvuil.yml", "aspecten.kosten.lokaal")] is True


def test_what_is_added_below_a_text_is_no_part_of_it(folder: KnowledgeFolder) -> None:
    said = telling(folder).said(telling(folder).base.products["grofvuil"], "kosten")
    assert any("€ 25,00" in block for block in said.added)
    found = plan(folder, record("grofvuil", texts={"kosten": said.full.replace("Ophalen kost geld.", "Ophalen is duur.")}))
    assert told(found)[(f"{LOCAL}/grofvuil.yml", "aspecten.kosten.tekst")] == "Ophalen is duur."
    assert told(found)[(f"{LOCAL}/grofvuil.yml", "aspecten.kosten.meer")] == "U betaalt vooraf."


def test_the_same_text_is_no_change_whatever_its_blanks(folder: KnowledgeFolder) -> None:
    assert plan(folder, record(texts={"wat": "Tekst  over wat\nvan glas."})).changes == ()


def test_filled_in_names_are_recognised(folder: KnowledgeFolder) -> None:
    found = plan(folder, record("paspoort", texts={"status": "Bel 14 0001 als u niets hoort."}))
    assert found.changes == ()


def test_a_text_that_did_not_apply_becomes_one_that_does(folder: KnowledgeFolder) -> None:
    found = plan(folder, record("paspoort", texts={"wanneer": "Alleen op maandag."}), municipality=None)
    assert told(found) == {
        ("products/paspoort.yml", "aspecten.wanneer.nvt"): None,
        ("products/paspoort.yml", "aspecten.wanneer.tekst"): "Alleen op maandag.",
    }


def test_a_shorter_text_takes_the_rest_away(folder: KnowledgeFolder) -> None:
    found = plan(folder, record("paspoort", texts={"wat": "Met een **paspoort** reist u. Dat is mooi."}), municipality=None)
    assert told(found) == {("products/paspoort.yml", "aspecten.wat.meer"): None}


def test_the_text_that_a_municipality_replaces_is_shown_as_going(folder: KnowledgeFolder) -> None:
    found = plan(folder, record("paspoort", texts={"wat": "Met een **paspoort** reist u."}))
    assert [line.strip() for line in show(found) if line.strip()[0] in "+-"] == [
        "- Dat is mooi.",
        "- Lees [meer](https://rijk.nl/pas) bij het Rijk.",
    ]


def test_an_amount_in_a_text_is_told(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(texts={"kosten": "Het kost € 12,50."}))
    assert any("has an amount in it" in note for note in found.notes)


def test_a_source_that_is_known_is_only_checked_again(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(texts={"kosten": "Gratis."}, source=SOURCE["url"]), municipality=None)
    assert told(found)[("products/glas.yml", "bronnen.0.gecontroleerd_op")] == "2026-11-23"


def test_names_words_and_questions_belong_to_everybody(folder: KnowledgeFolder) -> None:
    found = plan(
        folder,
        record(
            name="Glas en potten",
            audience=("inwoner",),
            team="balie",
            words=("glasbak", "glas w"),
            questions={"waar": ("waar is de glasbak", "vraag aa over glas")},
            related=(f"{TERMS}grofvuil", f"{TERMS}paspoort", f"{TERMS}onbekend"),
        ),
    )
    assert told(found) == {
        ("products/glas.yml", "naam"): "Glas en potten",
        ("products/glas.yml", "doelgroep"): ["inwoner"],
        ("products/glas.yml", "team"): "balie",
        ("products/glas.yml", "gerelateerd"): "grofvuil",
        ("products/glas.yml", "woorden"): "glasbak",
        ("products/glas.yml", "voorbeeldvragen.waar"): "waar is de glasbak",
    }


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("vraag ab over paspoort", "belongs to paspoort already"),
        ("cocensus zelf", None),
        ("wat [is] dit", "cannot train the bot"),
        ("/restart", "cannot train the bot"),
        ("mijn nummer is 111222333", "cannot train the bot"),
    ],
)
def test_a_question_that_cannot_train_is_left_out(question: str, reason: str | None, folder: KnowledgeFolder) -> None:
    found = plan(folder, record(questions={"wat": (question,)}))
    assert bool(found.changes) == (reason is None)
    assert reason is None or any(reason in note for note in found.notes)


def test_the_same_question_twice_is_added_once(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(questions={"wat": ("Waar is de bak?",)}), record(questions={"waar": ("waar is de bak",)}))
    assert len(found.changes) == 1


def test_two_records_that_disagree_are_told(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(texts={"wat": "Een."}), record(texts={"wat": "Twee."}))
    assert told(found) == {(f"{LOCAL}/glas.yml", "aspecten.wat.tekst"): "Een."}
    assert "glas: wat is given twice with different content; only the first is shown" in found.notes


def test_new_links_are_added_and_old_ones_stay(folder: KnowledgeFolder) -> None:
    found = plan(
        folder, record("paspoort", links=(Link("formulier", "Nieuw", f"{WEBSITE}/nieuw"), Link("informatie", "Oud", "http://x.nl")))
    )
    assert told(found) == {(f"{LOCAL}/paspoort.yml", "acties"): {"soort": "formulier", "titel": "Nieuw", "url": f"{WEBSITE}/nieuw"}}
    assert any("which is not https" in note for note in found.notes)


def test_a_link_is_known_by_its_address_or_its_title(folder: KnowledgeFolder) -> None:
    found = plan(
        folder,
        record(
            "paspoort",
            links=(
                Link("informatie", "Formulier van toestemming", f"{WEBSITE}/toestemming"),
                Link("informatie", "Paspoort in Duindorp", f"{WEBSITE}/reizen"),
            ),
        ),
    )
    assert told(found) == {
        (f"{LOCAL}/paspoort.yml", "acties.0.url"): f"{WEBSITE}/reizen",
        (f"{LOCAL}/paspoort.yml", "acties.2.titel"): "Formulier van toestemming",
    }


def test_a_link_that_is_gone_goes_only_from_a_full_list(folder: KnowledgeFolder) -> None:
    kept = (Link("informatie", "Paspoort in Duindorp", f"{WEBSITE}/paspoort"),)
    assert plan(folder, record("paspoort", links=kept)).changes == ()
    (change,) = plan(folder, record("paspoort", links=kept, all_links=True)).changes
    assert [link["titel"] for link in change.after] == ["Paspoort in Duindorp"]


def test_links_of_a_municipality_keep_the_way_to_who_does_it(folder: KnowledgeFolder) -> None:
    (change,) = plan(folder, record("grofvuil", links=(Link("informatie", "Werf", f"{WEBSITE}/werf"),))).changes
    assert change.file == f"{LOCAL}/grofvuil.yml"
    assert [link["titel"] for link in change.after] == ["Ophaaldienst", "Grofvuil aanmelden", "Bellen", "Nog niet bekend", "Werf"]


def test_the_page_of_another_site_is_left_out(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(page="https://www.elders.nl/glas"))
    assert found.changes == ()
    assert any(f"is not on {WEBSITE}" in note for note in found.notes)


def test_the_municipalitys_page_comes_in_front(folder: KnowledgeFolder) -> None:
    (change,) = plan(folder, record(page=f"{WEBSITE}/glas")).changes
    assert change.after == [{"soort": "informatie", "titel": "Glas", "url": f"{WEBSITE}/glas"}]


def offer(euro: str, since: str, description: str = "Ophalen, per keer") -> Record:
    return record("grofvuil", prices=(PriceOffer(description, Decimal(euro), date.fromisoformat(since)),))


def test_a_new_price_ends_the_old_one_the_day_before(folder: KnowledgeFolder) -> None:
    found = told(plan(folder, offer("31.50", "2026-07-01")))
    file = f"municipalities/{HERE}/prijzen.yml"
    assert found[(file, "prijzen.0.geldig_tot")] == "2026-06-30"
    assert found[(file, "prijzen")] == {
        "product": "grofvuil",
        "omschrijving": "Ophalen, per keer",
        "bedrag": "31.50",
        "geldig_vanaf": "2026-07-01",
        "geldig_tot": "2026-12-31",
        "bron": {"titel": "grofvuil", "url": WEBSITE, "gecontroleerd_op": "2026-11-23"},
    }


def test_the_price_that_we_know_is_no_change(folder: KnowledgeFolder) -> None:
    assert plan(folder, offer("25.00", "2026-01-01")).changes == ()
    assert plan(folder, offer("25.00", "2025-04-01")).changes == ()


def test_another_amount_from_the_same_day_is_a_correction(folder: KnowledgeFolder) -> None:
    found = told(plan(folder, offer("26.00", "2026-01-01")))
    assert found[(f"municipalities/{HERE}/prijzen.yml", "prijzen.0.bedrag")] == "26.00"
    assert (f"municipalities/{HERE}/prijzen.yml", "prijzen") not in found


def test_a_real_price_takes_the_place_of_an_example(folder: KnowledgeFolder) -> None:
    folder.prices(HERE, {"omschrijving": "Ophalen, per keer", "voorbeeld": "true"})
    found = told(plan(folder, offer("25.00", "2026-07-01")))
    assert found[(f"municipalities/{HERE}/prijzen.yml", "prijzen.0.voorbeeld")] is None
    assert found[(f"municipalities/{HERE}/prijzen.yml", "prijzen.0.geldig_vanaf")] == "2026-07-01"


def test_a_price_without_a_municipality_is_told(folder: KnowledgeFolder) -> None:
    found = plan(folder, offer("25.00", "2026-01-01"), municipality=None)
    assert found.changes == ()
    assert any("say whose with --municipality" in note for note in found.notes)


def test_a_price_that_nobody_would_see_is_told(folder: KnowledgeFolder) -> None:
    found = plan(folder, record(prices=(PriceOffer(None, Decimal(3), date(2026, 1, 1)),)))
    assert any("write lokaal: true below kosten" in note for note in found.notes)


@pytest.mark.parametrize(
    ("says", "product"),
    [
        ({"upl_uri": f"{TERMS}paspoort"}, "paspoort"),
        ({"upl_name": "Paspoort"}, "paspoort"),
        ({"names": ("glas x",)}, "glas"),
        ({"label": "GLAS"}, "glas"),
        ({"label": "iets", "product": "glas"}, "glas"),
    ],
    ids=["upl-address", "upl-name", "word", "name", "id"],
)
def test_the_product_is_found(says: dict[str, Any], product: str, folder: KnowledgeFolder) -> None:
    found = plan(folder, Record(**{"label": "iets heel anders", "texts": {"wat": "Nieuw."}, **says}))
    assert {change.product for change in found.changes} == {product}


def test_a_product_of_which_two_have_the_same_upl_name_needs_a_word_more(folder: KnowledgeFolder) -> None:
    folder.product("glas-bedrijf", upl=upl("glas"), naam="Glas van bedrijven")
    vague = Record(label="Glasbakken", upl_uri=f"{TERMS}glas", texts={"wat": "Nieuw."})
    found = plan(folder, vague)
    assert found.changes == ()
    assert any('say which with --match "Glasbakken=glas-bedrijf"' in note for note in found.notes)
    assert {change.product for change in plan(folder, vague, chosen={"glasbakken": "glas-bedrijf"}).changes} == {"glas-bedrijf"}
    named = Record(label="Glas van bedrijven", upl_uri=f"{TERMS}glas", texts={"wat": "Nieuw."})
    assert {change.product for change in plan(folder, named).changes} == {"glas-bedrijf"}


def test_an_unknown_product_is_told_with_the_nearest(folder: KnowledgeFolder) -> None:
    found = plan(folder, Record(label="Grof vuil", upl_name="grof afval", texts={"wat": "Nieuw."}))
    assert found.changes == ()
    assert 'not read: no product of ours is "Grof vuil" (UPL: grof afval)' in found.notes[0]
    assert '--match "Grof vuil=grofvuil"' in found.notes[0]


@pytest.mark.parametrize(
    ("name", "address", "note"),
    [
        ("grofvuil", f"{TERMS}paspoort", 'UPL name "grofvuil" goes with an address that is "paspoort" with us'),
        ("paspoort", f"{TERMS}verzonnen", "is none of our products'"),
        ("Paspoort", f"{TERMS}paspoort", None),
    ],
)
def test_a_upl_name_is_checked_against_ours(name: str, address: str, note: str | None, folder: KnowledgeFolder) -> None:
    found = plan(folder, Record(label="Paspoort", upl_name=name, upl_uri=address))
    assert any(note in one for one in found.notes) if note else found.notes == ()


def test_a_plan_can_be_narrowed() -> None:
    changes = tuple(Change("f", product, field, (field,), None, "x") for product in ("a", "b") for field in ("kosten", "wat"))
    whole = Plan(changes, ("let op",))
    assert [(item.product, item.field) for item in whole.only(("a",), ("wat",)).changes] == [("a", "wat")]
    assert whole.only((), ()) == whole
    assert whole.only(("a",), ()).code != whole.code


def test_a_difference_is_shown_sentence_by_sentence() -> None:
    changes = (
        Change("products/a.yml", "a", "wat", ("aspecten", "wat", "tekst"), "Een. Twee. Drie.", "Een. Vier. Drie."),
        Change("municipalities/x/products/a.yml", "a", "acties", ("acties",), None, {"soort": "online", "digid": True}, adds=True),
        Change("products/b.yml", "b", "wat", ("aspecten", "wat", "meer"), "Weg.", None),
    )
    assert list(show(Plan(changes))) == [
        "a",
        "  municipalities/x/products/a.yml",
        "    acties",
        "      + soort: online; digid: true",
        "  products/a.yml (for every municipality)",
        "    aspecten.wat.tekst",
        "        Een.",
        "      - Twee.",
        "      + Vier.",
        "        Drie.",
        "b",
        "  products/b.yml (for every municipality)",
        "    aspecten.wat.meer",
        "      - Weg.",
    ]
