"""The public knowledge API, over the real library on the real knowledge folder."""

from __future__ import annotations

import itertools
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from sanic import Sanic

from bot.gateway.openapi import describe
from bot.knowledge.library import Library
from bot.knowledge.loader import read_knowledge
from bot.model.knowledge import ASPECTS, Vac
from bot.settings import load_settings
from tests.gateway.knowledge_house import MONDAY, knowledge_app, real_library

HERE = "/api/v1/kennis"
_numbers = itertools.count()


@dataclass
class Api:
    """A running gateway: a client, its app and the library it answers from."""

    http: httpx.AsyncClient
    app: Sanic[Any, Any]
    library: Library

    async def get(self, path: str, **query: str) -> Any:
        response = await self.http.get(f"{HERE}{path}", params=query)
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture(scope="session")
def library() -> Library:
    return real_library()


@pytest.fixture
async def api(library: Library) -> AsyncIterator[Api]:
    Sanic.test_mode = True
    holder: list[Api] = []
    app = knowledge_app(lambda: holder[0].library, f"knowledge-{next(_numbers)}")
    door = socket.create_server(("127.0.0.1", 0))  # Sanic takes port 0 for its default port
    server = await app.create_server(sock=door, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{door.getsockname()[1]}", timeout=30) as http:
        holder.append(Api(http, app, library))
        yield holder[0]
    await server.before_stop()
    server.close()
    await server.after_stop()


async def test_the_list_holds_every_product_by_name(api: Api) -> None:
    listed = await api.get("/producten")
    names = [item["name"].casefold() for item in listed["products"]]
    assert {item["id"] for item in listed["products"]} == {item.id for item in api.library.products()}
    assert listed["total"] == len(names)
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("query", "product"),
    [
        ("paspoort", "paspoort"),
        ("paspoorten", "paspoort"),
        ("paspo", "paspoort"),
        ("PASPOORT", "paspoort"),
        ("hondenbelasting", "hondenbelasting"),
        ("mijn kliko is kapot", "afvalcontainer"),
        ("ik ga verhuizen", "verhuismelding"),
        ("lantaarnpaal", "straatverlichting"),
    ],
)
async def test_the_search_finds_what_people_type(api: Api, query: str, product: str) -> None:
    found = (await api.get("/producten", zoek=query))["products"]
    assert product in [item["id"] for item in found[:2]]


async def test_a_word_that_stands_nowhere_finds_nothing(api: Api) -> None:
    assert await api.get("/producten", zoek="qwxzqwxz") == {"total": 0, "products": []}


async def test_the_theme_keeps_only_its_products(api: Api) -> None:
    for theme in (await api.get("/themas"))["themes"]:
        listed = await api.get("/producten", thema=theme["id"])
        assert listed["total"] == theme["products"]
        assert {item["theme"]["id"] for item in listed["products"]} <= {theme["id"]}


async def test_every_product_answers_for_every_municipality_as_the_library_does(api: Api) -> None:
    for product, here in itertools.product(api.library.products()[::16], api.library.municipalities()):
        shown = await api.get(f"/producten/{product.id}", gemeente=here.id)
        told = [api.library.answer(product.id, aspect, here.id) for aspect in ASPECTS]
        assert [(item["aspect"], item["text"], item["more"], item["complete"]) for item in shown["aspects"]] == [
            (item.aspect, item.text, item.more, item.complete) for item in told
        ]
        assert [item["source"] and item["source"]["checked_on"] for item in shown["aspects"]] == [
            item.checked_on.isoformat() if item.checked_on else None for item in told
        ]


async def test_one_answer_is_the_same_as_within_its_product(api: Api) -> None:
    shown = await api.get("/producten/paspoort", gemeente="heiloo")
    for aspect in shown["aspects"]:
        assert await api.get(f"/producten/paspoort/{aspect['aspect']}", gemeente="heiloo") == aspect


async def test_a_product_says_who_answers_for_it_and_what_goes_with_it(api: Api) -> None:
    shown = await api.get("/producten/paspoort", gemeente="castricum")
    product = api.library.product("paspoort")
    assert product is not None
    assert (shown["owner"], shown["team"]["name"]) == (product.owner, api.library.team_name(product.team))
    assert shown["channel"] == {"preferred": product.channel, "reason": product.channel_reason}
    assert [item["id"] for item in shown["related"]] == list(product.related)
    assert shown["questions"]["kosten"] == list(product.questions["kosten"])
    assert shown["sources"][0]["checked_on"] is not None


async def test_the_body_that_does_it_here_is_named(api: Api) -> None:
    shown = await api.get("/producten/hondenbelasting", gemeente="castricum")
    body = api.library.body_of("hondenbelasting", "castricum")
    assert body is not None
    assert shown["organisation"]["name"] == body.name
    assert (await api.get("/producten/hondenbelasting"))["organisation"] is None


async def test_readability_comes_in_numbers(api: Api) -> None:
    shown = await api.get("/producten/paspoort/wat")
    numbers = shown["readability"]
    assert numbers["words"] == len(re.findall(r"[\w-]+", shown["text"]))
    assert numbers["sentences"] >= 2
    assert numbers["longest_sentence"] >= numbers["mean_sentence"] > 0


async def test_examples_are_only_shown_to_who_asks_and_then_marked(api: Api) -> None:
    for here in api.library.municipalities():
        true = await api.get(f"/gemeenten/{here.id}")
        whole = await api.get(f"/gemeenten/{here.id}", voorbeelden="ja")
        assert not any(item["example"] for item in true["counters"] + true["contacts"])
        assert all(item["week"] is None for item in true["counters"] if item["example_hours"])
        assert len(whole["counters"]) == len(here.counters)
        assert [item["example"] for item in whole["counters"]] == [counter.example for counter in here.counters]
        prices = (await api.get("/producten/paspoort", gemeente=here.id))["prices"]
        assert not any(price["example"] for price in prices)


async def test_an_expired_price_is_not_shown_even_as_an_example(api: Api) -> None:
    shown = await api.get("/producten/paspoort", gemeente="castricum", voorbeelden="ja")
    assert all(price["valid_until"] is None or price["valid_until"] >= "2026-11-23" for price in shown["prices"])


async def test_opening_hours_that_nobody_checked_are_unknown(api: Api) -> None:
    base = read_knowledge(load_settings({}).knowledge_dir).base
    town = replace(base.municipalities["castricum"], counters=())
    api.library = Library(replace(base, municipalities={"castricum": town}), lambda: MONDAY)
    shown = await api.get("/gemeenten/castricum/openingstijden")
    assert (shown["known"], shown["open"], shown["next"], shown["days"]) == (False, [], None, [])


async def test_opening_hours_tell_now_next_and_the_week(api: Api) -> None:
    base = read_knowledge(load_settings({}).knowledge_dir).base
    town = base.municipalities["castricum"]
    true = tuple(replace(counter, example=False, example_hours=False) for counter in town.counters[:1])
    api.library = Library(replace(base, municipalities={"castricum": replace(town, counters=true)}), lambda: MONDAY)
    shown = await api.get("/gemeenten/castricum/openingstijden")
    assert shown["at"] == "2026-11-23T10:00:00+01:00"
    assert [item["ends"] for item in shown["open"]] == ["2026-11-23T12:30:00+01:00"]
    assert shown["next"]["starts"] == "2026-11-23T13:30:00+01:00"
    assert [day["date"] for day in shown["days"]] == [f"2026-11-{day}" for day in range(23, 30)]
    assert shown["days"][5]["hours"] == []


async def test_organisations_can_be_searched_and_say_what_a_citizen_is_told(api: Api) -> None:
    found = await api.get("/organisaties", zoek="kinderbijslag")
    assert "svb" in [item["id"] for item in found["organisations"]]
    shown = await api.get("/organisaties/svb", gemeente="uitgeest")
    assert shown["text"] == api.library.referral("svb", "uitgeest").text
    assert (await api.get("/organisaties"))["total"] == len(api.library.organisations())


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/producten/bestaat-niet", 404, "not_found"),
        ("/producten/paspoort/kleur", 404, "not_found"),
        ("/producten?thema=bestaat-niet", 404, "not_found"),
        ("/producten/paspoort?gemeente=bestaat-niet", 422, "unknown_municipality"),
        ("/gemeenten/bestaat-niet", 404, "not_found"),
        ("/gemeenten/bestaat-niet/openingstijden", 404, "not_found"),
        ("/organisaties/bestaat-niet", 404, "not_found"),
        ("/bestaat-niet", 404, "not_found"),
        (f"/producten?zoek={'a' * 201}", 400, "bad_request"),
    ],
)
async def test_what_is_not_there_is_refused_in_dutch(api: Api, path: str, status: int, code: str) -> None:
    response = await api.http.get(f"{HERE}{path}")
    assert (response.status_code, response.json()["error"]) == (status, code)
    assert set(response.json()) == {"error", "message"}
    assert len(response.json()["message"]) > 20


async def test_any_website_may_read_answers_and_refusals(api: Api) -> None:
    for path in ("/producten/paspoort", "/producten/bestaat-niet"):
        response = await api.http.get(f"{HERE}{path}", headers={"Origin": "https://www.example.org"})
        assert response.headers["access-control-allow-origin"] == "*"


async def test_a_client_that_has_it_already_gets_nothing_again(api: Api) -> None:
    first = await api.http.get(f"{HERE}/producten/paspoort")
    assert first.headers["cache-control"] == "public, max-age=60"
    again = await api.http.get(f"{HERE}/producten/paspoort", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = await api.http.get(f"{HERE}/producten/paspoort?gemeente=heiloo", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


async def test_a_new_version_of_the_knowledge_is_served_at_once(api: Api) -> None:
    base = read_knowledge(load_settings({}).knowledge_dir).base
    before = await api.get("/producten", zoek="zeppelinlandingsbaan")
    changed = replace(base.products["paspoort"], words=("zeppelinlandingsbaan",))
    api.library = Library(replace(base, products={"paspoort": changed}), lambda: MONDAY)
    after = await api.get("/producten", zoek="zeppelinlandingsbaan")
    assert (before["total"], after["total"]) == (0, 1)


async def test_the_description_is_valid_and_served(api: Api) -> None:
    response = await api.http.get("/api/v1/openapi.json")
    assert response.json() == describe()
    assert response.headers["access-control-allow-origin"] == "*"
    validate(response.json())


async def test_every_public_route_is_described_and_every_description_is_a_route(api: Api) -> None:
    served = {
        (re.sub(r"<(\w+):\w+>", "{}", f"/{route.path}"), method.lower())
        for route in api.app.router.routes
        for method in route.methods
        if route.path.startswith("api/v1/")
    }
    described = {
        (re.sub(r"\{\w+\}", "{}", path), method)
        for path, operations in describe()["paths"].items()
        for method in operations
        if method != "parameters"
    }
    assert served == described


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/producten?zoek=pas", "ProductList"),
        ("/producten/paspoort?gemeente=castricum&voorbeelden=ja", "ProductOut"),
        ("/producten/openingstijden/wanneer?gemeente=bergen", "AnswerOut"),
        ("/themas", "ThemeList"),
        ("/aspecten", "AspectList"),
        ("/gemeenten", "MunicipalityList"),
        ("/gemeenten/bergen?voorbeelden=ja", "MunicipalityOut"),
        ("/gemeenten/bergen/openingstijden", "OpeningHoursOut"),
        ("/organisaties", "OrganisationList"),
        ("/organisaties/svb", "OrganisationOut"),
    ],
)
async def test_an_answer_has_the_shape_that_is_described(api: Api, path: str, shape: str) -> None:
    document = describe()
    body = (await api.http.get(f"{HERE}{path}")).json()
    errors = Draft202012Validator({**document, "$ref": f"#/components/schemas/{shape}"}).iter_errors(body)
    assert [error.message for error in errors] == []


@pytest.fixture
def with_vacs(library: Library) -> Library:
    """The library with two particular questions about the passport, and none about anything else."""
    klavecimbel = Vac(
        "klavecimbel",
        "Mag mijn klavecimbel mee?",
        "voorwaarden",
        "Ja. {gemeente} zegt het u.",
        ("klavecimbel mee op reis",),
        ("en een klavecimbel",),
    )
    name = Vac("roepnaam", "Kan mijn roepnaam erin?", "voorwaarden", "Nee, alleen uw voornamen.", ("roepnaam in paspoort",))
    base = read_knowledge(load_settings({}).knowledge_dir).base
    products = {key: replace(item, vacs=(klavecimbel, name) if key == "paspoort" else ()) for key, item in base.products.items()}
    return Library(replace(base, products=products), lambda: MONDAY)


async def test_particular_questions_stand_with_their_product(api: Api, with_vacs: Library) -> None:
    api.library = with_vacs
    first, second = (await api.get("/producten/paspoort", gemeente="heiloo"))["vacs"]
    assert (first["id"], first["question"], first["aspect"]) == ("klavecimbel", "Mag mijn klavecimbel mee?", "voorwaarden")
    assert first["text"] == "Ja. De gemeente Heiloo zegt het u."
    assert (first["questions"], first["follow_ups"]) == (["klavecimbel mee op reis"], ["en een klavecimbel"])
    assert (second["readability"]["words"], second["readability"]["sentences"]) == (4, 1)
    assert (await api.get("/producten/verhuismelding"))["vacs"] == []


async def test_the_search_finds_a_product_by_its_particular_questions(api: Api, with_vacs: Library) -> None:
    api.library = with_vacs
    assert [item["id"] for item in (await api.get("/producten", zoek="mag een klavecimbel mee"))["products"]] == ["paspoort"]
