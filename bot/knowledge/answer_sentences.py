"""Writes the sentences of the answers as training data: the words of a product that its example questions may lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.knowledge.question_checks import is_safe
from bot.knowledge.sentences import key_of, words_of
from bot.knowledge.training import HEADER
from bot.model.knowledge import INTENTS, Product
from bot.model.knowledge_base import KnowledgeBase

ANSWERS = "answers.yml"

_FEWEST_WORDS = 4
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BLANK = re.compile(r"\{[^}]*\}|[*_#`\[\]]")
_END = re.compile(r"(?<=[.!?])\s+|\n+")


def answer_file(base: KnowledgeBase, taken: Iterable[str]) -> str:
    """The file: `source: answer` says that a sentence teaches what it is about, not what one wants.

    `taken` are sentences that train something else already.
    """
    seen = {key_of(sentence) for sentence in taken}
    products = sorted(base.products.values(), key=lambda item: item.id)
    return HEADER + 'version: "3.1"\nnlu:\n' + "".join(block for product in products for block in _blocks(product, seen))


def _blocks(product: Product, seen: set[str]) -> Iterator[str]:
    for aspect, said in product.aspects.items():
        lines = [f"    - {sentence}\n" for sentence in _fresh(f"{said.text}\n{said.more or ''}", seen)]
        if lines:
            about = f"{{product: {product.id}, source: answer}}"
            yield f"- intent: {INTENTS[aspect]}\n  metadata: {about}\n  examples: |\n{''.join(lines)}"


def _fresh(text: str, seen: set[str]) -> Iterator[str]:
    for part in _END.split(_LINK.sub(r"\1", text)):
        sentence = " ".join(_BLANK.sub(" ", part).split()).lstrip("- ")
        key = key_of(sentence)
        if len(words_of(sentence)) >= _FEWEST_WORDS and key not in seen and is_safe(sentence):
            seen.add(key)
            yield sentence
