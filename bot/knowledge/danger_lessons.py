"""Reads the sentences from which danger is learned, and the weights that were learned from them."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ConfigurationError
from bot.text.danger_weights import VERSION, Weights

SENTENCES = Path("gevaar") / "zinnen"
WEIGHTS = Path("gevaar") / "gewichten.tsv"
HARMLESS = "onschuldig"

_EITHER = re.compile(r"\(([^()]*\|[^()]*)\)")
_MOST = 24
"""Sentences that one line gives at most: a line with many choices must not drown the others."""


class SentencesShape(BaseModel):
    """A file of sentences, one a line; `(a|b)` is either one."""

    model_config = ConfigDict(extra="forbid")
    zinnen: str = Field(min_length=1)


@dataclass(frozen=True)
class Lesson:
    """A sentence, what it is (a kind of danger, or HARMLESS) and how much it counts beside others from the same line."""

    text: str
    label: str
    worth: float


@dataclass(frozen=True)
class Limits:
    """The scores from which danger is heard without a pattern, and up to which a pattern is not believed."""

    hear: float
    deny: float


def lessons(folder: Path, kinds: tuple[str, ...]) -> Iterator[Lesson]:
    """Every sentence of every kind and of the harmless. Raises ConfigurationError when a file cannot be read."""
    for label in (HARMLESS, *kinds):
        for line in _lines(folder / SENTENCES / f"{label}.yml"):
            texts = either(line)
            yield from (Lesson(text, label, len(texts) ** -0.5) for text in texts)


def framed(known: Sequence[Lesson], frames: Sequence[str]) -> Iterator[Lesson]:
    """Every other lesson once more inside one of the frames ("ik heb een vraag, …"), for half its worth: a frame says nothing."""
    for at, lesson in enumerate(known[::2]):
        yield Lesson(frames[at % len(frames)].replace("…", lesson.text), lesson.label, lesson.worth / 2)


def either(line: str) -> list[str]:
    """Every sentence that a line stands for; of very many an even selection."""
    parts = [part.split("|") if at % 2 else [part] for at, part in enumerate(_EITHER.split(line))]
    texts = list(
        dict.fromkeys(re.sub(r"\s+", " ", re.sub(r"\s+([,.!?])", r"\1", "".join(chosen))).strip(" ,") for chosen in product(*parts))
    )
    # Each a prime number further than the last: all choices of all places come by.
    count = len(texts)
    return texts if count <= _MOST else [texts[at * 997 % count] for at in range(_MOST)]


def fingerprint(folder: Path, kinds: tuple[str, ...]) -> str:
    """Changes when a sentence changes or features do; weights with another fingerprint are of another time."""
    text = "\n".join(f"{lesson.label}\t{lesson.text}" for lesson in lessons(folder, kinds))
    return f"{VERSION}-{zlib.crc32(text.encode()):08x}"


def write_weights(path: Path, labels: list[str], bias: list[float], rows: Mapping[str, list[float]], mark: str) -> None:
    """One line a feature, weights in hundredths, so that a change can be read."""
    head = json.dumps({"made_by": "python -m bot.tools danger", "fingerprint": mark, "labels": labels, "bias": bias})
    lines = (f"{name}\t" + "\t".join(str(round(100 * weight)) for weight in rows[name]) for name in sorted(rows))
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")


def read_weights(folder: Path, kinds: tuple[str, ...], limits: Limits, sorts: Mapping[str, str], courtesy: frozenset[str]) -> Weights:
    """What was learned. Raises ConfigurationError when it is away, broken, or about other kinds."""
    path = folder / WEIGHTS
    try:
        first, *lines = path.read_text("utf-8").splitlines()
        head = json.loads(first)
        labels, bias = tuple(head["labels"]), tuple(float(value) for value in head["bias"])
        of = {name: tuple(int(value) / 100 for value in values) for name, *values in (line.split("\t") for line in lines)}
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(f"{path} cannot be used: {error}; make it with: python -m bot.tools danger") from error
    if labels[0] != HARMLESS or set(labels[1:]) != set(kinds) or any(len(row) != len(labels) for row in (bias, *of.values())):
        raise ConfigurationError(f"{path} was made for other kinds of danger; make it again: python -m bot.tools danger")
    return Weights(labels, bias, of, limits.hear, limits.deny, sorts, courtesy)


def mark_of(folder: Path) -> str:
    """The fingerprint of the sentences from which the weights were learned."""
    with (folder / WEIGHTS).open(encoding="utf-8") as file:
        return str(json.loads(file.readline())["fingerprint"])


def _lines(path: Path) -> list[str]:
    try:
        shape = SentencesShape(**yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise ConfigurationError(f"{path} cannot be used: {error}") from error
    return [line.strip() for line in shape.zinnen.splitlines() if line.strip()]
