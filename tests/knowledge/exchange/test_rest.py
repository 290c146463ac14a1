"""Reading from other systems over HTTP: pages, tokens, failures, and what is made of their answers."""

from __future__ import annotations

import json
from decimal import Decimal

import httpx
import pytest

from bot.knowledge.exchange import open_product, openpdc, origin
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.record import Record
from bot.model.knowledge import Link
from bot.settings import Secret
from tests.knowledge.builders import KnowledgeFolder
from tests.knowledge.exchange.fake_catalogues import TOKEN, FakeCatalogues
from tests.knowledge.exchange.samples import telling


def from_pdc(catalogues: FakeCatalogues, folder: KnowledgeFolder, path: str = "") -> tuple[dict[str, Record], tuple[str, ...]]:
    reading = openpdc.read(Origin(f"{catalogues.address}{path}", wait=lambda _: None), telling(folder))
    return {record.label: record for record in reading.records}, reading.notes


def from_open_product(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> tuple[dict[str, Record], tuple[str, ...]]:
    where = Origin(f"{catalogues.address}/producttypen/api/v1", Secret(TOKEN), wait=lambda _: None)
    reading = open_product.read(where, telling(folder))
    return {record.label: record for record in reading.records}, reading.notes


def test_every_page_of_openpdc_is_read(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    records, _ = from_pdc(catalogues, folder)
    assert list(records) == ["Paspoort – aanvragen", "Glas", "Vuurwerkverbod"]
    assert catalogues.asked == [f"/wp-json/owc/pdc/v1/items?limit=100&page={page}" for page in (1, 2)]


@pytest.mark.parametrize("path", ["", "/", "/items", "/items?source=7"])
def test_any_usual_address_of_openpdc_will_do(path: str, catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    assert len(from_pdc(catalogues, folder, f"/wp-json/owc/pdc/v1{path}")[0]) == 3
    assert all(("source=7" in asked) == ("source=7" in path) for asked in catalogues.asked)


def test_html_is_cut_at_its_headings_and_cleaned(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    records, notes = from_pdc(catalogues, folder)
    assert records["Paspoort – aanvragen"].texts == {
        "wat": "Met een **paspoort** reist u ver.",
        "meenemen": "U neemt mee:\n- een pasfoto\n- uw [oude pas](https://www.duindorp.nl/pas)",
        "kosten": "Een paspoort kost geld.",
    }
    assert any("Iets geheel anders" in note for note in notes)


def test_what_is_for_employees_stays_out(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    records, notes = from_pdc(catalogues, folder)
    assert "Werkinstructie grofvuil" not in records
    assert 'not read: "Werkinstructie grofvuil" is for employees only' in notes


def test_questions_synonyms_and_links_come_along(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    record = from_pdc(catalogues, folder)[0]["Paspoort – aanvragen"]
    assert record.questions == {"duur": ("Hoe lang is een reisboekje geldig?",)}
    assert record.words == ("reisboekje", "pasje")
    assert record.apply == Link("online", "Afspraak", "https://www.duindorp.nl/afspraak")
    assert [link.url for link in record.links] == ["http://www.duindorp.nl/oud", "https://rijk.nl/pasfoto"]


def test_open_product_gives_texts_and_todays_prices(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    records, notes = from_open_product(catalogues, folder)
    record = records["Grofvuil laten ophalen"]
    assert record.texts == {
        "wat": "Wij halen **grofvuil** bij u op.",
        "voorwaarden": "Hooguit drie kuub.\n\n- Meld aan\n- Zet buiten",
    }
    assert [(price.description, price.euro, price.valid_from.isoformat()) for price in record.prices] == [
        ("Ophalen, per keer", Decimal("31.50"), "2026-07-01"),
        ("Met spoed", Decimal("60.00"), "2026-07-01"),
    ]
    assert record.upl_uri == "http://standaarden.overheid.nl/owms/terms/grofvuil"
    assert "Interne dienst" not in records
    assert any('label "Los" fits no aspect' in note for note in notes)


def test_internal_remarks_of_open_product_are_nowhere(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    records, notes = from_open_product(catalogues, folder)
    assert "Niet voor burgers" not in f"{records}{notes}"


def test_the_next_page_is_asked_of_the_same_host_only(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    catalogues.hostile_next = "http://169.254.169.254/latest?page=2"
    assert len(from_open_product(catalogues, folder)[0]) == 1
    assert "/producttypen/api/v1/producttypen?page=2" in catalogues.asked


def test_a_missing_token_is_told(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    with pytest.raises(ExchangeError, match=r"answered with 401; it needs a token: set EXCHANGE_TOKEN"):
        open_product.read(Origin(f"{catalogues.address}/producttypen/api/v1"), telling(folder))


def test_a_stumble_is_tried_again(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    catalogues.failures = [503, 429]
    waits: list[float] = []
    openpdc.read(Origin(catalogues.address, wait=waits.append), telling(folder))
    assert waits == [0.5, 2.0]


def test_a_system_that_stays_down_is_given_up(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    catalogues.failures = [503] * 9
    with pytest.raises(ExchangeError, match=r"answered with 503; try again later"):
        from_pdc(catalogues, folder)
    assert len(catalogues.asked) == 3


def test_a_mistake_of_ours_is_not_tried_again(catalogues: FakeCatalogues, folder: KnowledgeFolder) -> None:
    with pytest.raises(ExchangeError, match=r"answered with 404; check the address"):
        from_pdc(catalogues, folder, "/wp-json/iets/anders")
    assert len(catalogues.asked) == 1


def reached(error: httpx.TransportError, folder: KnowledgeFolder) -> int:
    tries = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal tries
        tries += 1
        raise error

    with pytest.raises(ExchangeError, match=r"no answer .*try again later"):
        openpdc.read(Origin("https://duindorp.nl", transport=httpx.MockTransport(answer), wait=lambda _: None), telling(folder))
    return tries


@pytest.mark.parametrize("error", [httpx.ConnectError("geen verbinding"), httpx.ReadTimeout("te laat")])
def test_no_answer_is_told_after_three_tries(error: httpx.TransportError, folder: KnowledgeFolder) -> None:
    assert reached(error, folder) == 3


def test_every_request_has_a_time_out() -> None:
    seen: list[dict[str, float]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, content=b"[]")

    Origin("https://duindorp.nl/x", transport=httpx.MockTransport(answer)).json()
    assert all(value is not None and value <= 20 for value in seen[0].values())


def test_an_answer_without_end_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "MAX_BYTES", 1000)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"x" * 2000))
    with pytest.raises(ExchangeError, match="the answer is larger than"):
        Origin("https://duindorp.nl/x", transport=transport).content()


def test_pages_without_end_are_broken_off(monkeypatch: pytest.MonkeyPatch, folder: KnowledgeFolder) -> None:
    monkeypatch.setattr(origin, "MAX_PAGES", 3)
    count = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return httpx.Response(200, json={"next": f"https://duindorp.nl/x?page={count}", "results": []})

    with pytest.raises(ExchangeError, match="more than 3 pages"):
        list(Origin("https://duindorp.nl/x", transport=httpx.MockTransport(answer)).pages("https://duindorp.nl/x"))


def test_pages_that_go_round_end() -> None:
    page = {"next": "https://duindorp.nl/x?page=1", "results": []}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=json.dumps(page)))
    assert len(list(Origin("https://duindorp.nl/x", transport=transport).pages("https://duindorp.nl/x?page=1"))) == 1


def test_the_token_does_not_follow_to_another_host() -> None:
    tokens: dict[str, str | None] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        tokens[request.url.host] = request.headers.get("Authorization")
        if request.url.host == "duindorp.nl":
            return httpx.Response(302, headers={"Location": "https://elders.nl/x"})
        return httpx.Response(200, content=b"[]")

    Origin("https://duindorp.nl/x", Secret("geheim"), transport=httpx.MockTransport(answer)).json()
    assert tokens == {"duindorp.nl": "Token geheim", "elders.nl": None}
