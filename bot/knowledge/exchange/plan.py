"""Compares what another system says with the knowledge base, and plans what would change; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.exchange.change import Plan
from bot.knowledge.exchange.draft import Draft
from bot.knowledge.exchange.match import Matcher
from bot.knowledge.exchange.plan_links import plan_links
from bot.knowledge.exchange.plan_prices import plan_prices
from bot.knowledge.exchange.plan_texts import plan_texts
from bot.knowledge.exchange.plan_words import Heard, plan_shared
from bot.knowledge.exchange.record import Reading
from bot.knowledge.exchange.telling import Telling
from bot.knowledge.folder import Folder


def plan_import(reading: Reading, folder: Folder, telling: Telling, chosen: Mapping[str, str] | None = None) -> Plan:
    """The changes that make `folder` say what `reading` says; `chosen` maps foreign titles to products that an editor named."""
    draft = Draft(folder, telling)
    matcher = Matcher(telling.products(), chosen)
    heard = Heard(folder)
    for note in reading.notes:
        draft.note(note)
    for record in reading.records:
        product, notes = matcher.find(record)
        for note in notes:
            draft.note(note)
        if product is not None:
            plan_shared(draft, product, record, heard)
            plan_texts(draft, product, record)
            plan_links(draft, product, record)
            plan_prices(draft, product, record)
    return draft.plan()
