"""Say what is understood of each line of standard input: one JSON object a line, each line a conversation of its own."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bot.knowledge.danger import watch_of
from bot.settings import ROOT, load_settings
from bot.text.personal import mask_bsn
from bot.text.plain import neutralise, tidy
from bot.tools.train import ENGINE_PYTHON


def run(arguments: argparse.Namespace) -> int:
    """Read as the gate and the engine would, in that order."""
    lines = [line.rstrip("\r\n") for line in sys.stdin]
    meanings = _engine([neutralise(mask_bsn(tidy(line)).text) or "?" for line in lines])
    if meanings is None:
        print("The engine could not read the lines; is there a model? `make train` makes one.", file=sys.stderr)
        return 1
    danger = watch_of(load_settings().knowledge_dir)
    for line, meaning in zip(lines, meanings, strict=True):
        if danger(line) is not None:
            meaning = {**meaning, "act": "danger", "zone": "danger", "confidence": 1.0}
        print(json.dumps({**meaning, "text": line, "language": meaning.get("language", "nl")}, ensure_ascii=False))
    return 0


def _engine(texts: list[str]) -> list[dict[str, Any]] | None:
    said = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run(
        [str(ENGINE_PYTHON), "-m", "bot.engine.understand"],
        input=said,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    if done.returncode != 0:
        print(done.stderr[-2000:], file=sys.stderr)
        return None
    return [json.loads(line) for line in done.stdout.splitlines()]
