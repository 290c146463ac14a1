"""Reads Rasa's own files as plain data, for the checks that Rasa itself does not make."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DOMAIN_KEYS = {"version", "intents", "entities", "slots", "forms", "actions", "session_config"}
"""What domain.yml may hold here; Rasa drops a misspelt key without a word."""

DATA_KEYS = {"version", "nlu", "rules", "stories", "responses"}

_EXAMPLE = re.compile(r"^\s*-\s+(.*\S)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class RasaFiles:
    """domain.yml and everything under data/, read but not judged."""

    domain: dict[str, Any]
    data: dict[str, dict[str, Any]]

    @property
    def intents(self) -> set[str]:
        """Intents of the domain."""
        return {next(iter(item)) if isinstance(item, dict) else item for item in self.domain.get("intents", [])}

    @property
    def actions(self) -> set[str]:
        """Custom actions of the domain."""
        return {next(iter(item)) if isinstance(item, dict) else item for item in self.domain.get("actions", [])}

    def responses(self) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
        """File, key and variations of every response."""
        for path, content in self.data.items():
            for key, variations in (content.get("responses") or {}).items():
                yield path, key, variations

    def steps(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """File and step of every rule and story."""
        for path, content in self.data.items():
            for kind in ("rules", "stories"):
                for item in content.get(kind) or []:
                    yield from ((path, step) for step in [*item.get("condition", []), *item["steps"]])

    def examples(self) -> Iterator[tuple[str, str, str]]:
        """File, intent and sentence of every training example."""
        for path, content in self.data.items():
            for block in content.get("nlu") or []:
                if "intent" in block:  # a lookup table has none
                    yield from ((path, block["intent"], sentence) for sentence in _sentences(block.get("examples")))

    def buttons(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """File, title, intent and entities of every button in the responses."""
        for path, _, variations in self.responses():
            for variation in variations:
                for button in variation.get("buttons") or []:
                    # Rasa's templates write a brace as two.
                    payload = button["payload"].replace("{{", "{").replace("}}", "}")
                    name, brace, rest = payload.removeprefix("/").partition("{")
                    yield path, button["title"], name, json.loads(brace + rest) if brace else {}


def read_rasa_files(root: Path) -> RasaFiles:
    """Read the files of the project at `root`. Raises yaml.YAMLError on a file that is no YAML."""
    files = sorted((root / "data").rglob("*.yml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = {str(path.relative_to(root)): yaml.load(path.read_text("utf-8"), loader) for path in files}  # noqa: S506 - a safe loader
    domain = yaml.load((root / "domain.yml").read_text("utf-8"), loader)  # noqa: S506
    return RasaFiles(domain, data)


def _sentences(examples: Any) -> list[str]:
    if isinstance(examples, str):
        return _EXAMPLE.findall(examples)
    return [item["text"].strip() if isinstance(item, dict) else str(item) for item in examples or []]
