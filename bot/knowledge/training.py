"""Writes the example questions of the knowledge base as Rasa training data, one file a theme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.question_checks import is_safe
from bot.knowledge.sentences import key_of
from bot.model.knowledge import HOW, INTENTS, QUESTION_GROUPS, REPORT, WHAT, Organisation, Product
from bot.model.knowledge_base import KnowledgeBase

COMMAND = "python -m bot.tools nlu-data"
HEADER = f"# Generated from knowledge/ by `{COMMAND}`; do not edit.\n"

Owner = tuple[str, str]
"""Whose a word is: "product" or "organisation", and the id; the two may share an id."""

NOBODY: Owner = ("", "")

REFER = "refer"
"""The intent of a question for another organisation."""


_DEED = re.compile(
    r"\b(?:aangeven|aanmelden|aanpassen|aansluiten|aanvechten|aanvraag|aanvragen|adopteren|afgeven|afmelden|afsluiten|beginnen"
    r"|begraven|bestellen|betalen|betwisten|bouwen|brengen|corrigeren|cremeren|doorgeven|emigreren|erkennen|gestolen|geven"
    r"|huren|indienen|inleveren|inschrijven|inwisselen|inzien|kappen|kiezen|kopen|krijgen|kwijt|kwijtschelden|legaliseren|lenen"
    r"|machtigen|maken|melden|naturaliseren|omwisselen|omzetten|ontbinden|ophalen|opheffen|opruimen|opvragen|opzeggen"
    r"|organiseren|overschrijven|overzetten|plaatsen|regelen|registreren|reserveren|ruilen|ruimen|scheiden|slopen|snoeien"
    r"|spreken|starten|stellen|stemmen|stoppen|storten|teruggeven|terugvragen|trouwen|uitschrijven|veranderen|verbouwen"
    r"|verhuizen|verklaren|verlengen|verloren|vernieuwen|vervangen|verwijderen|vestigen|vinden|weghalen|wijzigen|worden|zoeken)$",
    re.IGNORECASE,
)
"""A word that ends so ("naam veranderen") is a need, so it asks how; any other names the product, so it asks what it is."""


_TROUBLE = re.compile(
    r"\b(?:kapot(?:te)?|stuk|defect|verstopte?|losse?|scheef|omgevallen|gedumpt|herrie|lawaai|dode|lekkage|verzakte?|gat|kuil|niet geleegd"
    r"|niet opgehaald|vergeten)\b|stank|overlast|dumping|plaag\b|nest\b|wrak\b",
    re.IGNORECASE,
)
"""A word with this in it ("putje verstopt") reports what is wrong, where people report it."""


@dataclass(frozen=True)
class Block:
    """Sentences that train one intent about one product or organisation."""

    intent: str
    about: str
    name: str
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        """The block in Rasa's YAML."""
        lines = "".join(f"    - {' '.join(sentence.split())}\n" for sentence in self.sentences)
        return f"- intent: {self.intent}\n  metadata: {{{self.about}: {self.name}}}\n  examples: |\n{lines}"


def training_files(base: KnowledgeBase, written: Iterable[str] = ()) -> Mapping[str, str]:
    """The content of every file by its path below data/nlu; a sentence trains one thing only, so the first that has it keeps it.

    `written` are the sentences of the files that people write by hand (acts, smalltalk): those come first.
    """
    taken = {key_of(sentence) for sentence in written}
    words = _loose_words(base)
    files: dict[str, str] = {}
    for theme in sorted({product.theme for product in base.products.values()}):
        products = sorted((item for item in base.products.values() if item.theme == theme), key=lambda item: item.id)
        blocks = [block for product in products for block in _product_blocks(product, words, taken)]
        files[f"products/{theme}.yml"] = _file(blocks)
        particular = [block for product in products for block in _vac_blocks(product, taken)]
        if particular:
            files[f"vacs/{theme}.yml"] = _file(particular)
    organisations = sorted(base.organisations.values(), key=lambda item: item.id)
    blocks = [Block(REFER, "organisation", item.id, _organisation_sentences(item, words, taken)) for item in organisations]
    if blocks:
        files["organisations.yml"] = _file(blocks)
    return files


def _file(blocks: Iterable[Block]) -> str:
    return HEADER + 'version: "3.1"\nnlu:\n' + "".join(str(block) for block in blocks if block.sentences)


def _product_blocks(product: Product, words: Mapping[str, Owner], taken: set[str]) -> Iterator[Block]:
    for group in QUESTION_GROUPS:
        sentences = list(_fresh(product.questions.get(group, ()), taken))
        own = (word for word in product.words if words[key_of(word)] == ("product", product.id))
        sentences += _fresh((word for word in own if _group_of(word, product) == group), taken)
        yield Block(INTENTS[group], "product", product.id, tuple(sentences))


def _vac_blocks(product: Product, taken: set[str]) -> Iterator[Block]:
    """Follow-ups name no product, so they teach nothing of what a message is about; they are found by their words (`particulars.py`)."""
    for vac in product.vacs:
        yield Block(INTENTS[vac.aspect], "product", product.id, tuple(_fresh(vac.questions, taken)))


def _organisation_sentences(organisation: Organisation, words: Mapping[str, Owner], taken: set[str]) -> tuple[str, ...]:
    own = (word for word in organisation.words if words[key_of(word)] == ("organisation", organisation.id))
    return (*_fresh(organisation.questions, taken), *_fresh(own, taken))


def _group_of(word: str, product: Product) -> str:
    if _TROUBLE.search(word) and product.questions.get(REPORT):
        return REPORT
    return HOW if _DEED.search(word) else WHAT


def _fresh(sentences: Iterable[str], taken: set[str]) -> Iterator[str]:
    for sentence in sentences:
        key = key_of(sentence)
        if key and key not in taken and is_safe(sentence):
            taken.add(key)
            yield sentence


def _loose_words(base: KnowledgeBase) -> Mapping[str, Owner]:
    """The one product or organisation that each word names; nobody for a word of several, which would teach nothing.

    A word that is also somebody's example question belongs to that question.
    """
    owners: dict[str, set[Owner]] = {}
    for product in base.products.values():
        for word in product.words:
            owners.setdefault(key_of(word), set()).add(("product", product.id))
    for organisation in base.organisations.values():
        for word in organisation.words:
            owners.setdefault(key_of(word), set()).add(("organisation", organisation.id))
    for key in _questions(base) & owners.keys():
        owners[key] = set()
    return {key: next(iter(ids)) if len(ids) == 1 else NOBODY for key, ids in owners.items()}


def _questions(base: KnowledgeBase) -> set[str]:
    of_products = (text for product in base.products.values() for texts in product.questions.values() for text in texts)
    of_organisations = (text for organisation in base.organisations.values() for text in organisation.questions)
    return {key_of(text) for texts in (of_products, of_organisations) for text in texts}
