"""Says what the newest model makes of each line on standard input: `python -m bot.engine.understand`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, Any

import structlog

from bot.engine.environment import limit_threads, prepare
from bot.engine.errors import BadRequest, NoModel
from bot.engine.inputs import MAX_CHARACTERS, MAX_TOKENS, plain_text
from bot.settings import Settings, load_settings


def understood(lines: IO[str], settings: Settings) -> Iterator[dict[str, object]]:
    """The understanding of each line: the bare text, or a JSON object with `text` and maybe `slots` and `said` (what came before)."""
    from bot.engine.parts import load_agent  # noqa: PLC0415 (imports Rasa)

    newest = max(settings.models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns, default=None)
    if newest is None:
        raise NoModel(f"no model in {settings.models_dir}; `make train` makes one")
    agent = load_agent(newest, settings)
    for line in lines:
        asked = _asked(line)
        yield {"text": asked["text"], **agent.understand(_readable(asked["text"]), asked.get("slots"), asked.get("said"))}


def main() -> None:
    """Read standard input, write standard output; everything else goes to standard error."""
    output, sys.stdout = sys.stdout, sys.stderr
    settings = load_settings()
    prepare(settings)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    limit_threads()
    for understanding in understood(sys.stdin, settings):
        print(json.dumps(understanding, ensure_ascii=False, default=lambda number: number.item()), file=output, flush=True)


def _asked(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    return value if isinstance(value, dict) and isinstance(value.get("text"), str) else {"text": line.rstrip("\r\n")}


def _readable(text: str) -> str:
    """As the engine would get it; a line longer than a citizen may write is read as far as that."""
    try:
        return plain_text(" ".join(text[:MAX_CHARACTERS].split()[:MAX_TOKENS]))
    except BadRequest:
        return "?"


if __name__ == "__main__":
    main()
