"""Small pipelines of spaCy that are saved and loaded as a published model is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REAL = "nl_core_news_sm"
"""The model of config.yml."""


def made_model(folder: Path, **words: str) -> Path:
    """A Dutch pipeline in `folder` that sees just these names: PERSON="Jan de Vries,Truus" or GPE="Parijs"."""
    import spacy

    language = spacy.blank("nl")
    patterns = [{"label": label, "pattern": name} for label, names in words.items() for name in names.split(",")]
    language.add_pipe("entity_ruler").add_patterns(patterns)
    language.to_disk(folder)
    return folder


def made_package(folder: Path, name: str, **words: str) -> Path:
    """The same as a package that is installed in `folder`, laid out as spaCy publishes its models."""
    inside = folder / name / f"{name}-3.4.0"
    inside.parent.mkdir(parents=True)
    made_model(inside, **words)
    meta = json.loads((inside / "meta.json").read_text("utf-8")) | {"name": name.removeprefix("nl_"), "version": "3.4.0"}
    (folder / name / "meta.json").write_text(json.dumps(meta), "utf-8")
    loads = (
        "from spacy.util import load_model_from_init_py\n\n\ndef load(**given):\n    return load_model_from_init_py(__file__, **given)\n"
    )
    (folder / name / "__init__.py").write_text(loads, "utf-8")
    (folder / f"{name}-3.4.0.dist-info").mkdir()
    (folder / f"{name}-3.4.0.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 3.4.0\n", "utf-8")
    return folder


@contextmanager
def installed(site: Path | None, name: str = REAL) -> Iterator[None]:
    """A machine on which the packages of `site` can be imported; without a site, one on which `name` is not installed."""
    import importlib

    path = sys.path[:]
    sys.path[:] = [str(site), *path] if site else path
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = path
        sys.modules.pop(name, None)
