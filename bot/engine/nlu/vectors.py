"""Turns sentences into TF-IDF vectors of words and letter groups."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.engine.nlu.spelling import normalise

_KINDS: dict[str, dict[str, Any]] = {
    # Words and pairs of words carry the meaning; letter groups carry compounds, endings and typing errors.
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)[\w€]+|\?", "min_df": 1},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
}


@dataclass(frozen=True)
class _Counter:
    """One kind of features of a model that is ready: how a text is cut into terms, their columns and their weights."""

    terms: Callable[[str], list[str]]
    vocabulary: Mapping[str, int]
    idf: NDArray[np.float32]


class Vectors:
    """Both kinds of features side by side, each of length one, so that a long text weighs no more than a short one."""

    def __init__(self) -> None:
        """Prepare; `fit` or `load` makes it usable."""
        self._parts = {
            name: TfidfVectorizer(preprocessor=normalise, sublinear_tf=True, dtype=np.float32, **options)
            for name, options in _KINDS.items()
        }

    def fit(self, texts: list[str]) -> sparse.csr_matrix:
        """Learn the vocabulary, once, and give the vectors of `texts`."""
        return beside(part.fit_transform(texts) for part in self._parts.values())

    def transform(self, texts: list[str]) -> sparse.csr_matrix:
        """Vectors of `texts`, float32, one row each: what scikit-learn's `transform` gives.

        That is made for thousands of texts: for the one or two of a message its checks and copies take longer than the counting.
        """
        blocks = [block for text in texts for block in self._blocks(text)]
        ends = np.cumsum([0, *(len(places) for places, _ in blocks)])[:: len(self._parts)]
        places, weights = (np.concatenate(arrays) for arrays in zip(*blocks, strict=True))
        width = sum(len(part.vocabulary_) for part in self._parts.values())
        return sparse.csr_matrix((weights, places, ends), shape=(len(texts), width))

    def _blocks(self, text: str) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """Of each kind of features the columns and their weights: 1 + log of the count, times idf, of length one."""
        start = 0
        for counter in self._counters:
            counts = Counter(place for term in counter.terms(text) if (place := counter.vocabulary.get(term)) is not None)
            places = np.array(sorted(counts), dtype=np.int32)
            weights = (np.log(np.array([counts[place] for place in places], dtype=np.float32)) + np.float32(1)) * counter.idf[places]
            length = float(np.sqrt(weights @ weights)) or 1.0
            yield places + np.int32(start), weights / np.float32(length)
            start += len(counter.vocabulary)

    @cached_property
    def _counters(self) -> list[_Counter]:
        """Taken out of scikit-learn once: it makes its analyzer, and its idf out of a matrix, anew at every call."""
        return [_Counter(part.build_analyzer(), part.vocabulary_, part.idf_.astype(np.float32)) for part in self._parts.values()]

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
