"""Says what the newest model makes of each line on standard input: `python -m bot.engine.understand`; `--cost` tells what that cost."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import IO, Any

import structlog

from bot.engine.environment import limit_threads, prepare
from bot.engine.errors import BadRequest, NoModel
from bot.engine.inputs import MAX_CHARACTERS, MAX_TOKENS, plain_text
from bot.settings import Settings, load_settings


def understood(lines: IO[str], settings: Settings, cost: bool = False) -> Iterator[dict[str, object]]:
    """The understanding of each line: the bare text, or a JSON object with `text` and maybe `slots` and `said` (what came before).

    With `cost` also how many milliseconds of processor time it took, and the most memory (MiB) that the process has used so far.
    """
    from bot.engine.parts import load_agent  # noqa: PLC0415 (imports Rasa)

    newest = max(settings.models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns, default=None)
    if newest is None:
        raise NoModel(f"no model in {settings.models_dir}; `make train` makes one")
    agent = load_agent(newest, settings)
    for line in lines:
        asked = _asked(line)
        started = time.process_time()
        meaning = agent.understand(_readable(asked["text"]), asked.get("slots"), asked.get("said"))
        spent = 1000 * (time.process_time() - started)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield {"text": asked["text"], **meaning, **({"cost": {"ms": round(spent, 2), "mib": memory}} if cost else {})}


def main() -> None:
    """Read standard input, write standard output; everything else goes to standard error."""
    output, sys.stdout = sys.stdout, sys.stderr
    settings = load_settings()
    prepare(settings)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    limit_threads()
    for understanding in understood(sys.stdin, settings, cost="--cost" in sys.argv):
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
