"""Train the model when the knowledge, the data or the configuration changed since the last time."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT, Settings, load_settings
from bot.tools._engine import ENGINE_PYTHON

_KEPT_MODELS = 3
COST = "training.json"
"""Beside the models: what the last training cost, for the report on understanding."""
_CODE = ("bot/engine/nlu/*.py", "requirements/rasa.txt")
_SOURCES = ("config.yml", "domain.yml", "data/**/*.yml", *_CODE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to train anyway."""
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")


def run(arguments: argparse.Namespace) -> int:
    """Write the generated data, train if needed, and put the model in its place in one step."""
    settings = load_settings()
    if write_data() != 0:
        return 1
    if not arguments.force and is_fresh(settings):
        print("The model is up to date.")
        return 0
    started = time.monotonic()
    print("Training the model (a few minutes) ...", flush=True)
    code = _train(settings)
    if code == 0:
        print(f"The model is trained ({time.monotonic() - started:.0f} s).")
    return code


def write_data() -> int:
    """Write data/nlu/ from the knowledge files; the exit code of that verb."""
    return subprocess.run([sys.executable, "-m", "bot.tools", "nlu-data"], cwd=ROOT, check=False).returncode


def fingerprint(root: Path = ROOT) -> str:
    """One hash over everything that the model is made of."""
    digest = hashlib.sha256()
    for path in sorted(_files(root)):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_fresh(settings: Settings) -> bool:
    """Whether a model of exactly these sources is there."""
    return any(settings.models_dir.glob(f"*-{fingerprint()}.tar.gz"))


def _files(root: Path) -> Iterator[Path]:
    for pattern in _SOURCES:
        yield from root.glob(pattern)


def _train(settings: Settings) -> int:
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    for left in settings.models_dir.glob(".training-*"):
        shutil.rmtree(left, ignore_errors=True)  # of a training that was broken off
    name = f"wegwijs-{time.strftime('%Y%m%d-%H%M%S')}-{fingerprint()}"
    with tempfile.TemporaryDirectory(dir=settings.models_dir, prefix=".training-") as folder:
        command = [str(ENGINE_PYTHON), "-m", "rasa", "train", "--quiet", "--fixed-model-name", name, "--out", folder]
        environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
        environment["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
        environment["PYTHONPATH"] = str(ROOT)
        environment["RASA_CACHE_DIRECTORY"] = str(cache_folder())
        # Rasa's libraries print pages of warnings of their own: they are shown only when training fails.
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        code = done.returncode
        cost = _cost(time.monotonic() - started)
        made = Path(folder) / f"{name}.tar.gz"
        if code == 0 and made.exists():
            shutil.move(made, settings.models_dir / made.name)
            (settings.models_dir / COST).write_text(json.dumps({"model": made.name, **cost}) + "\n", "utf-8")
            _forget_old(settings.models_dir)
            return 0
    print(done.stdout[-2_000:] + done.stderr[-2_000:], file=sys.stderr)
    print("Training failed; the lines above say why. The last good model stays in use.", file=sys.stderr)
    return code or 1


def cache_folder() -> Path:
    """Rasa's cache of trained components, one for each state of our code and libraries: Rasa itself looks at the class alone."""
    sources = [path for pattern in _CODE for path in sorted(ROOT.glob(pattern))]
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    wanted = ROOT / ".rasa" / "cache" / code
    for other in wanted.parent.glob("*"):
        if other != wanted:
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink()
    wanted.mkdir(parents=True, exist_ok=True)
    return wanted


def _cost(seconds: float) -> dict[str, float]:
    """What training took: by the clock, and of the processor, which other work on the machine changes little."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": round(seconds, 1), "cpu_seconds": round(used.ru_utime + used.ru_stime, 1), "mib": used.ru_maxrss // 1024}


def _forget_old(folder: Path) -> None:
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-_KEPT_MODELS]:
        path.unlink()
