"""Opens spaCy's Dutch, statistical where it is installed; `python -m bot.engine.nlu.language_model NAME` says which one runs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Container
from typing import Any

import spacy
from rasa.nlu.model import InvalidModelError
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.nlu.utils.spacy_utils import SpacyNLP as RasaSpacyNLP
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.pipeline.tok2vec import Tok2VecListener
from spacy.util import is_package, load_language_data, registry

from bot.engine.errors import LanguageModelBroken, LookupsMissing
from bot.engine.nlu.name_rules import LEMMAS
from bot.logs import logger
from bot.settings import ROOT

BLANK = "blank:nl"
"""What runs where there is no statistical model: tokens and lemmas, by which rules find names."""

_UNUSED = ("parser", "senter", "tagger", "morphologizer", "attribute_ruler", "lemmatizer")
"""Parts that tell nothing about names; what is not kept costs neither memory nor time."""

_SHARED = "tok2vec"
_LEMMATIZER, _TABLE = "lemmatizer", "lemma_lookup"
_MOST_NEW_WORDS = 50_000


class DutchModel(SpacyModel):
    """The pipeline that Rasa's components share, opened when the first of them asks for it.

    spaCy keeps every word that a pipeline ever read: after many new ones it is opened anew, lest a service grows and keeps
    what citizens wrote.
    """

    def __init__(self, wanted: str | None, names_only: bool = True, most_new_words: int = _MOST_NEW_WORDS) -> None:
        """Open nothing yet; `wanted` is a package or a folder (with a slash), `names_only` leaves out what tells nothing about names."""
        self._wanted, self._names_only, self._most_new, self._most = wanted, names_only, most_new_words, 0
        self._language: Language | None = None
        self._few: dict[str, str] | None = None
        self._runs: str | None = None
        self.problem: str | None = None

    @property
    def model(self) -> Language:  # type: ignore[override]
        """The pipeline; ask for it for each text, since it may be another one than before."""
        if self._language is None or len(self._language.vocab.strings) > self._most:
            self._language = self._open()
            self._most = len(self._language.vocab.strings) + self._most_new
        return self._language

    @property
    def model_name(self) -> str:  # type: ignore[override]
        """Which one runs or, before it is opened, which one will if it is not broken; Rasa's fingerprint of this model."""
        return self._runs or (str(self._wanted) if is_wanted(self._wanted) else BLANK)

    @property
    def is_open(self) -> bool:
        """Whether somebody asked for the pipeline."""
        return self._language is not None

    def _open(self) -> Language:
        self.problem, self._runs = None, BLANK
        lemmas = self._lemmas()
        if is_wanted(self._wanted):
            try:
                language = open_model(str(self._wanted), self._names_only, lemmas)
                self._runs = str(self._wanted)
                return language
            except LanguageModelBroken as error:
                self._tell(error)
        return open_blank(lemmas)

    def _lemmas(self) -> dict[str, str]:
        if self._few is not None:
            return self._few
        try:
            lemmas = lemmas_of(LEMMAS if self._names_only else None)
        except LookupsMissing as error:
            self._tell(error)
            return {}
        self._few = lemmas if self._names_only else None
        return lemmas

    def _tell(self, error: LanguageModelBroken | LookupsMissing) -> None:
        self.problem = str(error)
        logger().error("language_model_broken", reason=self.problem)


def is_wanted(name: str | None) -> bool:
    """Whether there is a model to open: a package that is installed, or a folder, which is there for whoever named it."""
    return bool(name) and (_is_folder(str(name)) or is_package(str(name)))


def open_model(name: str, names_only: bool, lemmas: dict[str, str]) -> Language:
    """The model of that name or folder as Rasa loads it, with `lemmas` where it has none itself; raises LanguageModelBroken."""
    try:
        language = RasaSpacyNLP.load_model(str(ROOT / name) if _is_folder(name) else name).model
    except InvalidModelError as error:
        reason = "does not load" if error.__context__ else f"does not fit ({error})"
        raise LanguageModelBroken(f"the spaCy model {name} {reason}: {_remedy(name)}") from error
    except Exception as error:  # whatever else is wrong in it: files, versions, parts that nobody knows
        raise LanguageModelBroken(f"the spaCy model {name} does not load ({type(error).__name__}): {_remedy(name)}") from error
    if names_only:
        _leave_names(language)
    if _LEMMATIZER not in language.component_names:
        _add_lemmas(language, lemmas)
    return language


def open_blank(lemmas: dict[str, str]) -> Language:
    """Dutch tokens with the lemmas of a table, by form."""
    language = spacy.blank("nl")
    _add_lemmas(language, lemmas)
    return language


def lemmas_of(wanted: Container[str] | None) -> dict[str, str]:
    """The lemma of each form, by form, of the `wanted` ones or of all; raises LookupsMissing.

    All 213,000 cost 71 MiB for as long as they are kept.
    """
    if "nl" not in registry.lookups:
        raise LookupsMissing("spaCy has no lemmas of Dutch: install spacy-lookups-data in .venv-rasa (`make install` does)")
    table = load_language_data(registry.lookups.get("nl")[_TABLE])
    return {form: lemma for form, lemma in dict(table).items() if wanted is None or lemma in wanted}


def _add_lemmas(language: Language, lemmas: dict[str, str]) -> None:
    lookups = Lookups()
    lookups.add_table(_TABLE, lemmas)
    lemmatizer: Any = language.add_pipe(_LEMMATIZER, config={"mode": "lookup"})
    lemmatizer.initialize(lookups=lookups)


def _leave_names(language: Language) -> None:
    for part in _UNUSED:
        if part in language.component_names:
            language.remove_pipe(part)
    if _SHARED in language.component_names and not any(_listens(part) for _, part in language.components):
        language.remove_pipe(_SHARED)


def _listens(part: Any) -> bool:
    """Whether a part reads what the shared tok2vec makes; spaCy's own models give the part that finds names one for itself."""
    model = getattr(part, "model", None)
    return model is not None and any(isinstance(node, Tok2VecListener) for node in model.walk())


def _is_folder(name: str) -> bool:
    return os.sep in name


def _remedy(name: str) -> str:
    package = "install the one of requirements/spacy-model.txt in .venv-rasa, or uninstall it"
    return f"{'put a whole model there' if _is_folder(name) else package}; until then names are found by rules alone"


def main() -> None:
    """Print which model runs where `NAME` is configured and, where something is broken, what to do, as JSON."""
    found = DutchModel(sys.argv[1])
    _ = found.model
    print(json.dumps({"model": found.model_name, "problem": found.problem}))


if __name__ == "__main__":
    main()
