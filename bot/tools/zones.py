"""Compute from the newest model where the zones of understanding begin; --write puts that in config.yml."""

from __future__ import annotations

import argparse
import json
import re

from bot.settings import ROOT, load_settings
from bot.tools._engine import answer_of

CONFIG = ROOT / "config.yml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to write."""
    parser.add_argument("--write", action="store_true", help="put the numbers in config.yml; train again after that")


def run(arguments: argparse.Namespace) -> int:
    """Print the zones and what they give on sentences that the trial models did not see."""
    answer = answer_of("bot.engine.nlu.zones", str(load_settings().models_dir.resolve()))
    if answer is None:
        return 1
    found = json.loads(answer)
    print(json.dumps(found, indent=2))
    if arguments.write:
        CONFIG.write_text(with_zones(CONFIG.read_text("utf-8"), found["zones"]), "utf-8")
    return 0


def with_zones(config: str, zones: dict[str, float]) -> str:
    """The configuration with these numbers in the place of the old ones; everything else stays as it is."""
    for name, value in zones.items():
        line = re.compile(rf"^(\s+{name}: )[\d.]+", re.MULTILINE)
        if not line.search(config):
            raise ValueError(f"config.yml has no zone {name}")
        config = line.sub(rf"\g<1>{value}", config)
    return config
