"""What is particular to one standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.exchange import samenwerkende_catalogi, sdg, vac
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.fields import Field, faults_in
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.plan import plan_import
from bot.knowledge.exchange.record import Reading
from bot.knowledge.exchange.registry import STANDARDS
from bot.knowledge.exchange.telling import Telling
from bot.knowledge.loader import read_knowledge
from bot.settings import ROOT
from tests.knowledge.builders import NOON, KnowledgeFolder
from tests.knowledge.exchange.samples import OWMS, SITE, TERMS, WEBSITE, telling

XML = """<?xml version="1.0"?>
<a:scproducten xmlns:a="http://standaarden.overheid.nl/product/terms/" xmlns:d="http://purl.org/dc/terms/"
  xmlns:o="http://standaarden.overheid.nl/owms/terms/"><a:scproduct owms-version="4.0"><a:meta><a:owmskern>
  <d:identifier>https://www.duindorp.nl/pas</d:identifier><d:title><![CDATA[Paspoort & meer]]></d:title><d:language>nl</d:language>
  <d:type scheme="overheid:Informatietype">productbeschrijving</d:type><d:modified>2026-01-01</d:modified>
  <d:spatial scheme="overheid:Gemeente" resourceIdentifier="{owms}">X</d:spatial>
  <o:authority scheme="overheid:Gemeente" resourceIdentifier="{owms}">X</o:authority></a:owmskern>
  <a:owmsmantel><d:audience scheme="overheid:Doelgroep">particulier</d:audience><d:abstract>Kort.</d:abstract></a:owmsmantel>
  <a:scmeta><a:productID>17</a:productID><a:onlineAanvragen>Digid</a:onlineAanvragen>
  <a:uniformeProductnaam resourceIdentifier="http://standaarden.overheid.nl/owms/terms/paspoort">paspoort</a:uniformeProductnaam>
  </a:scmeta></a:meta><a:body/></a:scproduct></a:scproducten>"""


def read(standard: Any, content: str, folder: KnowledgeFolder, tmp_path: Path) -> Reading:
    file = tmp_path / "antwoord"
    file.write_text(content, "utf-8")
    reading: Reading = standard.read(Origin(str(file)), telling(folder))
    return reading


@pytest.mark.parametrize("standard", [samenwerkende_catalogi, sdg], ids=["sc", "sdg"])
def test_a_product_without_a_upl_name_is_refused_with_a_note(standard: Any, folder: KnowledgeFolder) -> None:
    written = standard.write(telling(folder))
    assert written.products == 3
    assert b"afvalkalender" not in written.content
    note = "not written: afvalkalender has no UPL name; add upl: to products/afvalkalender.yml when the UPL has one"
    assert written.notes == (note,)


@pytest.mark.parametrize("standard", [samenwerkende_catalogi, sdg], ids=["sc", "sdg"])
def test_a_catalogue_is_always_of_one_municipality(standard: Any, folder: KnowledgeFolder) -> None:
    with pytest.raises(ExchangeError, match="say whose with --municipality"):
        standard.write(telling(folder, None))


def test_a_municipality_that_owms_is_not_known_for_must_be_told(folder: KnowledgeFolder) -> None:
    unknown = Telling(folder.load(), "duindorp", lambda: NOON, SITE)
    with pytest.raises(ExchangeError, match=r"look it up .* --owms"):
        samenwerkende_catalogi.write(unknown)


def test_an_unknown_municipality_is_told(folder: KnowledgeFolder) -> None:
    with pytest.raises(ExchangeError, match='there is no municipality "duinder"; did you mean "duindorp"'):
        telling(folder, "duinder")


def test_catalogues_of_other_suppliers_are_read(folder: KnowledgeFolder, tmp_path: Path) -> None:
    (record,) = read(samenwerkende_catalogi, XML.format(owms=OWMS), folder, tmp_path).records
    assert (record.label, record.page, record.summary, record.online) == ("Paspoort & meer", f"{WEBSITE}/pas", "Kort.", "digid")
    assert (record.product, record.upl_uri, record.audience) == (None, f"{TERMS}paspoort", ("inwoner",))


def test_products_that_an_sru_answer_wraps_are_found(folder: KnowledgeFolder, tmp_path: Path) -> None:
    inner = XML.format(owms=OWMS).split("?>", 1)[1]
    wrapped = f"<r><records><record>{inner}</record></records><nextRecordPosition>51</nextRecordPosition></r>"
    reading = read(samenwerkende_catalogi, wrapped, folder, tmp_path)
    assert len(reading.records) == 1
    assert any("startRecord" in note for note in reading.notes)


def test_products_of_another_municipality_are_left_out(folder: KnowledgeFolder, tmp_path: Path) -> None:
    reading = read(samenwerkende_catalogi, XML.format(owms=f"{TERMS}Elders"), folder, tmp_path)
    assert reading.records == ()
    assert reading.notes == ('not read: "Paspoort & meer" belongs to X, not to this municipality',)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<a:body/>", "", "scproduct: body is missing"),
        (">Digid<", ">misschien<", "onlineAanvragen: 'misschien' is not allowed"),
        ("<d:title><![CDATA[Paspoort & meer]]></d:title>", "", "owmskern: title is missing"),
        ("particulier", "iedereen", "audience: 'iedereen' is not allowed"),
        ("<a:productID>17</a:productID>", "<a:iets/>", "scmeta: iets does not belong here"),
        ('owms-version="4.0"', 'owms-version="3.0"', "scproduct: attribute owms-version is '3.0'"),
    ],
)
def test_the_check_of_the_catalogue_sees_a_fault(old: str, new: str, fault: str) -> None:
    right = XML.format(owms=OWMS).replace("Digid", "digid").replace("<a:uniform", '<a:uniform scheme="overheid:UniformeProductnaam" ', 1)
    right = right.replace("<a:uniform scheme", "<a:uniformeProductnaam scheme").replace(" eProductnaam resource", " resource")
    assert samenwerkende_catalogi.faults(right.encode()) == ()
    assert fault in samenwerkende_catalogi.faults(right.replace(old.replace("Digid", "digid"), new).encode())


def sdg_item(**changes: Any) -> dict[str, Any]:
    text = {"taal": "nl", "titel": "Paspoort", "tekst": "Inleiding.", "links": [], "datumWijziging": "2026-01-01T00:00:00Z"}
    return {"upnUri": f"{TERMS}paspoort", "upnLabel": "paspoort", "doelgroep": "eu-burger", "vertalingen": [text]} | changes


def test_fields_of_the_sdg_become_aspects(folder: KnowledgeFolder, tmp_path: Path) -> None:
    text = {
        "taal": "nl",
        "titel": "Paspoort",
        "tekst": "<p>Inleiding.</p>",
        "procedureBeschrijving": "Maak een afspraak.\n\n## Waar moet u zijn?\n\nBij het loket.",
        "uitersteTermijn": "Een week.",
        "bezwaarEnBeroep": "Binnen zes weken.",
        "procedureLink": {"label": "Afspraak", "url": "https://x.nl"},
    }
    english = {"taal": "en", "titel": "Passport", "tekst": "Intro."}
    reading = read(sdg, json.dumps({"results": [sdg_item(vertalingen=[english, text])]}), folder, tmp_path)
    assert reading.records[0].texts == {
        "wat": "Inleiding.",
        "aanvragen": "Maak een afspraak.",
        "waar": "Bij het loket.",
        "duur": "Een week.",
    }
    assert any("bezwaarEnBeroep has no place" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("address", "link", "source"),
    [
        ("https://sdg.nl/api/v1/producten/1", f"{WEBSITE}/pas", f"{WEBSITE}/pas"),
        ("https://sdg.nl/api/v1/producten/1", "https://elders.nl", "https://sdg.nl/api/v1/producten/1"),
        (f"{SITE}/api/v1/kennis/producten/paspoort", "https://elders.nl", None),
    ],
)
def test_a_source_is_where_citizens_read_it_and_never_we_ourselves(
    address: str, link: str, source: str | None, folder: KnowledgeFolder, tmp_path: Path
) -> None:
    item = sdg_item(url=address)
    item["vertalingen"][0]["links"] = [{"label": "Lees meer", "url": link}]
    assert read(sdg, json.dumps([item]), folder, tmp_path).records[0].source == source


def test_the_same_product_for_citizens_and_companies_is_one(folder: KnowledgeFolder, tmp_path: Path) -> None:
    items = [sdg_item(), sdg_item(doelgroep="eu-bedrijf")]
    (record,) = read(sdg, json.dumps(items), folder, tmp_path).records
    assert record.audience == ("inwoner", "ondernemer")


def test_articles_of_the_objects_api_are_read_without_their_internal_part(folder: KnowledgeFolder, tmp_path: Path) -> None:
    item = sdg_item()
    item["vertalingen"][0]["deskMemo"] = "Alleen voor de balie."
    reading = read(sdg, json.dumps({"results": [{"url": "https://o", "record": {"data": item}}]}), folder, tmp_path)
    assert len(reading.records) == 1
    assert "balie" not in str(reading)


def test_a_product_that_is_not_offered_is_left_out(folder: KnowledgeFolder, tmp_path: Path) -> None:
    reading = read(sdg, json.dumps([sdg_item(productAanwezig=False), sdg_item(vertalingen=[])]), folder, tmp_path)
    assert reading.records == ()
    assert len(reading.notes) == 2


def test_a_name_that_is_too_long_for_the_sdg_stays_behind(folder: KnowledgeFolder) -> None:
    file = folder.root / "products/glas.yml"
    file.write_text(file.read_text().replace("naam: Glas", f"naam: {'Glas ' * 40}"))
    written = sdg.write(telling(folder))
    assert any("glas has more than 150 characters" in note for note in written.notes)
    assert sdg.faults(written.content) == ()


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"naam": "x" * 11}, "at most 10"),
        ({"naam": 3}, "should be a text"),
        ({"naam": "x", "iets": 1}, "no such field"),
        ({}, "is missing"),
        ({"naam": None}, "null is not allowed"),
        ({"naam": "x", "soort": "c"}, "not one of a, b"),
        ({"naam": "x", "url": "geen"}, "is no uri"),
        ({"naam": "x", "delen": [{"naam": 1}]}, r"a.delen[0].naam: this should be a text"),
        ([], "should be an object"),
    ],
)
def test_the_check_of_a_json_standard_sees_a_fault(value: Any, fault: str) -> None:
    fields = (
        Field("naam", required=True, longest=10),
        Field("soort", choices=("a", "b")),
        Field("url", "uri"),
        Field("delen", "list", fields=(Field("naam"),)),
    )
    assert list(faults_in({"naam": "x", "soort": "a", "url": "https://x", "delen": [{"naam": "y"}]}, fields, "a")) == []
    assert any(fault in found for found in faults_in(value, fields, "a"))


def vac_object(**changes: Any) -> dict[str, Any]:
    return {"vraag": "Is een pas lang geldig?", "antwoord": "<p>Tien jaar.</p>", "status": "actief", "doelgroep": "eu-burger"} | changes


def test_a_question_of_another_system_gives_no_text(folder: KnowledgeFolder, tmp_path: Path) -> None:
    item = vac_object(gerelateerdeProducten=[{"product": f"{TERMS}paspoort"}], trefwoorden=[{"trefwoord": "reizen"}])
    reading = read(vac, json.dumps([item]), folder, tmp_path)
    assert (reading.records[0].texts, reading.records[0].source) == ({}, None)
    assert reading.records[0].questions == {"duur": ("Is een pas lang geldig?",)}
    assert any("its answer is not taken over" in note for note in reading.notes)


def test_a_question_with_one_of_our_aspects_is_its_answer(folder: KnowledgeFolder, tmp_path: Path) -> None:
    title = telling(folder).titles()["duur"]
    words = [{"trefwoord": word} for word in ("Paspoort", title, "reizen")]
    item = vac_object(
        trefwoorden=words, toelichting="Let op de regels.\n- hoe lang nog", afdelingen=[{"afdelingId": "balie", "afdelingNaam": "B"}]
    )
    (record,) = read(vac, json.dumps({"results": [{"record": {"data": item}}]}), folder, tmp_path).records
    assert record.texts == {"duur": "Tien jaar."}
    assert record.questions == {"duur": ("Is een pas lang geldig?", "hoe lang nog")}
    assert (record.words, record.team, record.audience) == (("reizen",), "balie", ("inwoner",))


@pytest.mark.parametrize("status", ["non-actief", "te-verwijderen"])
def test_a_question_that_is_no_longer_active_is_left_out(status: str, folder: KnowledgeFolder, tmp_path: Path) -> None:
    assert read(vac, json.dumps([vac_object(status=status)]), folder, tmp_path).records == ()


def test_questions_without_an_answer_of_their_own_are_counted(folder: KnowledgeFolder) -> None:
    assert vac.write(telling(folder)).notes[0].startswith("not written: 2 example questions of the groups afspraak and melden")


def particular(folder: KnowledgeFolder) -> dict[str, Any]:
    objects = json.loads(vac.write(telling(folder)).content)
    return next(item for item in objects if item["vraag"] == "Haalt u een orgel op?")


def test_a_particular_question_goes_out_with_its_own_answer(folder: KnowledgeFolder) -> None:
    item = particular(folder)
    assert item["antwoord"].startswith("<p>Nee, een <strong>orgel</strong> blijft staan.")
    assert item["toelichting"].count("\n- ") == 5
    assert "en ook een orgel" not in item["toelichting"], "what is asked within a talk says nothing by itself"
    assert item["gerelateerdeProducten"][0]["product"].endswith("/kennis/producten/grofvuil")


def test_a_particular_question_of_our_own_is_known_and_another_answer_to_it_is_told(folder: KnowledgeFolder, tmp_path: Path) -> None:
    item = particular(folder)
    assert read(vac, json.dumps([item]), folder, tmp_path) == Reading(())
    reading = read(vac, json.dumps([item | {"antwoord": "<p>Ja.</p>"}]), folder, tmp_path)
    assert reading == Reading(
        (), ('"Haalt u een orgel op?": its answer differs from ours; if it is right, change it in vacs/grofvuil.yml',)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, standard in STANDARDS.items() if standard.write])
def test_the_real_knowledge_base_goes_out_and_comes_back_the_same(name: str, tmp_path: Path) -> None:
    knowledge = read_knowledge(ROOT / "knowledge")
    here = Telling(knowledge.base, "bergen", lambda: NOON, SITE)
    standard = STANDARDS[name]
    assert standard.write is not None
    assert standard.faults is not None
    written = standard.write(here)
    assert standard.faults(written.content) == ()
    file = tmp_path / "uit"
    file.write_bytes(written.content)
    assert plan_import(standard.read(Origin(str(file)), here), knowledge.folder, here).changes == ()
