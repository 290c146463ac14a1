"""How the chat widget looks and behaves on the sites of one municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WidgetSettings:
    """What a municipality decides about its widget; the texts that are None have a general one in the widget itself.

    `colours` maps a token (`primary`, `on-primary`, `header`, `on-header`, `link`, `bot`, `citizen`) to `#rrggbb`.
    `websites` are the origins that may show the widget; `hidden_on` are paths, with `*` for any ending.
    """

    title: str = "Wegwijs"
    welcome: str | None = None
    avatar: str | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    websites: tuple[str, ...] = ()
    privacy_text: str | None = None
    privacy_url: str | None = None
    opening_hours: str | None = None
    person_button: bool = True
    hidden_on: tuple[str, ...] = ()
