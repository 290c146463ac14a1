"""Reads one YAML file into plain values while remembering on which line each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

from bot.knowledge.errors import Problem

Step = str | int


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Takes every scalar for text, but for nothing at all (`naam:`, `null`, `~`)."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True)
class Document:
    """The content of one file; all scalars are text, so that `0383`, `nee` and `2026-01-01` stay what the editor typed."""

    path: str
    stem: str
    content: Any
    root: yaml.Node | None

    def line(self, *steps: Step) -> int:
        """The line of the value that `steps` lead to, or of the nearest thing around it."""
        node, found = self.root, 1
        for step in steps:
            child, at = _child(node, step)
            if child is None:
                break
            node, found = child, at
        return found

    def error(self, message: str, *steps: Step) -> Problem:
        """An error at the value that `steps` lead to."""
        return Problem(self.path, self.line(*steps), message)

    def warning(self, message: str, *steps: Step) -> Problem:
        """A warning at the value that `steps` lead to."""
        return Problem(self.path, self.line(*steps), message, warning=True)


def read_document(file: Path, folder: Path) -> tuple[Document, list[Problem]]:
    """The document in `file`; its path in messages is relative to what holds the knowledge `folder`."""
    path = f"{folder.name}/{file.relative_to(folder).as_posix()}"
    problems: list[Problem] = []
    try:
        text = file.read_text("utf-8")
        root = yaml.compose(text, Loader=_Loader)
    except OSError as error:
        return Document(path, file.stem, None, None), [Problem(path, 1, f"the file cannot be read: {error.strerror}")]
    except UnicodeDecodeError:
        return Document(path, file.stem, None, None), [Problem(path, 1, "the file is not in UTF-8")]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Document(path, file.stem, None, None), [Problem(path, line, f"this is not valid YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return Document(path, file.stem, None, None), [Problem(path, 1, f"this is not valid YAML: {' '.join(str(error).split())}")]
    content = None if root is None else _value(root, path, problems)
    return Document(path, file.stem, content, root), problems


def _value(node: yaml.Node, path: str, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, path, problems) for item in node.value]
    values: dict[str, Any] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(path, key.start_mark.line + 1, "a key must be a single word; put quotes around a text with braces"))
            continue
        if key.value in values:
            problems.append(Problem(path, key.start_mark.line + 1, f'key "{key.value}" stands here twice'))
        values[key.value] = _value(item, path, problems)
    return values


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node | None, int]:
    if isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            if key.value == step:
                return item, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line + 1
    return None, 1
