"""What an import changes in the answers, and the source that it notes with them."""

from __future__ import annotations

import re

from bot.knowledge.exchange.aspects import cut
from bot.knowledge.exchange.draft import Draft
from bot.knowledge.exchange.markup import collapse, plain
from bot.knowledge.exchange.record import Record
from bot.knowledge.exchange.telling import Said
from bot.model.knowledge import COSTS, WHAT, Product

_MONEY = re.compile(r"€|\beuro\b", re.IGNORECASE)


def plan_texts(draft: Draft, product: Product, record: Record) -> None:
    """Compare every text of `record` with what is said now; what is only added below our texts is left alone."""
    changed = False
    for aspect, text in record.texts.items():
        said = draft.telling.said(product, aspect)
        new = _new(said, text)
        if new is not None:
            _write(draft, product, aspect, new, said)
            changed = True
    if record.summary and WHAT not in record.texts:
        said = draft.telling.said(product, WHAT)
        if collapse(record.summary) != plain(said.own):
            _write(draft, product, WHAT, (collapse(record.summary), said.more), said)
            changed = True
    if changed:
        plan_source(draft, product, record)


def plan_source(draft: Draft, product: Product, record: Record) -> None:
    """Note where a changed text was read, and when."""
    if not record.source:
        draft.note(f"{product.id}: the import does not say where its texts stand; add the page to bronnen yourself")
        return
    file, today = draft.file_of(product), draft.telling.today.isoformat()
    here = draft.telling.here
    sources = draft.own(product).bronnen if here else None
    urls = [source.url for source in (sources if sources is not None else product.sources)]
    if record.source not in urls:
        draft.add(file, product, "bronnen", ("bronnen",), {"titel": record.label, "url": record.source, "gecontroleerd_op": today})
        return
    place = urls.index(record.source)
    checked = sources[place].gecontroleerd_op if sources is not None else product.sources[place].checked_on
    before = checked.isoformat() if checked else None
    draft.set(file, product, "bronnen", ("bronnen", place, "gecontroleerd_op"), before, today)


def _new(said: Said, text: str) -> tuple[str, str | None] | None:
    """The answer and the rest as they should become; None when the text is what is said already."""
    if collapse(text) == collapse(said.full):
        return None
    added = {collapse(line) for block in said.added for line in block.split("\n")}
    kept = ["\n".join(line for line in block.split("\n") if collapse(line) not in added) for block in text.split("\n\n")]
    own = "\n\n".join(block for block in kept if block)
    if not own:
        return None
    first, rest = cut(own)
    same = collapse(first) == collapse(said.own) and collapse(rest or "") == collapse(said.more or "")
    return None if same else (first, rest)


def _write(draft: Draft, product: Product, aspect: str, new: tuple[str, str | None], said: Said) -> None:
    file, here = draft.file_of(product), draft.telling.here
    first, rest = new
    if _MONEY.search(f"{first} {rest or ''}"):
        draft.note(f"{product.id}: the text of {aspect} has an amount in it, which ages; put it into prijzen.yml or bedragen/")
    written = getattr(draft.own(product).aspecten, aspect) if here else None
    if here and written is None:
        _replace(draft, product, aspect, new, said)
        return
    text = product.aspects[aspect]
    applies = written.nvt is None if written else text.applicable
    before = (written.tekst or written.nvt) if written else text.text
    before_more = written.meer if written else text.more
    steps = ("aspecten", aspect)
    if collapse(first) != collapse(said.own):
        if not applies:
            draft.set(file, product, aspect, (*steps, "nvt"), before, None)
        draft.set(file, product, aspect, (*steps, "tekst"), before if applies else None, first)
    if collapse(rest or "") != collapse(said.more or ""):
        draft.set(file, product, aspect, (*steps, "meer"), before_more, rest)


def _replace(draft: Draft, product: Product, aspect: str, new: tuple[str, str | None], said: Said) -> None:
    """A municipality's text replaces the whole aspect, so what comes behind it is written along; its prices stay below its costs."""
    file, steps = draft.file_of(product), ("aspecten", aspect)
    first, rest = new
    now = said.own if rest is not None or said.more is None else f"{said.own}\n{said.more}"
    draft.set(file, product, aspect, (*steps, "tekst"), None, first, now)
    draft.set(file, product, aspect, (*steps, "meer"), None, rest, said.more)
    if aspect == COSTS and product.aspects[aspect].local:
        draft.set(file, product, aspect, (*steps, "lokaal"), None, True)
