"""Writes the letters about an appointment, as plain text and as HTML, from the templates in knowledge/mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from bot.appointments.details import Details
from bot.errors import ConfigurationError

LetterKind = Literal["bevestiging", "gewijzigd", "afgezegd", "herinnering"]

_MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_MARKDOWN_SIGNS = re.compile(r"\*\*|^\s*[-*]\s+", re.MULTILINE)


@dataclass(frozen=True)
class Letter:
    """One letter, ready to send."""

    subject: str
    text: str
    html: str


class Letters:
    """The letters of one folder of templates; editors change them, so they are read again at every letter."""

    def __init__(self, folder: Path, website: str) -> None:
        """`folder` holds brieven.yml, brief.txt and brief.html; `website` is where a citizen finds the chat."""
        self._folder = folder
        self._website = website
        # Sandboxed: who may edit a text may not run code. Names and notes of citizens are escaped in HTML.
        self._templates = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            autoescape=lambda name: bool(name and name.endswith(".html")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def write(self, kind: LetterKind, details: Details) -> Letter:
        """One letter; raises ConfigurationError when a template or one of its texts is missing or wrong."""
        try:
            texts = yaml.safe_load((self._folder / "brieven.yml").read_text("utf-8"))
            fills = {"wanneer": details.when, "gemeente": details.municipality, "code": details.reference, "website": self._website}
            said = {key: text.format_map(fills) for key, text in texts[kind].items()}
            words = {key: text.format_map({**fills, "minuten": details.minutes}) for key, text in texts["woorden"].items()}
            return self._written(said, words, details)
        except (OSError, KeyError, ValueError, yaml.YAMLError, TemplateError) as error:
            raise ConfigurationError(f"letter {kind} in {self._folder}: {type(error).__name__}: {error}") from error

    def _written(self, said: dict[str, str], words: dict[str, str], details: Details) -> Letter:
        letter = {"subject": said["onderwerp"], "head": said["kop"], "begin": said["begin"], "change": words["wijzigen"]}
        values: dict[str, Any] = {
            "letter": letter,
            "words": words,
            "details": details,
            "bring_lines": _lines(plain(details.bring)),
            "bring_linked": [_linked(line) for line in _lines(_MARKDOWN_SIGNS.sub("", details.bring))],
            "facts": [
                (words["waarvoor"], details.title),
                (words["wanneer"], details.when_in_full),
                (words["duur"], words["minuten"]),
                (words["waar"], details.where),
                (words["code"], details.reference),
            ],
        }
        text = self._templates.get_template("brief.txt").render(values)
        html = self._templates.get_template("brief.html").render(values)
        return Letter(letter["subject"], re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def plain(markdown: str) -> str:
    """The knowledge base's small Markdown as plain text: links as "title (address)"."""
    return _MARKDOWN_SIGNS.sub("", _MARKDOWN_LINK.sub(r"\1 (\2)", markdown))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _linked(line: str) -> Markup:
    """A line with its links as HTML; everything in it is escaped, addresses begin with http."""
    parts, end = [], 0
    for link in _MARKDOWN_LINK.finditer(line):
        parts += [escape(line[end : link.start()]), Markup('<a href="{}" style="color:#154273">{}</a>').format(link[2], link[1])]
        end = link.end()
    return Markup("").join([*parts, escape(line[end:])])
