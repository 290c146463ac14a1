"""Run the whole house on this machine: database, gateway, worker, actions and engine, until Ctrl-C."""

from __future__ import annotations

import argparse
import shlex
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import TypeVar
from urllib.error import URLError

from honcho.manager import Manager

from bot.errors import ConfigurationError
from bot.settings import ROOT, Settings, load_settings
from bot.store.migrate import migrate
from bot.tools._engine import ENGINE_PYTHON
from bot.tools._machine import MachineDatabase, environment_of_machine, taken_ports

Result = TypeVar("Result")

_READY_SECONDS = 180

_PROCESSES = {
    "engine": [str(ENGINE_PYTHON), "-m", "bot.engine"],
    "actions": [sys.executable, "-m", "actions"],
    "worker": [sys.executable, "-m", "bot.gateway.worker"],
    "gateway": [sys.executable, "-m", "bot.gateway"],
}


def run(arguments: argparse.Namespace) -> int:
    """Start everything, say when it is ready, and stop everything."""
    environment = environment_of_machine()
    settings = load_settings(environment)
    taken = taken_ports(settings)
    if taken:
        names = ", ".join(f"{port} ({name})" for name, port in taken)
        print(
            f"Port {names} is taken: stop what uses it (perhaps another `make run`), or set another port in .env (see .env.example).",
            file=sys.stderr,
        )
        return 1
    database = MachineDatabase(environment)
    try:
        address = _step("Starting the database", database.start)
        _step("Bringing the database up to date", lambda: migrate(address))
        return _serve(settings, {**environment, "DATABASE_URL": address})
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        database.stop()


def _step(title: str, work: Callable[[], Result]) -> Result:
    started = time.monotonic()
    print(f"\033[36m{title} ...\033[0m ", end="", flush=True)
    result = work()
    print(f"({time.monotonic() - started:.1f} s)", flush=True)
    return result


def _serve(settings: Settings, environment: dict[str, str]) -> int:
    manager = Manager()  # type: ignore[no-untyped-call]
    for name, command in _PROCESSES.items():
        kept = [sys.executable, "-m", "bot.tools", "keep", "--", *command]
        manager.add_process(name, shlex.join(kept), env={**environment, "PYTHONUNBUFFERED": "1"}, cwd=str(ROOT))  # type: ignore[no-untyped-call]
    threading.Thread(target=_announce, args=(settings,), daemon=True).start()
    manager.loop()  # type: ignore[no-untyped-call]
    # Ctrl-C and a terminate signal are how one stops the house: no error.
    return 0 if manager.returncode in (0, 130, 143, None) else int(manager.returncode)


def _announce(settings: Settings) -> None:
    """Say once that everything answers, and where; or after a while what does not."""
    local = f"http://127.0.0.1:{settings.gateway_port}/readyz"
    started = time.monotonic()
    while time.monotonic() - started < _READY_SECONDS:
        time.sleep(0.5)
        try:
            with urllib.request.urlopen(local, timeout=5):
                break
        except (URLError, OSError):
            continue
    else:
        print("\nNot everything is ready yet: the lines above say what is wrong; `make doctor` looks at each part.", flush=True)
        return
    seconds = time.monotonic() - started
    print(f"\n\033[32mWegwijs is ready ({seconds:.0f} s).\033[0m", flush=True)
    print(f"Chat: {settings.public_url}/   Knowledge: {settings.public_url}/kennis   Stop: Ctrl-C\n", flush=True)
