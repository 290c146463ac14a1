"""Hears danger in what a citizen writes: violence, suicide, fire and the like, before anything else reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Danger:
    """Danger that was heard: its kind and the answer that is given at once."""

    kind: str
    answer: str
