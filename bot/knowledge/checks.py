"""Compares the files of a knowledge folder with each other: ids, references, required parts, and sentences that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.appointment_checks import check_appointments
from bot.knowledge.document import Document
from bot.knowledge.errors import Problem
from bot.knowledge.explain import did_you_mean
from bot.knowledge.folder import Folder, Sheet
from bot.knowledge.messages import FILLS, LONGEST_BUTTON, PLACEHOLDER, REQUIRED
from bot.knowledge.municipality_checks import check_municipalities
from bot.knowledge.question_checks import check_questions
from bot.knowledge.report_checks import check_reports
from bot.knowledge.schema import AmountShape, ProductShape
from bot.knowledge.tongues import check_tongues
from bot.knowledge.triage import check_triage
from bot.knowledge.vac_checks import check_vacs
from bot.model.knowledge import ASPECTS

_KEY = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*$")


def check_folder(folder: Folder) -> list[Problem]:
    """Everything that is wrong between the files."""
    found = [
        *_products(folder),
        *_organisations(folder),
        *_amounts(folder),
        *check_messages(folder),
        *check_municipalities(folder),
        *check_appointments(folder),
        *check_questions(folder),
        *check_reports(folder),
        *check_tongues(folder),
        *check_triage(folder),
        *check_vacs(folder),
    ]
    return sorted(set(found))


def _products(folder: Folder) -> Iterator[Problem]:
    amounts = {amount.id for sheet in folder.amounts for amount in sheet.shape.bedragen}
    for sheet in folder.products:
        document, product = sheet.document, sheet.shape
        if product.id != document.stem:
            yield document.error(f'id "{product.id}" differs from the file name "{document.stem}"', "id")
        yield from _closed_lists(folder, sheet)
        yield from _related(folder, sheet)
        yield from _references(sheet, amounts)
        if all(source.voorbeeld for source in product.bronnen):
            yield document.warning("no source was looked up: every one of bronnen has voorbeeld: true", "bronnen")


def _related(folder: Folder, sheet: Sheet[ProductShape]) -> Iterator[Problem]:
    for index, other in enumerate(sheet.shape.gerelateerd):
        if other == sheet.shape.id:
            yield sheet.document.error("a product is not related to itself", "gerelateerd", index)
        elif other not in folder.product_ids:
            message = f'product "{other}" does not exist{did_you_mean(other, folder.product_ids)}'
            yield sheet.document.error(message, "gerelateerd", index)


def _references(sheet: Sheet[ProductShape], amounts: set[str]) -> Iterator[Problem]:
    for aspect in ASPECTS:
        for index, amount in enumerate(getattr(sheet.shape.aspecten, aspect).bedragen):
            if amount not in amounts:
                message = f'amount "{amount}" is in no file of bedragen/{did_you_mean(amount, amounts)}'
                yield sheet.document.error(message, "aspecten", aspect, "bedragen", index)


def _closed_lists(folder: Folder, sheet: Sheet[ProductShape]) -> Iterator[Problem]:
    if folder.themes is None:
        return
    themes, teams = folder.themes.shape.themas, folder.themes.shape.teams
    if sheet.shape.thema not in themes:
        yield sheet.document.error(f'theme "{sheet.shape.thema}" is not in themas.yml{did_you_mean(sheet.shape.thema, themes)}', "thema")
    if sheet.shape.team not in teams:
        yield sheet.document.error(f'team "{sheet.shape.team}" is not in themas.yml{did_you_mean(sheet.shape.team, teams)}', "team")


def _organisations(folder: Folder) -> Iterator[Problem]:
    for sheet in folder.organisations:
        if sheet.shape.id != sheet.document.stem:
            yield sheet.document.error(f'id "{sheet.shape.id}" differs from the file name "{sheet.document.stem}"', "id")
        if sheet.shape.contact.website is None and sheet.shape.contact.telefoon is None:
            yield sheet.document.error("contact needs a website or a telefoon, so that the citizen gets somewhere", "contact")


def _amounts(folder: Folder) -> Iterator[Problem]:
    seen: dict[str, list[tuple[AmountShape, str]]] = {}
    for sheet in folder.amounts:
        for index, amount in enumerate(sheet.shape.bedragen):
            for other, path in seen.get(amount.id, ()):
                if _overlap(amount, other):
                    message = f'amount "{amount.id}" also stands in {path} for the same days; end one before the other begins'
                    yield sheet.document.error(message, "bedragen", index)
            seen.setdefault(amount.id, []).append((amount, sheet.document.path))


def _overlap(one: AmountShape, other: AmountShape) -> bool:
    starts_in_time = other.geldig_tot is None or one.geldig_vanaf <= other.geldig_tot
    return starts_in_time and (one.geldig_tot is None or other.geldig_vanaf <= one.geldig_tot)


def check_messages(folder: Folder) -> Iterator[Problem]:
    """Whether berichten.yml has every text that the program needs, with values that it can fill in."""
    document = folder.messages
    if document is None:
        return
    if not isinstance(document.content, dict):
        yield document.error("this file should be a list of keys with one text each")
        return
    for key in REQUIRED:
        if key not in document.content:
            yield document.error(f'message "{key}" is missing')
    for key, text in document.content.items():
        yield from _message(document, key, text)


def _message(document: Document, key: str, text: object) -> Iterator[Problem]:
    if not _KEY.match(key):
        yield document.error(f'"{key}": a key has lower case letters, digits and underscores', key)
    if not isinstance(text, str) or not text.strip():
        yield document.error(f'message "{key}" is empty or not a text', key)
        return
    if key.startswith("knop_") and len(text.strip()) > LONGEST_BUTTON:
        yield document.error(f'the button "{text.strip()}" has {len(text.strip())} signs; WhatsApp takes {LONGEST_BUTTON}', key)
    known = FILLS | REQUIRED.get(key, frozenset())
    for name in PLACEHOLDER.findall(text):
        if key in REQUIRED and name not in known:
            yield document.error(f"{{{name}}} is not filled in for this message{did_you_mean(name, known)}", key)
