"""Runs a module of the engine in its own Python environment, which the tools do not share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

from bot.settings import ROOT

ENGINE_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


def answer_of(module: str, *arguments: str, said: Iterable[str] = ()) -> str | None:
    """What the module prints when the lines of `said` are its standard input; None, with the reason printed, when it fails."""
    done = subprocess.run(
        [str(ENGINE_PYTHON), "-m", module, *arguments],
        input="".join(f"{line}\n" for line in said),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    print(done.stderr.strip()[-2000:], file=sys.stderr)
    return None
