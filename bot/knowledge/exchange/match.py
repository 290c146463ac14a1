"""Finds the product that a foreign record is about, and checks its UPL name against the names that our products have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from bot.knowledge.exchange.record import Record
from bot.knowledge.sentences import key_of
from bot.model.knowledge import Product

_CLOSE = 3


class Matcher:
    """Knows every product by id, UPL and by what people call it."""

    def __init__(self, products: Iterable[Product], chosen: Mapping[str, str] | None = None) -> None:
        """Look among `products`; `chosen` maps what the other side calls something to the product that an editor says it is."""
        self._by_id = {product.id: product for product in products}
        self._by_uri: dict[str, list[Product]] = {}
        self._uri_of: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        self._chosen = {key_of(label): product for label, product in (chosen or {}).items()}
        for product in self._by_id.values():
            if product.upl_uri and product.upl_name:
                self._by_uri.setdefault(product.upl_uri, []).append(product)
                self._uri_of.setdefault(key_of(product.upl_name), product.upl_uri)
            for name in (product.id, product.name, *product.words):
                self._by_name.setdefault(key_of(name), set()).add(product.id)

    def find(self, record: Record) -> tuple[Product | None, tuple[str, ...]]:
        """The product, if exactly one fits, and what an editor should know about the choice."""
        chosen = self._chosen.get(key_of(record.label)) or record.product
        if chosen in self._by_id:
            return self._by_id[chosen], tuple(self._doubts(record))
        candidates = self._of_upl(record)
        if len(candidates) > 1:
            named = [product for product in candidates if key_of(product.name) in {key_of(name) for name in self._names(record)}]
            candidates = named or candidates
        if len(candidates) == 1:
            return candidates[0], tuple(self._doubts(record))
        if candidates:
            fits = ", ".join(product.id for product in candidates)
            return None, (f'not read: "{record.label}" fits {fits}; say which with --match "{record.label}={candidates[0].id}"',)
        return self._by_the_name(record)

    def _of_upl(self, record: Record) -> list[Product]:
        uri = record.upl_uri if record.upl_uri in self._by_uri else self._uri_of.get(key_of(record.upl_name or ""))
        return list(self._by_uri.get(uri or "", ()))

    def _by_the_name(self, record: Record) -> tuple[Product | None, tuple[str, ...]]:
        for name in self._names(record):
            found = self._by_name.get(key_of(name), set())
            if len(found) == 1:
                return self._by_id[next(iter(found))], tuple(self._doubts(record))
        near = get_close_matches(key_of(record.label), self._by_name, n=_CLOSE, cutoff=0.6)
        products = list(dict.fromkeys(product for name in near for product in sorted(self._by_name[name])))[:_CLOSE]
        hint = f'; is it {" or ".join(products)}? Then say --match "{record.label}={products[0]}"' if products else ""
        upl = f" (UPL: {record.upl_name or record.upl_uri})" if record.upl_name or record.upl_uri else ""
        return None, (f'not read: no product of ours is "{record.label}"{upl}{hint}',)

    def _doubts(self, record: Record) -> Iterator[str]:
        """What is odd about the UPL name and address of a record whose product is known."""
        if record.upl_uri and record.upl_uri not in self._by_uri:
            yield f'"{record.label}": the UPL address {record.upl_uri} is none of our products\'; look it up in the UPL'
        elif record.upl_uri and record.upl_name:
            names = {key_of(product.upl_name or "") for product in self._by_uri[record.upl_uri]}
            if key_of(record.upl_name) not in names:
                ours = self._by_uri[record.upl_uri][0].upl_name
                yield f'"{record.label}": UPL name "{record.upl_name}" goes with an address that is "{ours}" with us; look it up in the UPL'

    @staticmethod
    def _names(record: Record) -> tuple[str, ...]:
        return (record.label, *([record.name] if record.name else []), *record.names)
