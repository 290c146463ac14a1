"""Pictures that a citizen sent one after another: fetched together, outside of any transaction, before they are read as one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.gateway import limits, metrics
from bot.gateway.elsewhere import PENDING
from bot.gateway.errors import TooFast
from bot.gateway.files import FileSource, NotFetched
from bot.gateway.sharing import File, Sharing, sees_pictures
from bot.logs import logger
from bot.model.channel import Arrival
from bot.model.people import Holding
from bot.reports.errors import PictureRefused
from bot.store import conversations, ownership

log = logger()

LONGEST = 10
"""Messages with pictures that are read as one."""

PER_MINUTE = 20
"""Pictures of one citizen that are fetched in a minute; no report takes so many."""

_AT_ONCE = 4

_HELD = 3
"""Messages whose pictures are in memory together for a person, who misses none: the others are read after them."""

Fetched = Mapping[str, tuple[File, ...]]
"""The files of messages, by the key of the message."""


@dataclass(frozen=True)
class Albums:
    """Knows which pictures the bot wants, and gets them; `sources` by channel."""

    sharing: Sharing
    sources: Mapping[str, FileSource] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), repr=False)

    async def at_head(self, connection: AsyncConnection, waiting: Sequence[Arrival]) -> tuple[Arrival, ...]:
        """The messages with pictures that `waiting` begins with, when they are of use to a person at our desk or to the bot.

        A person at another desk sees them there, and a municipality that takes no reports needs none fetched.
        """
        pictures = tuple(takewhile(lambda item: item.kind == "picture" and bool(item.facts.get("files")), waiting))
        if not pictures or pictures[0].channel not in self.sources:
            return ()
        known = await _holding(connection, pictures[-1])
        if known is not None and sees_pictures(known):
            return pictures[:_HELD]
        municipality = known.municipality if known else pictures[0].municipality
        by_bot = pictures[-1].facts.get("status", PENDING) == PENDING and (known is None or known.owner in ("bot", "closed"))
        return pictures if by_bot and self.sharing.are_taken(municipality) else ()

    async def fetch(self, album: Sequence[Arrival]) -> Fetched:
        """The files of each message, each with its bytes or why there are none; no more of them than are of use."""
        wanted = [(item, str(name)) for item in album for name in item.facts["files"]]
        async with self.sharing.database.transaction() as connection:
            most = self.sharing.most(album[0].municipality, await _holding(connection, album[-1]))
        got = iter(await asyncio.gather(*(self._one(item, name) for item, name in wanted[:most])))
        too_many = File(problem=PictureRefused("too_many"))
        return {item.key: tuple(next(got, too_many) for _ in item.facts["files"]) for item in album}

    async def _one(self, arrival: Arrival, name: str) -> File:
        outcome = "not_fetched"
        try:
            async with self._room:
                await self._count(arrival)
                data = await self.sources[arrival.channel].fetch(arrival, name)
            outcome = "fetched"
            return File(data)
        except TooFast:
            return File(problem=PictureRefused("too_many"))
        except NotFetched as error:
            log.warning("picture_not_fetched", channel=arrival.channel, code=error.code)
            return File(problem=error)
        except Exception as error:  # one picture that breaks us must not keep everybody else's messages from being read
            log.error("picture_broken", channel=arrival.channel, error=type(error).__name__, exc_info=error)
            return File(problem=NotFetched("broken"))
        finally:
            metrics.PICTURES.labels(arrival.channel, outcome).inc()

    async def _count(self, arrival: Arrival) -> None:
        gate = self.sharing.gate
        async with gate.database.transaction() as connection:
            await limits.count(connection, gate.limits, "picture", f"{arrival.channel}:{arrival.user}", PER_MINUTE, gate.clock())


async def _holding(connection: AsyncConnection, arrival: Arrival) -> Holding | None:
    """Who has the sender's conversation; None when there is none yet."""
    known = await conversations.look_up_user(connection, arrival)
    return await ownership.find(connection, known.id) if known else None
