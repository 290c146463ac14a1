"""Turns the Markdown of our answers into the markup of a channel; pure, and the same for every message."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Markup:
    """How a channel marks what is bold or stressed; empty where it knows no markup."""

    strong: str = ""
    stress: str = ""


WHATSAPP = Markup(strong="*", stress="_")


def render(markdown: str, markup: Markup) -> str:
    """`markdown` in the channel's markup: lists with dashes or numbers, links as words and address, headings as strong lines."""
    lines = _Lines(markup)
    for token in _MARKDOWN.parse(markdown):
        lines.add(token)
    return lines.text()


class _Lines:
    """Collects the lines of a text, one blank line between blocks."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._blocks: list[tuple[str, bool]] = []
        self._lists: list[int | None] = []
        self._heading = False

    def add(self, token: Token) -> None:
        """Take in one token of a block or of its inside."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "heading_open":
            self._heading = True
        elif token.type == "inline":
            self._block(self._inline(token.children or []))
        elif token.type in ("code_block", "fence", "html_block"):
            self._block(token.content.strip())

    def text(self) -> str:
        """The whole text; the lines of a list follow each other without a blank line."""
        joined, before = "", False
        for block, in_list in self._blocks:
            joined += ("\n" if before and in_list else "\n\n" if joined else "") + block
            before = in_list
        return joined

    def _block(self, text: str) -> None:
        if self._heading:
            text, self._heading = f"{self._markup.strong}{text}{self._markup.strong}", False
        if not self._lists:
            self._blocks.append((text, False))
            return
        number = self._lists[-1]
        sign = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1
        self._blocks.append(("  " * (len(self._lists) - 1) + sign + text, True))

    def _inline(self, tokens: list[Token]) -> str:
        text, links = "", list[tuple[int, str]]()
        for token in tokens:
            if token.type == "link_open":
                links.append((len(text), str(token.attrGet("href") or "")))
            elif token.type == "link_close":
                start, address = links.pop()
                text = text[:start] + _link(text[start:], address)
            else:
                text += self._piece(token)
        return text

    def _piece(self, token: Token) -> str:
        marks = {"strong": self._markup.strong, "em": self._markup.stress}
        if token.type in ("softbreak", "hardbreak"):
            return "\n"
        if token.tag in marks and token.nesting:
            return marks[token.tag]
        return token.content


def _link(words: str, address: str) -> str:
    if address.startswith("tel:"):
        return words  # a telephone finds the number in the words by itself
    bare = address.removeprefix("mailto:")
    return bare if words in (address, bare) else f"{words}: {bare}"
