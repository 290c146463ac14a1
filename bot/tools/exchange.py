"""Write the knowledge base in a standard, or show (and with --apply write) what another system says differently."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.clock import utc_now
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.exchange.apply import apply
from bot.knowledge.exchange.change import Plan, show
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.plan import plan_import
from bot.knowledge.exchange.registry import STANDARDS
from bot.knowledge.exchange.telling import Telling
from bot.knowledge.loader import Reading, read_knowledge
from bot.knowledge.style import check_style
from bot.settings import Settings, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs of its own: export and import."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    verbs = parser.add_subparsers(dest="direction", required=True)
    listed = "; ".join(f"{standard.name}: {standard.title}" for standard in STANDARDS.values())
    out = verbs.add_parser("export", description=f"Write all products in a standard. {listed}")
    out.add_argument("format", choices=[name for name, standard in STANDARDS.items() if standard.write])
    out.add_argument("--out", type=Path, help="the file to write (default: standard output)")
    into = verbs.add_parser("import", description=f"Show what another system says differently; only --apply writes. {listed}")
    into.add_argument("format", choices=list(STANDARDS))
    into.add_argument(
        "origin", metavar="FILE_OR_URL", help="a saved answer, or the other system's address (EXCHANGE_TOKEN if it needs one)"
    )
    into.add_argument("--apply", action="store_true", help="write exactly the changes that are shown")
    into.add_argument("--seen", metavar="CODE", help="with --apply: only if the changes are still those that were shown with this code")
    into.add_argument("--product", action="append", default=[], help="only this product; may be repeated")
    into.add_argument("--field", action="append", default=[], help="only this field: an aspect, naam, acties, prijzen, …; may be repeated")
    into.add_argument("--match", action="append", default=[], metavar="TITLE=PRODUCT", help="what the other side calls a product of ours")
    for verb in (out, into):
        verb.add_argument("--municipality", help="id of the municipality that this is about")
        verb.add_argument("--owms", metavar="URI", help="what the municipality is called in OWMS, when that is not known here")


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit code 1 with one clear error when that is impossible."""
    settings = load_settings()
    try:
        return _export(arguments, settings) if arguments.direction == "export" else _import(arguments, settings)
    except (ExchangeError, KnowledgeError) as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return 1


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    standard = STANDARDS[arguments.format]
    if standard.write is None or standard.faults is None:
        raise ExchangeError(f"{standard.title} cannot be written")
    written = standard.write(_telling(arguments, settings, _read(arguments, settings)))
    faults = standard.faults(written.content)
    if faults:
        raise ExchangeError("the export would break the standard, so nothing was written:\n" + "\n".join(faults[:20]))
    if arguments.out:
        arguments.out.write_bytes(written.content)
    else:
        sys.stdout.buffer.write(written.content)
        sys.stdout.flush()
    for note in written.notes:
        print(f"[NOTE] {note}", file=sys.stderr)
    print(f"{written.products} products written as {standard.title}, {len(written.notes)} notes", file=sys.stderr)
    return 0


def _import(arguments: argparse.Namespace, settings: Settings) -> int:
    root = arguments.folder or settings.knowledge_dir
    knowledge = _read(arguments, settings)
    telling = _telling(arguments, settings, knowledge)
    reading = STANDARDS[arguments.format].read(Origin(arguments.origin, settings.exchange_token), telling)
    plan = plan_import(reading, knowledge.folder, telling, _chosen(arguments.match, telling))
    plan = plan.only(tuple(arguments.product), tuple(arguments.field))
    for line in show(plan):
        print(line)
    for note in plan.notes:
        print(f"[NOTE] {note}")
    files = len({change.file for change in plan.changes})
    print(f"{len(reading.records)} records read: {len(plan.changes)} changes in {files} files, {len(plan.notes)} notes; code {plan.code}")
    if not plan.changes:
        return 0
    if not arguments.apply:
        print(f"Nothing was written. To write exactly this: the same command with --apply --seen {plan.code}")
        return 0
    return _write(plan, root, arguments.seen)


def _write(plan: Plan, root: Path, seen: str | None) -> int:
    if seen is not None and seen != plan.code:
        raise ExchangeError(f"the changes are no longer those with code {seen}; nothing was written, look at the ones above first")
    files = apply(plan, root)
    for file in files:
        print(f"written: {root.name}/{file}")
    folder = read_knowledge(root).folder
    touched = [problem for problem in check_style(folder, root) if problem.path.removeprefix(f"{root.name}/") in files]
    for problem in touched:
        print(problem)
    print(f"{len(files)} files written; {len(touched)} remarks about their texts, see `python -m bot.tools check-knowledge`")
    return 0


def _read(arguments: argparse.Namespace, settings: Settings) -> Reading:
    reading = read_knowledge(arguments.folder or settings.knowledge_dir)
    if reading.errors:
        raise KnowledgeError(reading.errors)
    return reading


def _telling(arguments: argparse.Namespace, settings: Settings, knowledge: Reading) -> Telling:
    return Telling(knowledge.base, arguments.municipality, utc_now, settings.public_url, arguments.owms)


def _chosen(pairs: list[str], telling: Telling) -> dict[str, str]:
    """What an editor said with --match; raises ExchangeError when it names no product."""
    chosen = {}
    for pair in pairs:
        title, found, product = pair.rpartition("=")
        if not found or product not in telling.base.products:
            raise ExchangeError(f'--match "{pair}" names no product; write --match "their title=our-product-id"')
        chosen[title] = product
    return chosen
