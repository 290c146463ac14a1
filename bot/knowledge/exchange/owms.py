"""The names of municipalities in OWMS, the government's metadata standard."""

from __future__ import annotations

from bot.knowledge.exchange.errors import ExchangeError
from bot.model.municipality import Municipality

TERMS = "http://standaarden.overheid.nl/owms/terms/"

_KNOWN = {
    "0373": ("Bergen (NH)", f"{TERMS}Bergen_(NH)"),
    "0383": ("Castricum", f"{TERMS}Castricum_(gemeente)"),
    "0399": ("Heiloo", f"{TERMS}Heiloo_(gemeente)"),
    "0450": ("Uitgeest", f"{TERMS}Uitgeest_(gemeente)"),
}
"""Label and identifier by CBS code, as the OWMS list of municipalities has them; the identifiers follow no rule, so none is made up."""


def authority_of(municipality: Municipality, identifier: str | None) -> tuple[str, str]:
    """Label and identifier of a municipality; raises ExchangeError when nobody said what it is called in OWMS."""
    if identifier:
        return municipality.name, identifier
    if municipality.cbs_code in _KNOWN:
        return _KNOWN[municipality.cbs_code]
    raise ExchangeError(
        f"the OWMS identifier of {municipality.name} is not known here; look it up in the list of municipalities on "
        "standaarden.overheid.nl/owms and give it with --owms"
    )
