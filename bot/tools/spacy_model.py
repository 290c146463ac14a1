"""Fetch spaCy's Dutch model into a folder, from the first of its addresses that gives it, and print the file."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path

import httpx

from bot.settings import ROOT

WANTED = ROOT / "requirements" / "spacy-model.txt"

_ADDRESS = re.compile(r"https?://\S+\.whl")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_TIMEOUT = httpx.Timeout(30, connect=10)
_LARGEST = 64_000_000
"""Bytes; the model has 12 million."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", type=Path, help="where to put the wheel")


def run(arguments: argparse.Namespace) -> int:
    """Print the path of the wheel; exit code 1, with a line for each address, when none gives it."""
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
        wheel = fetch(client, WANTED.read_text("utf-8"), arguments.folder)
    if wheel:
        print(wheel)
    return 0 if wheel else 1


def fetch(client: httpx.Client, wanted: str, folder: Path) -> Path | None:
    """The wheel that `wanted` (as in spacy-model.txt) names first, byte for byte, whichever address gives it; each is tried once."""
    addresses, checksum = _ADDRESS.findall(wanted), _HASH.findall(wanted)[0]
    for address in addresses:
        try:
            content = _content(client, address)
        except httpx.HTTPError as error:
            print(f"{address}: {type(error).__name__}", file=sys.stderr)
            continue
        if hashlib.sha256(content).hexdigest() == checksum:
            wheel = folder / str(addresses[0]).rsplit("/", 1)[1]
            wheel.write_bytes(content)
            return wheel
        print(f"{address}: another file than {WANTED.name} names", file=sys.stderr)
    return None


def _content(client: httpx.Client, address: str) -> bytes:
    content = bytearray()
    with client.stream("GET", address) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            content += part
            if len(content) > _LARGEST:
                break
    return bytes(content)
