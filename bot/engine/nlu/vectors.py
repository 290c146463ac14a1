"""Turns sentences into TF-IDF vectors of words and letter groups."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.engine.nlu.spelling import normalise

_KINDS: dict[str, dict[str, Any]] = {
    # Words and pairs of words carry the meaning; letter groups carry compounds, endings and typing errors.
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)[\w€]+|\?", "min_df": 1},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
}


class Vectors:
    """Both kinds of features side by side, each of length one, so that a long text weighs no more than a short one."""

    def __init__(self) -> None:
        """Prepare; `fit` or `load` makes it usable."""
        self._parts = {
            name: TfidfVectorizer(preprocessor=normalise, sublinear_tf=True, dtype=np.float32, **options)
            for name, options in _KINDS.items()
        }

    def fit(self, texts: list[str]) -> sparse.csr_matrix:
        """Learn the vocabulary and give the vectors of `texts`."""
        return beside(part.fit_transform(texts) for part in self._parts.values())

    def transform(self, texts: list[str]) -> sparse.csr_matrix:
        """Vectors of `texts`, float32, one row each."""
        return beside(part.transform(texts) for part in self._parts.values())

    def save(self, folder: Path) -> None:
        """Write vocabulary (JSON) and weights (npz), no pickle."""
        for name, part in self._parts.items():
            terms = sorted(part.vocabulary_, key=part.vocabulary_.__getitem__)
            (folder / f"{name}.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
            np.savez_compressed(folder / f"{name}.npz", idf=part.idf_.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> Vectors:
        """What `save` wrote."""
        vectors = cls()
        for name, part in vectors._parts.items():
            terms = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            part.vocabulary_ = {term: place for place, term in enumerate(terms)}
            part.idf_ = np.load(folder / f"{name}.npz")["idf"]
        return vectors


def beside(parts: Iterable[sparse.csr_matrix]) -> sparse.csr_matrix:
    """One matrix with the columns of all."""
    joined: sparse.csr_matrix = sparse.hstack(list(parts), format="csr", dtype=np.float32)
    return joined
