"""Opens the statistical Dutch model of spaCy where it is installed; `python -m bot.engine.nlu.language_model NAME` says whether it runs."""

from __future__ import annotations

import json
import os
import sys

import spacy
from spacy import about
from spacy.language import Language
from spacy.util import is_compatible_version, is_package

from bot.engine.errors import LanguageModelBroken
from bot.settings import ROOT

BLANK = "blank:nl"
"""What runs where there is no statistical model: the rules on blank Dutch."""

_UNUSED = ["parser", "senter", "tagger", "morphologizer", "attribute_ruler", "lemmatizer"]
"""Parts that tell nothing about names; what is not loaded costs neither memory nor time."""


def is_wanted(name: str | None) -> bool:
    """Whether there is a model to open: a package that is installed, or a folder, which is there for whoever named it."""
    return bool(name) and (_is_folder(str(name)) or is_package(str(name)))


def open_model(name: str) -> Language:
    """The model of that name or folder, without the parts that tell nothing about names; raises LanguageModelBroken."""
    try:
        model = spacy.load(ROOT / name if _is_folder(name) else name, exclude=_UNUSED)
    except Exception as error:  # whatever is wrong in it: files, versions, parts that nobody knows
        raise LanguageModelBroken(f"the spaCy model {name} does not load ({type(error).__name__}): {_remedy(name)}") from error
    wanted = model.meta.get("spacy_version", "")
    if wanted and not is_compatible_version(about.__version__, wanted):
        raise LanguageModelBroken(f"the spaCy model {name} is made for spaCy {wanted}, this is {about.__version__}: {_remedy(name)}")
    return model


def _is_folder(name: str) -> bool:
    return os.sep in name


def _remedy(name: str) -> str:
    package = "install the one of requirements/spacy-model.txt in .venv-rasa, or uninstall it"
    return f"{'put a whole model there' if _is_folder(name) else package}; until then names are found by rules alone"


def main() -> None:
    """Print which model runs where `NAME` is configured and, where that one is broken, what to do, as JSON."""
    name, runs, problem = sys.argv[1], BLANK, None
    if is_wanted(name):
        try:
            open_model(name)
            runs = name
        except LanguageModelBroken as error:
            problem = str(error)
    print(json.dumps({"model": runs, "problem": problem}))


if __name__ == "__main__":
    main()
