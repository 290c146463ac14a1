"""Appointments in words, for the tests of letters, mail and calendar files."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.appointments.details import Details
from bot.clock import AMSTERDAM

WEDNESDAY = datetime(2027, 3, 3, 14, 30, tzinfo=AMSTERDAM)


def details(starts: datetime = WEDNESDAY, **changes: Any) -> Details:
    """A counter visit of twenty minutes in Castricum."""
    made = Details(
        reference="AF-7K4M2P",
        kind="balie",
        title="Paspoort of identiteitskaart (2 keer)",
        starts=starts,
        ends=starts + timedelta(minutes=20),
        place="gemeentehuis Castricum",
        address="Raadhuisplein 1, Castricum",
        municipality="de gemeente Castricum",
        bring="Neem een nieuwe pasfoto mee. Lees de [eisen](https://www.rijksoverheid.nl/pasfoto).",
    )
    return replace(made, **changes)
