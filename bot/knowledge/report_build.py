"""Builds how a municipality takes reports out of its own meldingen.yml and the one it inherits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.knowledge.report_schema import ReportsShape
from bot.model.report import ReportPolicy

_WORKING_DAYS = 5
_PICTURES = 3


def build_report_policy(municipality: str, files: Sequence[ReportsShape]) -> ReportPolicy | None:
    """The policy that `files` give together, the most particular last; None when none of them names a system."""

    def last(name: str) -> Any:
        return next((value for file in reversed(files) if (value := getattr(file, name)) is not None), None)

    system, pictures = last("systeem"), last("fotos")
    if system is None:
        return None
    categories = {product: category for file in files for product, category in file.rubrieken.items()}
    return ReportPolicy(
        municipality=municipality,
        backend=system,
        promised_working_days=last("werkdagen") or _WORKING_DAYS,
        pictures=_PICTURES if pictures is None else pictures,
        categories=tuple(sorted(categories.items())),
        centre=last("ligging"),
    )
