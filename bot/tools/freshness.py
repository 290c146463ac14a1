"""List what expires within 60 days or has expired, what nobody checked for a year or at all, and what is only an example."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bot.clock import local, utc_now
from bot.knowledge.freshness import notices
from bot.knowledge.loader import read_knowledge
from bot.settings import load_settings

HEADINGS = {
    "expired": "Expired",
    "expires": "Expires within 60 days",
    "unchecked": "Not checked for a year",
    "example": "Only an example",
    "unsourced": "Without a source",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, and as of which day."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    parser.add_argument("--on", type=date.fromisoformat, help="as of this day, such as 2026-12-31 (default: today)")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when something has expired or was not checked for a year")


def run(arguments: argparse.Namespace) -> int:
    """Print the five lists and how many there are of each."""
    root = arguments.folder or load_settings().knowledge_dir
    found = notices(read_knowledge(root).folder, arguments.on or local(utc_now()).date())
    counts = []
    for kind, heading in HEADINGS.items():
        mine = [notice for notice in found if notice.kind == kind]
        counts.append(f"{heading.lower()}: {len(mine)}")
        if mine:
            print(f"{heading}:")
            for notice in mine:
                print(f"  {notice}")
    print("; ".join(counts))
    return 1 if arguments.strict and any(notice.kind in ("expired", "unchecked") for notice in found) else 0
