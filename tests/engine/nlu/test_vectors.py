"""The vectors of a message are those that scikit-learn gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.engine.nlu.vectors import Vectors, beside

LEARNED = [
    "wat kost een paspoort?",
    "hoe lang duurt een paspoort",
    "ik ga verhuizen naar Heiloo",
    "grofvuil aan huis ophalen, wat kost dat",
]


@pytest.fixture
def vectors() -> Vectors:
    made = Vectors()
    made.fit(LEARNED)
    return made


@pytest.mark.parametrize(
    "texts",
    [["wat kost kost KOST een paspóórt?"], ["grof vuil"], ["xyzzy"], [""], ["wat kost dat?", "", "ik verhuis naar Heiloo, wat kost dat"]],
    ids=["repeated", "parts of words", "unknown", "empty", "several"],
)
def test_a_text_gets_the_vector_that_scikit_learn_gives(vectors: Vectors, texts: list[str]) -> None:
    expected = beside(part.transform(texts) for part in vectors._parts.values())
    found = vectors.transform(texts)
    assert (found.shape, found.dtype) == (expected.shape, np.float32)
    np.testing.assert_allclose(found.toarray(), expected.toarray(), rtol=1e-6)


def test_what_was_saved_gives_the_same_vectors(vectors: Vectors, tmp_path: Path) -> None:
    vectors.save(tmp_path)
    np.testing.assert_array_equal(Vectors.load(tmp_path).transform(LEARNED).toarray(), vectors.transform(LEARNED).toarray())
