"""Fills in what differs from one municipality to the next: `{gemeente}`, `{website}`, `{telefoon}` and a message's own values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.knowledge.errors import UnknownEntryError
from bot.knowledge.messages import PLACEHOLDER
from bot.model.municipality import Municipality
from bot.text.wording import sentence_start

_LINK_TO_WEBSITE = re.compile(r"\[([^\[\]]+)\]\(\{website\}([^()\s]*)\)")
_SENTENCE_END = re.compile(r"(?:^|[.!?]\s|\n\s*(?:- )?|^- )\**$")


class Texts:
    """The system's own texts, and the filling of every other text."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        self._messages = messages

    def say(self, key: str, municipality: Municipality | None = None, **values: str) -> str:
        """The message `key` of berichten.yml; raises UnknownEntryError when there is none or a value is missing."""
        if key not in self._messages:
            raise UnknownEntryError(f'there is no message "{key}" in berichten.yml')
        return self.fill(self._messages[key], municipality, **values)

    def fill(self, text: str, municipality: Municipality | None, **values: str) -> str:
        """`text` with everything filled in; for no municipality the neutral words of berichten.yml are used."""
        if "{" not in text:
            return text
        text = _LINK_TO_WEBSITE.sub(lambda match: self._link(match, municipality), text)

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            filled = values[name] if name in values else self._local(name, municipality)
            starts_sentence = _SENTENCE_END.search(text[: match.start()]) is not None
            return sentence_start(filled) if starts_sentence else filled

        return PLACEHOLDER.sub(value, text)

    def _local(self, name: str, municipality: Municipality | None) -> str:
        if name == "gemeente":
            return municipality.in_sentence if municipality else self.say("gemeente_onbekend")
        if name == "website":
            return website_link(municipality) if municipality else self.say("website_onbekend")
        if name == "telefoon":
            return (phone_of(municipality) if municipality else None) or self.say("telefoon_onbekend", municipality)
        raise UnknownEntryError(f"there is no value for {{{name}}}")

    @staticmethod
    def _link(match: re.Match[str], municipality: Municipality | None) -> str:
        title, path = match.groups()
        return f"[{title}]({municipality.website}{path})" if municipality else str(title)


def website_link(municipality: Municipality) -> str:
    """The municipality's site as a link that shows its name."""
    return f"[{municipality.website.split('://', 1)[-1]}]({municipality.website})"


def phone_of(municipality: Municipality) -> str | None:
    """The number that citizens call, when it is known for a fact."""
    contact = municipality.contacts.get("telefoon")
    return None if contact is None or contact.example else contact.value
