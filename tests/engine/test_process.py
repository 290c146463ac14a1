"""The engine as a process of its own, beside the real action server of rasa-sdk."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web
import pytest

from tests.engine.fakes import TOKEN, FakeActions, eventually, says
from tests.ports import free_port

ROOT = Path(__file__).parent.parent.parent
SECRET = "Klaproosje"
"""A word that only a citizen would say."""


class Process:
    """`python -m bot.engine` with all it prints kept."""

    def __init__(self, database_url: str, models_dir: Path, actions_url: str, folder: Path, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.log = folder / "engine.log"
        self._environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "MODELS_DIR": str(models_dir),
            "ACTIONS_URL": actions_url,
            "ENGINE_URL": self.url,
            "ENGINE_TOKEN": TOKEN,
            "LOG_LEVEL": "debug",
            "HOME": str(folder),
            **environment,
        }
        self.process: asyncio.subprocess.Process
        self.client: aiohttp.ClientSession

    async def start(self, *, ready: bool = True) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.engine", cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        self.client = aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"})
        if ready:
            await eventually(self._ready, 90)

    async def stop(self) -> int:
        await self.client.close()
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 30)

    async def turn(self, text: str | None, message_id: str, **more: Any) -> tuple[int, Any]:
        body = {"conversation_id": "c1", "message_id": message_id, "channel": "web", "municipality": None, "text": text, **more}
        async with self.client.post(self.url + "/turn", json=body) as response:
            return response.status, await response.json()

    async def _ready(self) -> bool:
        try:
            async with self.client.get(self.url + "/readyz") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False


@pytest.fixture
async def process(database_url: str, models_dir: Path, actions: FakeActions, tmp_path: Path) -> AsyncIterator[Process]:
    running = Process(database_url, models_dir, actions.url, tmp_path)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


@pytest.mark.slow
async def test_no_word_of_a_citizen_reaches_the_output(process: Process, actions: FakeActions, models_dir: Path) -> None:
    """Everything that goes well and wrong, at the level debug: names of events and ids, never what was written."""

    def boom(call: dict[str, Any]) -> Any:
        return aiohttp.web.json_response({"error": SECRET, "request_body": call}, status=500)

    texts = [
        "hallo",
        "prijs paspoort",
        f"/{SECRET}",
        f'/greet{{"x": "{SECRET}"}}',
        "stilte",
        "kwijt",
        "leegte",
        "afspraak",
        "1",
        "2",
        "xyz",
    ]
    for number, text in enumerate(texts):
        await process.turn(f"{text} {SECRET}", f"a{number}")
    for number, answer in enumerate(
        (says(SECRET), boom, says("", events=[{"event": SECRET}]), lambda _call: aiohttp.web.Response(text=SECRET))
    ):
        actions.answers["action_answer"] = answer
        await process.turn(f"antwoord {SECRET}", f"b{number}", conversation_id="c2")
    for choice in (f"/{SECRET}", f"/greet{SECRET}", f'/greet{{"{SECRET}": 1}}', f'/tell_more{{"product": "{SECRET}"}}'):
        await process.turn(None, f"choice-{len(choice)}", choice=choice, conversation_id="c3")
    for body in (f'{{"text": "{SECRET}', f'["{SECRET}"]', SECRET * 8_000, f'{{"conversation_id": "{SECRET} x"}}'):
        async with process.client.post(process.url + "/turn", data=body) as response:
            assert SECRET not in await response.text()
    await actions.stop()
    await process.turn(f"antwoord {SECRET}", "down", conversation_id="c4")
    await process.turn(f"{SECRET} " * 300, "long")
    await process.stop()
    printed = process.log.read_text()
    assert "turn_finished" in printed
    assert "turn_failed" in printed
    assert SECRET.lower() not in printed.lower()
    assert TOKEN not in printed


@pytest.mark.slow
async def test_a_turn_under_way_is_finished_before_the_process_ends(process: Process, actions: FakeActions, database_url: str) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def answer(call: dict[str, Any]) -> Any:
        begun.set()
        await go_on.wait()
        return says()(call)

    actions.answers["action_answer"] = answer
    turn = asyncio.create_task(process.turn("antwoord", "last"))
    await begun.wait()
    process.process.send_signal(signal.SIGTERM)
    await eventually(lambda: asyncio.sleep(0, "finishing_turns" in process.log.read_text()))
    go_on.set()
    status, body = await turn
    assert (status, body["messages"][0]["text"]) == (200, "Antwoord.")
    assert await asyncio.wait_for(process.process.wait(), 20) == 0


@pytest.mark.slow
async def test_a_killed_engine_loses_no_turn_that_it_answered(process: Process, actions: FakeActions) -> None:
    first = await process.turn("antwoord", "kept")
    process.process.kill()
    await process.process.wait()
    await process.client.close()
    await process.start()
    assert await process.turn("antwoord", "kept") == first
    assert len(actions.calls) == 1


@pytest.mark.slow
async def test_the_action_server_of_rasa_sdk_understands_the_engine(database_url: str, models_dir: Path, tmp_path: Path) -> None:
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():
        pytest.skip("the application's environment is not installed")
    port = free_port()
    with (tmp_path / "actions.log").open("wb") as log:
        environment = {"PATH": os.environ["PATH"], "SANIC_HOST": "127.0.0.1", "HOME": str(tmp_path)}
        arguments = ["-m", "rasa_sdk", "--actions", "tests.engine.real_actions", "--port", str(port)]
        server = await asyncio.create_subprocess_exec(str(python), *arguments, cwd=ROOT, env=environment, stdout=log, stderr=log)
    engine = Process(database_url, models_dir, f"http://127.0.0.1:{port}", tmp_path)
    try:
        await engine.start()
        status, answer = await engine.turn("antwoord", "m-1")
        assert status == 200, answer
        assert answer["messages"] == [
            {
                "text": "Bericht m-1.",
                "choices": [{"title": "Meer", "payload": '/tell_more{"product": "paspoort"}'}],
                "card": None,
                "meta": {"product": "paspoort"},
            },
            {"text": "Meer over paspoort.", "choices": [], "card": {"kind": "map"}, "meta": {}},
        ]
        assert answer["handoff"] == {"route": "chat"}
        texts = ("afspraak", "J", "Jan", "3 dec")
        answers = [await engine.turn(text, f"form-{number}") for number, text in enumerate(texts)]
        assert [status for status, _ in answers] == [200] * 4, answers
        said = [answer["messages"][0]["text"] for _, answer in answers]
        assert said == ["Hoe heet u?", "Hoe heet u?", "Wanneer komt u?", "Jan komt 3 dec."]
        assert (await engine.turn("antwoord fout", "m-2"))[1]["error"] == "action_failed"
        assert "geheimpje" not in engine.log.read_text()
    finally:
        await engine.stop()
        server.terminate()
        await server.wait()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ENGINE_TOKEN", "DATABASE_URL"])
async def test_an_engine_without_its_settings_does_not_start(tmp_path: Path, models_dir: Path, name: str) -> None:
    engine = Process("postgresql://127.0.0.1:1/none", models_dir, "http://127.0.0.1:1", tmp_path, **{name: ""})
    await engine.start(ready=False)
    assert await asyncio.wait_for(engine.process.wait(), 30) != 0
    await engine.client.close()
    assert engine.log.read_text().startswith(f"{name} must be set")


@pytest.mark.slow
async def test_lines_are_understood_without_server_or_database(models_dir: Path, tmp_path: Path) -> None:
    lines = [
        '{"text": "hallo daar"}',
        "wat is de prijs van een paspoort",
        "",
        "/restart",
        '{"no": "text"}',
        "woord " * 5_000,
        "été 👩‍👧",
        '{"text": "hallo", "said": "en dan"}',
    ]
    environment = {"PATH": os.environ["PATH"], "MODELS_DIR": str(models_dir), "HOME": str(tmp_path), "LOG_LEVEL": "debug"}
    run = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.engine.understand",
        cwd=ROOT,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(run.communicate("\n".join(lines).encode()), 90)
    assert run.returncode == 0, errors.decode()
    read = [json.loads(line) for line in output.splitlines()]
    assert [item["act"] for item in read] == ["greet", "ask_price"] + ["nlu_fallback"] * 5 + ["greet"]
    assert read[0]["text"] == "hallo daar"
    assert read[1]["product"] == "paspoort"
    assert read[6]["text"] == "été 👩‍👧"
