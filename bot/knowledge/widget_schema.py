"""The shape of widget.yml: how the chat looks on the sites of a municipality, and which sites may show it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from bot.knowledge.schema import Shape, Text, Url

Title = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Origin = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(:[0-9]+)?$")]
Path = Annotated[str, StringConstraints(pattern=r"^/[^\s?#]*$")]

READABLE = 4.5
"""Contrast of text that WCAG 2.2 asks for in 1.4.3."""

_DARK_TEXT = "#1c2430"
"""The widget's own colour of text on bubbles, and white behind links."""


class ColoursShape(Shape):
    """Colours by what they are for; text must be readable on what is behind it."""

    hoofd: Colour | None = None
    op_hoofd: Colour = "#ffffff"
    kop: Colour | None = None
    op_kop: Colour = "#ffffff"
    link: Colour | None = None
    bot: Colour | None = None
    burger: Colour | None = None

    @model_validator(mode="after")
    def _readable(self) -> Self:
        pairs = [
            ("op_hoofd", self.op_hoofd, self.hoofd),
            ("op_kop", self.op_kop, self.kop),
            ("link", self.link, "#ffffff"),
            ("link", self.link, self.bot),
            ("bot", _DARK_TEXT, self.bot),
            ("burger", _DARK_TEXT, self.burger),
        ]
        for name, text, behind in pairs:
            if text and behind and (found := contrast(text, behind)) < READABLE:
                raise ValueError(f"{name}: {text} on {behind} has a contrast of {found:.1f}; WCAG asks for {READABLE}")
        return self


class PrivacyShape(Shape):
    """What a citizen reads about privacy in the chat, and the page that tells all of it."""

    tekst: Text | None = None
    url: Url | None = None


class EnglishShape(Shape):
    """The municipality's own sentences for who reads the page in English."""

    welkom: Text | None = None
    openingstijden: Text | None = None
    privacy: Text | None = None


class WidgetShape(Shape):
    """Everything a municipality may decide about the widget; what is not here comes from `_buch`, or is the widget's own."""

    titel: Title | None = None
    taal: Literal["nl", "en"] | None = None
    engels: EnglishShape | None = None
    welkom: Text | None = None
    avatar: Url | None = None
    kleuren: ColoursShape | None = None
    websites: tuple[Origin, ...] = ()
    privacy: PrivacyShape | None = None
    openingstijden: Text | None = None
    medewerker_knop: bool | None = None
    niet_op: tuple[Path, ...] = ()


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours as WCAG 2.2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
