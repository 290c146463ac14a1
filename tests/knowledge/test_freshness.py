"""What ages is told in time."""

from __future__ import annotations

from datetime import date

from bot.knowledge.freshness import notices
from tests.knowledge.builders import SOURCE, KnowledgeFolder, counter

TODAY = date(2026, 11, 23)


def kinds(folder: KnowledgeFolder, today: date = TODAY) -> list[tuple[str, str]]:
    return [(notice.kind, notice.message.split(":")[0]) for notice in notices(folder.read().folder, today)]


def test_fresh_facts_need_no_care(folder: KnowledgeFolder) -> None:
    folder.product()
    folder.organisation()
    folder.amount("leges", geldig_tot="2027-12-31")
    folder.municipality("duindorp", loketten=[counter()])
    assert kinds(folder) == []


def test_what_ends_soon_or_has_ended_is_told(folder: KnowledgeFolder) -> None:
    folder.amount("leges", geldig_tot="2026-12-31")
    folder.amount("oud", geldig_tot="2026-11-22")
    assert kinds(folder) == [("expired", "Naam van oud"), ("expires", "Naam van leges")]


def test_the_last_day_still_counts(folder: KnowledgeFolder) -> None:
    folder.amount("leges", geldig_tot="2026-11-23")
    assert kinds(folder) == [("expires", "Naam van leges")]
    assert kinds(folder, date(2026, 11, 24)) == [("expired", "Naam van leges")]


def test_a_source_of_more_than_a_year_ago_is_told(folder: KnowledgeFolder) -> None:
    folder.product()
    assert kinds(folder, date(2027, 11, 22)) == []
    assert kinds(folder, date(2027, 11, 23)) == [("unchecked", "De wet")]


def test_examples_are_counted_wherever_they_stand(folder: KnowledgeFolder) -> None:
    example = {"titel": "x", "url": "https://x.nl", "voorbeeld": True}
    folder.product("grofvuil", bronnen=[SOURCE, example])
    folder.organisation("cocensus", bronnen=[example])
    numbers = {"telefoon": {"nummer": "14 0000", "voorbeeld": True}, "email": {"adres": "a@b.nl", "bronnen": [SOURCE]}}
    folder.municipality("duindorp", loketten=[counter(voorbeeld=True)], contact=numbers)
    folder.prices("duindorp", {"voorbeeld": True, "geldig_tot": "2020-01-01", "geldig_vanaf": "2019-01-01"})
    folder.local("duindorp", bronnen=[example])
    assert [kind for kind, _ in kinds(folder)] == ["example"] * 6


def test_a_notice_says_where_it_stands(folder: KnowledgeFolder) -> None:
    folder.amount("oud", geldig_tot="2026-11-22")
    [notice] = notices(folder.read().folder, TODAY)
    assert str(notice).startswith("knowledge/bedragen/oud-0.yml:2: Naam van oud: was valid until 2026-11-22")
