"""How the chat widget looks and behaves on the sites of one municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WidgetWords:
    """A municipality's own sentences in one language; what is None it does not say in that language."""

    welcome: str | None = None
    opening_hours: str | None = None
    privacy_text: str | None = None


@dataclass(frozen=True)
class WidgetSettings:
    """What a municipality decides about its widget; the texts that are None have a general one in the widget itself.

    `colours` maps a token (`primary`, `on-primary`, `header`, `on-header`, `link`, `bot`, `citizen`) to `#rrggbb`.
    `language` is what the widget itself speaks (`nl` or `en`); None leaves that to the page.
    `websites` are the origins that may show the widget; `hidden_on` are paths, with `*` for any ending.
    """

    title: str = "Wegwijs"
    language: str | None = None
    dutch: WidgetWords = WidgetWords()
    english: WidgetWords = WidgetWords()
    avatar: str | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    websites: tuple[str, ...] = ()
    privacy_url: str | None = None
    person_button: bool = True
    hidden_on: tuple[str, ...] = ()
