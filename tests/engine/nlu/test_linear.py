"""The classifier and its calibration, on a small made-up set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from bot.engine.nlu.calibration import Calibration, log_odds
from bot.engine.nlu.linear import LinearModel, Unseen, kept_apart
from bot.engine.nlu.meaning import NO_SUBJECT
from bot.engine.nlu.reader import Example, Reader, Strength
from bot.engine.nlu.vectors import Vectors
from bot.engine.nlu.zones import least_for, thresholds

WORDS = {"product:glas": "glasbak flessen potjes", "product:paspoort": "paspoort reizen grens", NO_SUBJECT: "hallo dag groet"}
SENTENCES = [
    (f"{word} nummer {extra}", label) for label, words in WORDS.items() for word in words.split() for extra in ("een", "twee", "drie")
]


@pytest.fixture(scope="module")
def trained() -> tuple[LinearModel, Unseen, Vectors]:
    vectors = Vectors()
    rows = vectors.fit([text for text, _ in SENTENCES])
    return (*LinearModel.train(rows, [label for _, label in SENTENCES], 0.5), vectors)


def test_what_was_saved_says_the_same(trained: tuple[LinearModel, Unseen, Vectors], tmp_path: Path) -> None:
    model, _, vectors = trained
    model.save(tmp_path, "subjects")
    vectors.save(tmp_path)
    again, features = LinearModel.load(tmp_path, "subjects"), Vectors.load(tmp_path)
    before = model.judge(model.margins(vectors.transform(["waar is de glasbak"]))[0])
    after = again.judge(again.margins(features.transform(["waar is de glasbak"]))[0])
    assert [label for label, _ in after.ranking] == [label for label, _ in before.ranking]
    assert after.sure == pytest.approx(before.sure, abs=0.01)
    assert not [path for path in tmp_path.iterdir() if path.suffix not in (".npz", ".json")]


def test_shares_add_up_to_one_and_the_first_is_the_likeliest(trained: tuple[LinearModel, Unseen, Vectors]) -> None:
    model, unseen, vectors = trained
    judged = model.judge(model.margins(vectors.transform(["mijn paspoort"]))[0])
    assert judged.ranking[0][0] == "product:paspoort"
    assert sum(share for _, share in judged.ranking) == pytest.approx(1.0, abs=1e-4)
    assert 0.0 <= judged.sure <= 1.0
    assert len(unseen.wanted) == len(SENTENCES) // 5 + 1


def test_a_sentence_of_an_answer_teaches_the_subject_and_no_intent() -> None:
    asked = [Example(text, "ask_what" if label != NO_SUBJECT else "greet", label) for text, label in SENTENCES]
    answers = [Example(f"scherven horen in de bak {count}", "ask_how", "product:glas", of_answer=True) for count in range(6)]
    reader, unseen = Reader.train([*answers, *asked], Strength(0.5, 0.5, 0.5))
    said = reader.score("scherven")
    assert said.products[0][0] == "glas"
    assert "ask_how" not in dict(said.intents)
    assert len(unseen["subjects"]["wanted"]) == len(kept_apart([label for _, label in SENTENCES]))


def test_a_sentence_of_an_unknown_subject_teaches_only_what_is_wanted() -> None:
    asked = [Example(text, "ask_what" if label != NO_SUBJECT else "greet", label) for text, label in SENTENCES]
    cues = [Example(f"{word} potjes dokken {count}", "ask_costs", None) for word in ("flink", "veel") for count in range(5)]
    reader, unseen = Reader.train([*cues, *asked], Strength(0.5, 0.5, 0.5))
    said = reader.score("wat moet ik dokken")
    assert said.intents[0][0] == "ask_costs"
    assert reader.score("potjes dokken").products[0][0] == "glas"
    assert set(unseen["subjects"]["wanted"]) == {label for _, label in SENTENCES}
    assert len(unseen["intents"]["wanted"]) > len(unseen["subjects"]["wanted"])


def test_the_trial_model_misses_one_in_five_of_each_label() -> None:
    answers = ["glas"] * 10 + ["paspoort"] * 20 + ["rijbewijs"]
    rows = kept_apart(answers)
    assert list(rows) == list(kept_apart(answers))
    assert [answers[row] for row in rows].count("glas") == 2
    assert [answers[row] for row in rows].count("paspoort") == 4


def test_a_threshold_keeps_the_wrong_answers_below_the_share() -> None:
    sure = np.array([0.9, 0.8, 0.7, 0.6])
    assert least_for(sure, np.array([False, False, True, False]), 0.3) == 0.6
    assert least_for(sure, np.array([False, False, True, True]), 0.1) == 0.8
    assert least_for(sure, np.array([True, True, True, True]), 0.1) == 1.0


def test_a_threshold_counts_each_sentence_for_its_weight() -> None:
    sure = np.array([0.9, 0.8, 0.7])
    wrong = np.array([False, True, False])
    assert least_for(sure, wrong, 0.2) == 0.9
    assert least_for(sure, wrong, 0.2, np.array([2.0, 0.5, 2.0])) == 0.7


def test_a_share_that_is_expected_moves_the_odds_of_being_right() -> None:
    chance = np.random.default_rng(3)
    margins = chance.normal(size=(400, 3)).astype(np.float32)
    wanted = np.where(chance.random(400) < 0.7, margins.argmax(axis=1), 0)
    plain, moved = Calibration.fit(margins, wanted), Calibration.fit(margins, wanted, expected=0.95)
    right = float((margins.argmax(axis=1) == wanted).mean())
    assert moved.curve[0] - plain.curve[0] == pytest.approx(log_odds(0.95) - log_odds(right))
    assert moved.curve[1:] == plain.curve[1:]


def test_the_zones_come_from_unseen_sentences() -> None:
    subjects = {"wanted": ["product:a", "product:a", "none"], "found": ["product:a", "product:b", "none"], "sure": [0.9, 0.3, 0.8]}
    intents = {"wanted": ["ask_what", "ask_what", "out_of_scope"], "found": ["ask_what", "out_of_scope", "out_of_scope"]}
    outside = {"wanted": [False, False, True], "share": [0.1, 0.2, 0.9]}
    found = thresholds({"subjects": subjects, "intents": intents, "outside": outside})
    assert found["zones"]["answer"] == 0.9
    assert 0.1 < found["zones"]["out_of_scope"] <= 0.2
    assert found["answers_wrong"] == 0.0


def test_a_sentence_far_from_everything_we_do_is_outside(tmp_path: Path) -> None:
    nonsense = [
        Example(f"zing een {word} liedje over {other}", "out_of_scope", NO_SUBJECT)
        for word in ["lang", "kort", "mooi", "raar"]
        for other in ("maan", "zee")
    ]
    asked = [Example(text, "ask_what" if label != NO_SUBJECT else "greet", label) for text, label in SENTENCES]
    reader, unseen = Reader.train([*asked, *nonsense], Strength(0.5, 0.5, 0.5))
    reader.save(tmp_path, unseen)
    again = Reader.load(tmp_path)
    assert again.score("zing een liedje").outside > 0.5 > again.score("waar is de glasbak").outside


def test_without_sentences_out_of_scope_nothing_is_outside() -> None:
    asked = [Example(text, "ask_what" if label != NO_SUBJECT else "greet", label) for text, label in SENTENCES]
    reader, _ = Reader.train(asked, Strength(0.5, 0.5, 0.5))
    assert reader.score("zing een liedje").outside < 0.01
