"""Cleans foreign HTML and Markdown down to the markup of the knowledge files: paragraphs, bold, links and simple lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from bs4.exceptions import ParserRejectedMarkup
from markdown_it import MarkdownIt

from bot.knowledge.exchange.errors import ExchangeError

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_APART = frozenset(
    {"p", "div", "section", "article", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "figure", "details", "summary", "main"}
)
_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "svg", "head", "img", "form", "button", "video", "audio"}
)
_NEUTRAL = str.maketrans({"{": "(", "}": ")", "[": "(", "]": ")", "*": "", "\u00ad": "", "\u200b": ""})
"""Characters that would be markup or a value to fill in."""

_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")
"""What still looks like a tag after reading: it was escaped once too often."""

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True)
class Block:
    """A piece of text on its own: kind is heading, paragraph or item (of a list)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """What stands below one heading; the first has none when the text begins without."""

    heading: str | None
    text: str


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """The blocks of an HTML fragment; scripts, forms, pictures and every attribute are gone."""
    walker = _Walker()
    try:
        # Marked sections belong to XML; the parser of HTML stumbles over those that are not complete.
        walker.walk(BeautifulSoup(html.replace("<![", "<"), "html.parser"), "paragraph")
    except (RecursionError, ParserRejectedMarkup) as error:
        message = f'the text that begins with "{html[:40]}" has HTML that cannot be read; clean it in the system it comes from'
        raise ExchangeError(message) from error
    walker.flush("paragraph")
    return tuple(walker.blocks)


def blocks_of_markdown(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text; HTML in it is read as HTML."""
    return blocks_of_html(html_of(markdown))


def html_of(markdown: str) -> str:
    """Markdown as HTML, for standards that hold HTML."""
    return str(MarkdownIt("commonmark").render(markdown)).strip()


def plain(markdown: str) -> str:
    """A text of the knowledge base without markup, on one line; for standards that hold no markup."""
    return collapse(_LINK.sub(r"\1", markdown).replace("**", ""))


def collapse(text: str) -> str:
    """`text` with every stretch of blanks and line breaks as one space; two texts that read the same are equal then."""
    return " ".join(text.split())


def text_of(blocks: Iterable[Block]) -> str:
    """The blocks as a text of the knowledge base; a heading becomes bold."""
    text = ""
    before = Block("", "")
    for block in blocks:
        line = f"- {block.text}" if block.kind == "item" else f"**{block.text}**" if block.kind == "heading" else block.text
        belongs = block.kind == "item" and (before.kind == "item" or before.text.endswith(":"))
        gap = "\n" if belongs else "\n\n"
        text = f"{text}{gap}{line}" if text else line
        before = block
    return text


def sections_of(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The blocks cut at their headings; a heading with nothing below it is left out."""
    found: list[tuple[str | None, list[Block]]] = [(None, [])]
    for block in blocks:
        if block.kind == "heading":
            found.append((block.text, []))
        else:
            found[-1][1].append(block)
    return tuple(Section(heading, text_of(below)) for heading, below in found if below)


class _Walker:
    """Goes through a tree of HTML and gathers blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._inline: list[str] = []

    def walk(self, node: Tag, kind: str) -> None:
        for child in node.children:
            if isinstance(child, NavigableString):
                # Comments, doctypes and the like are strings too, but not for readers.
                if not isinstance(child, PreformattedString):
                    self._inline.append(str(child).translate(_NEUTRAL))
            elif isinstance(child, Tag) and child.name not in _DROPPED:
                self._tag(child, kind)

    def flush(self, kind: str) -> None:
        text = collapse(_TAG.sub(" ", "".join(self._inline)))
        self._inline = []
        if text:
            self.blocks.append(Block(kind, text))

    def _tag(self, tag: Tag, kind: str) -> None:
        if tag.name in _HEADINGS:
            self.flush(kind)
            self._inline.append(_words(tag))
            self.flush("heading")
        elif tag.name == "li" or tag.name in _APART:
            inner = "item" if tag.name == "li" else kind
            self.flush(kind)
            self.walk(tag, inner)
            self.flush(inner)
        elif tag.name in ("strong", "b"):
            self._around(tag, "**", "**")
        elif tag.name == "a":
            self._link(tag)
        else:
            self._inline.append(" " if tag.name in ("br", "td", "th") else "")
            self.walk(tag, kind)

    def _around(self, tag: Tag, before: str, after: str) -> None:
        text = _words(tag)
        if text:
            # Blanks inside bold would end it: they belong outside.
            self._inline.append(f" {before}{text}{after} " if tag.get_text() != tag.get_text().strip() else f"{before}{text}{after}")

    def _link(self, tag: Tag) -> None:
        text, url = _words(tag), str(tag.get("href") or "").strip()
        if url.startswith(("https://", "http://")) and text:
            self._inline.append(f"[{text}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})")
        elif url.startswith(("mailto:", "tel:")) and url.split(":", 1)[1].split("?")[0] not in text:
            self._inline.append(f"{text} ({url.split(':', 1)[1].split('?')[0]})")
        else:
            self._inline.append(text)


def _words(tag: Tag) -> str:
    for dropped in tag.find_all(list(_DROPPED)):
        dropped.decompose()
    return collapse(_TAG.sub(" ", tag.get_text().translate(_NEUTRAL)))
