"""Takes the names of places out of a message: where somebody lives says nothing about what they want or what about."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FEWEST_LEFT = 3
"""Who says little besides a place ("ik woon in Heiloo") means the place."""

_BEFORE = r"(?:in|te|uit|naar|bij|van|voor|nabij|rond|vanuit|binnen)"
_ABOUT_PLACE = re.compile(r"\b(?:woon\w*|wonen\w*|inwoner\w*|postcode|verblijf\w*)\b|\bkom(?:en)?\s+uit\b", re.IGNORECASE)


class PlaceNames:
    """The names that Rasa's lookup table `place` gives."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names; without any nothing is taken out."""
        self.names = sorted(set(names), key=lambda name: (-len(name), name))
        one = "|".join(re.escape(name) for name in self.names)
        self._place = (
            re.compile(rf"\s+{_BEFORE}\s+(?:de\s+)?(?:gemeente\s+)?(?:{one})\b(?!-)|\s+gemeente\s+(?:{one})\b", re.IGNORECASE)
            if one
            else None
        )

    def without(self, text: str) -> str:
        """`text` without "in Castricum"; whole when it is about where somebody lives, or when hardly anything else is said."""
        if self._place is None or _ABOUT_PLACE.search(text):
            return text
        rest = self._place.sub("", text)
        return rest if len(rest.split()) >= _FEWEST_LEFT else text
