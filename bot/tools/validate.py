"""Check domain, data and actions for the mistakes that Rasa does not tell; `rasa data validate` does the rest."""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.knowledge.messages import LONGEST_BUTTON
from bot.settings import ROOT
from bot.tools._rasa_files import DATA_KEYS, DOMAIN_KEYS, RasaFiles, read_rasa_files

SET_BY_COMPONENTS = {
    *("give_details", "digress", "nlu_fallback", "offer_person", "other_language"),
    *("choose_appointment", "choose_report", "report_status", "share_picture", "share_place"),
}
"""Intents that no sentence is trained on: the understanding gives them, or a button does."""

NEEDS_NO_RULE = {"give_details"}

_PARTIAL_VARIABLE = re.compile(r"\S\$\{\w+\}|\$\{\w+\}\S")


def run(arguments: argparse.Namespace) -> int:
    """Print every problem; exit code 1 when there is any."""
    problems = list(check(ROOT))
    for problem in problems:
        print(f"[ERROR] {problem}", file=sys.stderr)
    print(f"Rasa's files: {len(problems)} problems that Rasa does not tell.")
    return 1 if problems else 0


def check(root: Path) -> Iterator[str]:
    """Every problem of the project at `root`, in words."""
    files = read_rasa_files(root)
    yield from check_keys(files)
    yield from check_responses(files, root)
    yield from check_intents(files)
    yield from check_actions(files, root)
    yield from check_sentences(files)
    yield from check_settings(root)


def check_keys(files: RasaFiles) -> Iterator[str]:
    """Keys and files that Rasa ignores or takes for something else."""
    yield from (f'domain.yml: key "{key}" is unknown' for key in set(files.domain) - DOMAIN_KEYS)
    for path, content in files.data.items():
        yield from (f'{path}: key "{key}" is unknown' for key in set(content) - DATA_KEYS)
        if Path(path).name.startswith("test_"):
            yield f"{path}: a test under data/ would be trained on"


def check_responses(files: RasaFiles, root: Path) -> Iterator[str]:
    """Responses that stand twice, are never used, or are used and do not stand anywhere; buttons that lead nowhere."""
    keys = [key for _, key, _ in files.responses()]
    yield from (f'response "{key}" stands in two places' for key, count in Counter(keys).items() if count > 1)
    asked = {f"utter_ask_{slot}" for form in files.domain.get("forms", {}).values() for slot in form["required_slots"]}
    names, shapes = named_in_actions(root)
    shaped = {key for key in keys for shape in shapes if shape.fullmatch(key)}
    used = {step["action"] for _, step in files.steps() if str(step.get("action", "")).startswith("utter_")} | names | shaped
    yield from (f"no response fits {shape.pattern}, which an action uses" for shape in shapes if not any(map(shape.fullmatch, keys)))
    yield from (f'response "{key}" is never used' for key in set(keys) - used - asked)
    yield from (f'response "{key}" is used but stands nowhere' for key in used - set(keys))
    entities = {name for entity in files.domain.get("entities", []) for name in ([entity] if isinstance(entity, str) else entity)}
    for path, title, intent, values in files.buttons():
        if len(title) > LONGEST_BUTTON:
            yield f'{path}: the button "{title}" has {len(title)} signs; WhatsApp takes {LONGEST_BUTTON}'
        if intent not in files.intents or set(values) - entities:
            yield f'{path}: a button gives "/{intent}" with {sorted(values)}, which the domain does not know'


def named_in_actions(root: Path) -> tuple[set[str], set[re.Pattern[str]]]:
    """Names of responses that stand in the actions' code, and the shapes of those that are put together there."""
    names: set[str] = set()
    shapes: set[re.Pattern[str]] = set()
    for path in (root / "actions").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        pieces = {id(piece) for node in joined for piece in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in pieces and isinstance(node.value, str):
                names |= {node.value} if re.fullmatch(r"utter_\w+", node.value) else set()
        written = ("".join(str(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in node.values) for node in joined)
        shapes |= {re.compile(shape) for shape in written if shape.startswith("utter_")}
    return names, shapes


def check_intents(files: RasaFiles) -> Iterator[str]:
    """Intents without sentences or rules, and sentences or rules without intent."""
    trained = {intent for _, intent, _ in files.examples()}
    ruled = {step["intent"] for _, step in files.steps() if "intent" in step}
    yield from (f'intent "{name}" has no sentence' for name in files.intents - trained - SET_BY_COMPONENTS)
    yield from (f'intent "{name}" has no rule' for name in files.intents - ruled - NEEDS_NO_RULE)
    yield from (f'intent "{name}" is trained or ruled but not in the domain' for name in (trained | ruled) - files.intents)


def check_actions(files: RasaFiles, root: Path) -> Iterator[str]:
    """Actions without a class, classes without an action, rules with an action that nobody knows."""
    written = action_names(root)
    default = {"action_listen", "action_restart", "action_deactivate_loop", "action_unlikely_intent"}
    known = files.actions | default | set(files.domain.get("forms", {})) | {key for _, key, _ in files.responses()}
    yield from (f'action "{name}" stands in the domain but has no class' for name in files.actions - written)
    yield from (f'action "{name}" has a class but does not stand in the domain' for name in written - files.actions)
    for path, step in files.steps():
        if "action" in step and step["action"] not in known:
            yield f'{path}: action "{step["action"]}" is unknown'


def action_names(root: Path) -> set[str]:
    """What the `name` methods in actions/ return, read from the code without running it."""
    names: set[str] = set()
    for path in (root / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "name":
                returned = [item.value for item in ast.walk(node) if isinstance(item, ast.Return)]
                names |= {item.value for item in returned if isinstance(item, ast.Constant) and isinstance(item.value, str)}
    return names


def check_sentences(files: RasaFiles) -> Iterator[str]:
    """A sentence under two intents: the model could not know which one is meant."""
    seen: dict[str, tuple[str, str]] = {}
    for path, intent, sentence in files.examples():
        key = " ".join(re.findall(r"\w+", sentence.lower()))
        first = seen.setdefault(key, (intent, path))
        if first[0] != intent:
            yield f'"{sentence}" stands under {intent} ({path}) and under {first[0]} ({first[1]})'


def check_settings(root: Path) -> Iterator[str]:
    """Variables that Rasa would leave as they stand, and importers that may silently not be there."""
    for name in ("endpoints.yml", "credentials.yml", "config.yml"):
        text = (root / name).read_text("utf-8")
        if any(_PARTIAL_VARIABLE.search(line) for line in text.splitlines()):
            yield f"{name}: Rasa fills in ${{NAME}} only where it is the whole value"
        if "importers" in (yaml.safe_load(text) or {}):
            yield f"{name}: an importer that cannot be imported is skipped without a word; none is allowed"
