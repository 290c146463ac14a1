"""Builds the widget's settings of a municipality out of its own widget.yml and the one it inherits."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from bot.knowledge.widget_schema import ColoursShape, EnglishShape, PrivacyShape, WidgetShape
from bot.model.widget import WidgetSettings, WidgetWords

_TOKENS = {
    "hoofd": "primary",
    "op_hoofd": "on-primary",
    "kop": "header",
    "op_kop": "on-header",
    "link": "link",
    "bot": "bot",
    "burger": "citizen",
}


def build_widget(files: list[WidgetShape], website: str) -> WidgetSettings:
    """The settings that `files` give together, the most particular last; the municipality's own `website` may always show it."""

    def last(name: str) -> Any:
        return next((value for file in reversed(files) if (value := getattr(file, name)) is not None), None)

    privacy = last("privacy") or PrivacyShape()
    english = last("engels") or EnglishShape()
    person = last("medewerker_knop")
    return WidgetSettings(
        title=last("titel") or WidgetSettings.title,
        language=last("taal"),
        dutch=WidgetWords(last("welkom"), last("openingstijden"), privacy.tekst),
        english=WidgetWords(english.welkom, english.openingstijden, english.privacy),
        avatar=last("avatar"),
        colours=MappingProxyType(_colours(last("kleuren") or ColoursShape())),
        websites=tuple(dict.fromkeys((website, *(origin for file in files for origin in file.websites)))),
        privacy_url=privacy.url,
        person_button=True if person is None else person,
        hidden_on=tuple(path for file in files for path in file.niet_op),
    )


def _colours(shape: ColoursShape) -> dict[str, str]:
    """What was chosen; the colour of text goes along only with the colour behind it."""
    chosen = {name: getattr(shape, name) for name in _TOKENS}
    if shape.hoofd is None:
        chosen["op_hoofd"] = None
    if shape.kop is None:
        chosen["op_kop"] = None
    return {_TOKENS[name]: colour for name, colour in chosen.items() if colour is not None}
