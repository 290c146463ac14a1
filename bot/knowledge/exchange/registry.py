"""Every standard that Wegwijs reads or writes; a new one is a module with a STANDARD, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.knowledge.exchange import open_product, openpdc, samenwerkende_catalogi, sdg, vac
from bot.knowledge.exchange.standard import Standard

_ALL = (samenwerkende_catalogi.STANDARD, sdg.STANDARD, vac.STANDARD, openpdc.STANDARD, open_product.STANDARD)

STANDARDS: Mapping[str, Standard] = MappingProxyType({standard.name: standard for standard in _ALL})
