"""What an import changes in what everybody shares: the name, the audience, the team, related products, words and example questions."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.exchange.draft import Draft
from bot.knowledge.exchange.markup import collapse
from bot.knowledge.exchange.record import Record
from bot.knowledge.folder import Folder
from bot.knowledge.question_checks import examples_of, is_safe
from bot.knowledge.sentences import key_of
from bot.model.knowledge import Product
from bot.text.personal import mask_bsn

_LONGEST_WORD = 60
"""What is longer is a sentence and no word that people use for a product."""


class Heard:
    """Every sentence and word that trains the bot already, with the product it belongs to."""

    def __init__(self, folder: Folder) -> None:
        """Know the sentences of `folder`."""
        self._whose: dict[str, str] = {}
        for example in examples_of(folder):
            self._whose.setdefault(key_of(example.text), example.label[0] or example.label[1])

    def whose(self, text: str) -> str | None:
        """The product or organisation that has this sentence."""
        return self._whose.get(key_of(text))

    def take(self, text: str, product: Product) -> None:
        """The sentence belongs to `product` from now on."""
        self._whose[key_of(text)] = product.id


def plan_shared(draft: Draft, product: Product, record: Record, heard: Heard) -> None:
    """Compare what every municipality shares."""
    file = draft.shared_file(product)
    if record.name:
        draft.set(file, product, "naam", ("naam",), product.name, collapse(record.name))
    if record.audience and set(record.audience) != set(product.audience):
        draft.set(file, product, "doelgroep", ("doelgroep",), list(product.audience), list(record.audience))
    if record.team and record.team != product.team and record.team in draft.telling.base.teams:
        draft.set(file, product, "team", ("team",), product.team, record.team)
    _related(draft, product, record)
    for word in record.words:
        _train(draft, product, collapse(word), "woorden", ("woorden",), heard)
    for group, questions in record.questions.items():
        for question in questions:
            _train(draft, product, collapse(question), "voorbeeldvragen", ("voorbeeldvragen", group), heard)


def _related(draft: Draft, product: Product, record: Record) -> None:
    by_uri: Mapping[str, str] = {}
    if record.related:
        products = draft.telling.products()
        uris = [item.upl_uri for item in products]
        by_uri = {item.upl_uri: item.id for item in products if item.upl_uri and uris.count(item.upl_uri) == 1}
    for uri in record.related:
        other = by_uri.get(uri)
        if other and other != product.id and other not in product.related:
            draft.add(draft.shared_file(product), product, "gerelateerd", ("gerelateerd",), other)


def _train(draft: Draft, product: Product, text: str, field: str, steps: tuple[str, ...], heard: Heard) -> None:
    whose = heard.whose(text)
    if not key_of(text) or whose == product.id:
        return
    if whose is not None:
        draft.note(f'{product.id}: "{text}" belongs to {whose} already; left out, because a sentence can train one product only')
    elif not is_safe(text) or mask_bsn(text).count or (field == "woorden" and len(text) > _LONGEST_WORD):
        draft.note(f'{product.id}: "{text}" cannot train the bot as it is (brackets, long numbers, or too long for a word); left out')
    else:
        heard.take(text, product)
        draft.add(draft.shared_file(product), product, field, steps, text)
