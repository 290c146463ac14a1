"""A newer model is taken between two turns; a broken one never."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.engine.models import Models
from tests.engine.fakes import Engine, FakeActions, eventually, says


def _put(model: Path, folder: Path, name: str, age: int = 0) -> None:
    """Copy beside, then move into place, as training does; `age` seconds older than now."""
    shutil.copy(model, folder / "copying")
    moment = (folder / "copying").stat().st_mtime - age
    os.utime(folder / "copying", (moment, moment))
    (folder / "copying").rename(folder / name)


async def test_a_newer_file_is_taken_and_told(engine: Engine, model: Path, models_dir: Path) -> None:
    _put(model, models_dir, "second.tar.gz")
    await engine.house.models.refresh()
    assert (await engine.get("/readyz"))[1]["model"] == "second.tar.gz"


async def test_an_older_file_is_left_alone(engine: Engine, model: Path, models_dir: Path) -> None:
    _put(model, models_dir, "older.tar.gz", age=3_600)
    await engine.house.models.refresh()
    assert engine.house.models.name == "first.tar.gz"


async def test_a_broken_file_is_refused_once_and_the_old_model_stays(engine: Engine, models_dir: Path, capsys: Any, model: Path) -> None:
    (models_dir / "broken.tar.gz").write_bytes(b"no archive at all")
    await engine.house.models.refresh()
    await engine.house.models.refresh()
    assert capsys.readouterr().out.count("model_refused") == 1
    assert engine.house.models.name == "first.tar.gz"
    assert await engine.says("hallo") == ["Goedendag."]
    _put(model, models_dir, "broken.tar.gz")
    await engine.house.models.refresh()
    assert engine.house.models.name == "broken.tar.gz"


def _cut(model: Path, folder: Path) -> None:
    content = model.read_bytes()
    (folder / "half.tar.gz").write_bytes(content[: len(content) // 2])


async def test_a_file_that_was_cut_short_is_refused(engine: Engine, model: Path, models_dir: Path) -> None:
    _cut(model, models_dir)
    await engine.house.models.refresh()
    assert engine.house.models.name == "first.tar.gz"


async def test_at_the_start_an_older_model_stands_in_for_a_broken_one(database_url: str, models_dir: Path, actions: FakeActions) -> None:
    (models_dir / "broken.tar.gz").write_bytes(b"no archive at all")
    engine = Engine(database_url, models_dir, actions.url)
    await engine.start()
    try:
        await engine.house.models.refresh()
        assert engine.house.models.name == "first.tar.gz"
        assert await engine.says("hallo") == ["Goedendag."]
    finally:
        await engine.stop()


async def test_a_model_is_swapped_while_fifty_turns_run(engine: Engine, actions: FakeActions, model: Path, models_dir: Path) -> None:
    go_on = asyncio.Event()

    async def answer(call: dict[str, Any]) -> web.Response:
        await go_on.wait()
        return says()(call)  # type: ignore[return-value]

    actions.answers["action_answer"] = answer
    old = engine.house.models.current
    turns = [asyncio.create_task(engine.turn("antwoord", conversation=f"c{number}")) for number in range(50)]
    await eventually(lambda: asyncio.sleep(0, len(actions.calls) == 50))
    _put(model, models_dir, "second.tar.gz")
    await engine.house.models.refresh()
    assert engine.house.models.current is not old
    assert await engine.says("hallo", conversation="new") == ["Goedendag."]
    go_on.set()
    assert [status for status, _ in await asyncio.gather(*turns)] == [200] * 50
    assert await engine.says("antwoord", conversation="c7") == ["Antwoord."]


async def test_the_engine_answers_while_a_model_loads(engine: Engine, models_dir: Path, model: Path) -> None:
    loading, go_on = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(path: Path) -> Any:
        loop.call_soon_threadsafe(loading.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return engine.house.models.current

    models: Models = engine.house.models
    models._load = slow
    _put(model, models_dir, "second.tar.gz")
    taking = asyncio.create_task(models.refresh())
    await loading.wait()
    assert await engine.says("hallo") == ["Goedendag."]
    assert models.name == "first.tar.gz"
    go_on.set()
    await taking
    assert models.name == "second.tar.gz"


async def test_the_watch_outlives_a_folder_that_cannot_be_read(engine: Engine, models_dir: Path, model: Path, monkeypatch: Any) -> None:
    models: Models = engine.house.models
    looked, look = asyncio.Event(), models.refresh

    async def fail_once() -> None:
        monkeypatch.setattr(models, "refresh", look)
        looked.set()
        raise PermissionError

    monkeypatch.setattr(models, "refresh", fail_once)
    _put(model, models_dir, "second.tar.gz")
    watch = asyncio.create_task(models.watch(0.0))
    await looked.wait()
    await eventually(lambda: asyncio.sleep(0, models.name == "second.tar.gz"))
    watch.cancel()
