"""Reports over a real database and a small folder of knowledge, on a Monday morning that a test can move."""

from __future__ import annotations

import io
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import insert

from bot.model.report import ReportDraft, ReportPlace, ReportPolicy
from bot.reports.service import Reports
from bot.store.database import Database
from bot.store.tables import conversation
from tests.reports.fake_signalen import FakeLocatieserver, FakeSignalen
from tests.serving import serving

_numbers = itertools.count()

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
LIGHTS = (("straatverlichting", "wegen-verkeer-straatmeubilair/lantaarnpaal-straatverlichting"),)
HERE = ReportPlace("Dorpsstraat 10", 52.5487, 4.6617)


@dataclass
class Town:
    """Who takes reports: Castricum itself, Heiloo by Signalen, Bergen only by a link; Uitgeest takes none."""

    policies: dict[str, ReportPolicy] = field(
        default_factory=lambda: {
            "castricum": ReportPolicy("castricum", "own", 5, 2),
            "heiloo": ReportPolicy("heiloo", "signalen", 3, 3, LIGHTS, (52.6, 4.7)),
            "bergen": ReportPolicy("bergen", "link", 5, 3),
        }
    )

    def municipality(self, name: str) -> Any:
        """As the library gives it, as far as reports look."""

        @dataclass(frozen=True)
        class Here:
            reports: ReportPolicy | None
            cbs_code: str

        return Here(self.policies.get(name), "0399")

    def message(self, key: str, municipality: str | None = None, **values: str) -> str:
        """As the library says it, without the words."""
        return " ".join([key, *values.values()])


@dataclass
class Time:
    """A clock that a test moves."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **stretch: float) -> None:
        self.now += timedelta(**stretch)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def reports(database: Database, time: Time) -> Reports:
    town = Town()
    return Reports(database, lambda: town, time)  # type: ignore[arg-type,return-value]


@pytest.fixture
async def citizen(database: Database) -> UUID:
    return await arrive(database)


async def arrive(database: Database, municipality: str | None = "castricum") -> UUID:
    """The conversation of somebody new."""
    made = uuid4()
    async with database.transaction() as connection:
        await connection.execute(insert(conversation).values(id=made, channel="web", owner="bot", municipality=municipality))
    return made


def draft(citizen: UUID, **facts: Any) -> ReportDraft:
    """A report that can be taken, with what a test wants otherwise."""
    given = {"municipality": "castricum", "product": "melding-openbare-ruimte", "text": "Er ligt een stoeptegel los", "place": HERE}
    return ReportDraft(citizen, **{**given, **facts})


def photo(size: tuple[int, int] = (60, 40), kind: str = "JPEG", **options: Any) -> bytes:
    """A picture as a telephone makes it."""
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
async def signalen(time: Time) -> AsyncIterator[tuple[FakeSignalen, str]]:
    """A Signalen and its address."""
    fake = FakeSignalen(time)
    async with serving(fake.app(f"signalen-{next(_numbers)}")) as address:
        yield fake, address


@pytest.fixture
async def locatieserver() -> AsyncIterator[tuple[FakeLocatieserver, str]]:
    """A Locatieserver and its address, up to and with the version."""
    fake = FakeLocatieserver()
    async with serving(fake.app(f"locatieserver-{next(_numbers)}")) as address:
        yield fake, f"{address}/search/v3_1"
