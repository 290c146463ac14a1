"""Makes what the models would have given, for tests of the decision alone."""

from __future__ import annotations

from collections.abc import Callable

from bot.engine.nlu.meaning import Scores


def scores(intent: str, sure: float, subject: str, subject_sure: float, *others: tuple[str, float], outside: float = 0.0) -> Scores:
    return Scores([(intent, sure)], [(subject, subject_sure), *others], sure, subject_sure, outside)


def always(given: Scores) -> Callable[[str], Scores]:
    return lambda _: given


def by_text(table: dict[str, Scores]) -> Callable[[str], Scores]:
    return lambda text: table[text]
