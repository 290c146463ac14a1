"""Show what is covered: products, particular questions (VACs), questions and words per theme, and product by aspect everywhere."""

from __future__ import annotations

import argparse
from collections import Counter

from bot.clock import utc_now
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.model.knowledge import ASPECTS
from bot.model.knowledge_base import KnowledgeBase
from bot.settings import load_settings

SIGNS = {"complete": "x", "incomplete": "o", "not_applicable": "-", "elsewhere": ">"}
"""x answered; o answered, but a local fact is unknown so a person is offered; - does not apply; > another body does it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to show every product."""
    parser.add_argument("--products", action="store_true", help="a line a product, a column an aspect, a block a municipality")


def run(arguments: argparse.Namespace) -> int:
    """Print the tables."""
    base = load_knowledge(load_settings().knowledge_dir)
    library = Library(base, utc_now)
    _themes(base)
    for municipality in base.municipalities:
        rows = {product: [_cell(library, product, aspect, municipality) for aspect in ASPECTS] for product in base.products}
        counts = Counter(cell for row in rows.values() for cell in row)
        print(f"\n{municipality}: " + ", ".join(f"{counts[name]} {name}" for name in SIGNS))
        if arguments.products:
            print(" ".join(aspect[:4].ljust(4) for aspect in ASPECTS))
            for product, row in rows.items():
                print(" ".join(SIGNS[cell].ljust(4) for cell in row) + product)
    return 0


def _themes(base: KnowledgeBase) -> None:
    print(f"{'theme':<24}{'products':>9}{'vacs':>6}{'questions':>11}{'words':>7}")
    for theme in base.themes:
        products = [product for product in base.products.values() if product.theme == theme]
        vacs = [vac for product in products for vac in product.vacs]
        questions = sum(len(group) for product in products for group in product.questions.values())
        questions += sum(len(vac.questions) + len(vac.follow_ups) for vac in vacs)
        words = sum(len(product.words) for product in products)
        print(f"{theme:<24}{len(products):>9}{len(vacs):>6}{questions:>11}{words:>7}")


def _cell(library: Library, product: str, aspect: str, municipality: str) -> str:
    answer = library.answer(product, aspect, municipality)
    if not answer.applicable:
        return "not_applicable"
    if answer.organisation:
        return "elsewhere"
    return "complete" if answer.complete else "incomplete"
