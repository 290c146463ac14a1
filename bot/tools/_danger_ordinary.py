"""Ordinary messages of citizens from the training data of the understanding: what danger must be told apart from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def ordinary(folder: Path, about: Collection[str]) -> Iterator[str]:
    """Every example but those of the subjects in `about`, whose questions often are danger, and sentences of answers."""
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            if "intent" in block and not _left_out(block.get("metadata"), about):
                yield from (_MARKED.sub(r"\1", text) for text in _examples(block["examples"]))


def _left_out(metadata: Any, about: Collection[str]) -> bool:
    found = metadata if isinstance(metadata, dict) else {}
    return found.get("source") == "answer" or not {found.get("product"), found.get("organisation")}.isdisjoint(about)


def _examples(examples: Any) -> Iterator[str]:
    if isinstance(examples, str):
        yield from (line[2:].strip() for line in examples.splitlines() if line.startswith("- "))
    else:
        yield from (str(example["text"]).strip().removeprefix("- ") for example in examples)
