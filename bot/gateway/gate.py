"""The gate: every citizen's message on every channel comes in here, is made safe, stored and acknowledged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.gateway import limits, metrics
from bot.gateway.advice import Advice
from bot.gateway.errors import BadRequest, ChoiceUsed, NotAsked, OutOfOrder, TooLong, UnknownConversation
from bot.gateway.limits import Limits
from bot.gateway.people import HOUSE, People
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Author, Conversation, Inbound, Owner, Reply
from bot.reports.errors import PictureRefused
from bot.store import conversations, message_pictures, messages, ownership, ratings, turns
from bot.store.database import Database, announce, announce_desk
from bot.text.danger import Danger
from bot.text.personal import mask_bsn
from bot.text.plain import tidy

log = logger()

LONGEST_REMARK = 500

_LONGEST = 4_096
"""Signs of a message that only a person reads, or that tells of danger: no channel for chatting sends more at once."""

AGAIN_AFTER = timedelta(seconds=30)
"""So long after a refusal it is said again."""

MOST_PICTURES, A_DAY = 20, timedelta(days=1)
"""Pictures that one citizen may show to a person in a day: what nobody needs must not fill the database."""

Defer = Callable[[AsyncConnection, UUID], Awaitable[None]]
"""Puts the job that answers a conversation into the queue, in the same transaction."""

DangerWatch = Callable[[str], "Danger | None"]
"""Reads a text and says whether somebody is in danger."""


@dataclass(frozen=True)
class Gate:
    """All that is done to a message at the door; the same for every channel."""

    database: Database
    library: Callable[[], Library]
    danger: DangerWatch
    defer: Defer
    clock: Clock
    limits: Limits = Limits()

    @property
    def people(self) -> People:
        """What is done here for people who help."""
        return People(self.library, self.clock)

    async def accept(self, conversation_id: UUID, inbound: Inbound) -> int:
        """Take in one message and give its number; the same key again gives the first number and does nothing.

        Raises a Refused when it is not taken in; then nothing is stored.
        """
        if (inbound.text is None) == (inbound.choice is None) or not inbound.key:
            raise BadRequest("text or choice, and an id")
        return await self._once(conversation_id, inbound)

    async def accept_shared(self, conversation_id: UUID, inbound: Inbound, payload: str, beside: Advice | None = None) -> int:
        """Take in something that the house has read itself (a picture for a report, a place): the bot answers `payload`.

        `inbound.text` says in the history what it was; `beside` is what the house says at once. Raises as `accept` does.
        """
        return await self._once(conversation_id, inbound, payload, beside)

    async def accept_unreadable(
        self,
        conversation_id: UUID,
        inbound: Inbound,
        answer: Advice | None,
        *,
        waiting: Advice | None = None,
        always: bool = False,
        pictures: Mapping[UUID, bytes] = MappingProxyType({}),
    ) -> int:
        """Take in something that the bot is not asked about (a picture, a voice): `inbound.text` says what it was.

        While no person has the conversation (or `always`), the house says in `answer` what to do instead, `waiting` to who waits
        in the queue. After an album of pictures it is said once. `pictures` are kept with the message, by the ids that `inbound` names;
        raises PictureRefused ("too_many"), and nothing is stored, when the conversation has enough of them.
        """
        try:
            async with self.database.transaction() as connection:
                known = await messages.seq_of_inbound(connection, inbound.key)
                if known is not None:
                    return known
                stored = await messages.add_inbound(connection, conversation_id, inbound, inbound.text or "")
                if pictures:
                    await self._keep(connection, conversation_id, stored.id, pictures)
                conversation = await conversations.find(connection, conversation_id)
                if conversation is not None and conversation.owner in ("queued", "agent"):
                    await self.people.hear(connection, conversation_id)
                    await announce_desk(connection, conversation_id)
                if conversation is not None and (always or conversation.owner != "agent"):
                    await self._say_once(connection, conversation, waiting if waiting and conversation.owner == "queued" else answer)
                await announce(connection, conversation_id)
                return stored.seq
        except IntegrityError:
            return await self.accept_unreadable(conversation_id, inbound, answer, waiting=waiting, always=always, pictures=pictures)

    async def _keep(self, connection: AsyncConnection, conversation_id: UUID, message_id: UUID, pictures: Mapping[UUID, bytes]) -> None:
        """Under the conversation's lock, which its newest message took, so that two at once cannot both be the last that fits."""
        now = self.clock()
        if await message_pictures.count_since(connection, conversation_id, now - A_DAY) + len(pictures) > MOST_PICTURES:
            raise PictureRefused("too_many")
        await message_pictures.add(connection, message_id, pictures, now)

    async def _say_once(self, connection: AsyncConnection, conversation: Conversation, advice: Advice | None) -> None:
        """Say a text of the house, unless it was the last that was said, just now."""
        if advice is None:
            return
        text = self.library().message(advice.key, municipality=advice.municipality or conversation.municipality, **advice.values)
        last = await messages.last_reply(connection, conversation.id)
        if last is None or last.text != text or abs(self.clock() - last.created_at) > AGAIN_AFTER:
            await messages.add_reply(connection, conversation.id, Reply(text, advice.offers, author="system"))

    async def rate(self, conversation_id: UUID, score: int, remark: str | None) -> None:
        """Keep what a citizen thought, with service numbers masked in the remark. Raises NotAsked or TooLong."""
        said = mask_bsn(tidy(remark or "")).text
        if len(said) > LONGEST_REMARK:
            raise TooLong
        async with self.database.transaction() as connection:
            if not await ratings.give(connection, conversation_id, score, said or None, self.clock()):
                raise NotAsked

    async def saw(self, conversation_id: UUID, seq: int) -> None:
        """The citizen has had everything up to `seq` in front of them; kept, and told, while an agent has the conversation."""
        async with self.database.transaction() as connection:
            if await ownership.set_seen(connection, conversation_id, seq):
                await announce_desk(connection, conversation_id)

    async def _once(self, conversation_id: UUID, inbound: Inbound, payload: str | None = None, beside: Advice | None = None) -> int:
        try:
            return await self._accept(conversation_id, inbound, payload, beside)
        except IntegrityError:
            # The same message came twice at the same moment and the other one won: now it is known.
            return await self._accept(conversation_id, inbound, payload, beside)
        except (OperationalError, PoolTimeout) as error:
            log.error("store_unavailable", error=type(error).__name__)
            raise OutOfOrder from error

    async def _accept(self, conversation_id: UUID, inbound: Inbound, payload: str | None, beside: Advice | None) -> int:
        # Counting is a transaction of its own, so that a busy address holds its counter's row only for a moment.
        async with self.database.transaction() as connection:
            conversation, known = await conversations.find_for(connection, conversation_id, inbound.key)
            if known is not None:
                return known
            if conversation is None:
                raise UnknownConversation
            self._check_length(inbound, conversation.owner)
            await self._count(connection, conversation_id, inbound)
        async with self.database.transaction() as connection:
            return await self._store(connection, conversation, inbound, payload, beside)

    def _check_length(self, inbound: Inbound, owner: Owner) -> None:
        """The limit spares the bot: a person reads more, and whoever is in danger is never sent away."""
        if inbound.text is None:
            return
        length, by_bot = len(inbound.text), owner != "agent"
        if length > _LONGEST or (length > self.limits.text_length and by_bot and self.danger(inbound.text) is None):
            raise TooLong
        if not tidy(inbound.text):
            raise BadRequest("nothing but blanks")

    async def _count(self, connection: AsyncConnection, conversation_id: UUID, inbound: Inbound) -> None:
        now, per = self.clock(), self.limits
        subjects = [limits.Subject("conversation", str(conversation_id), per.messages_per_conversation)]
        if inbound.address:
            subjects.append(limits.Subject("address", inbound.address, per.messages_per_address))
        await limits.count_all(connection, per, subjects, now)

    async def _store(
        self, connection: AsyncConnection, conversation: Conversation, inbound: Inbound, shared: str | None, beside: Advice | None
    ) -> int:
        text, payload = (inbound.text or "", shared) if shared else await self._read(connection, conversation, inbound)
        masked = mask_bsn(text)
        stored = await messages.add_inbound(connection, conversation.id, inbound, masked.text)
        owner, seq = stored.owner, stored.seq  # as of now, when the row is held: an agent may have taken over a moment ago
        await self._say_once(connection, conversation, beside)
        library = self.library()
        if masked.count or inbound.masked:
            note = Reply(library.message("bsn_gemaskeerd", municipality=conversation.municipality), author="system")
            await messages.add_reply(connection, conversation.id, note)
        danger = self.danger(masked.text) if payload is None else None
        if danger is not None:
            await self._warn(connection, conversation, danger, stored.id, owner)
        if payload is not None and payload.startswith(HOUSE):
            await self.people.do(connection, conversation, payload)
        elif owner == "agent":
            await self.people.hear(connection, conversation.id)
        elif (
            danger is not None
            or owner != "queued"
            or payload is not None
            or not await self.people.tell_place(connection, conversation, text)
        ):
            await self.people.reopen(connection, conversation.id, owner)
            if danger is None:
                await turns.owe(connection, stored.id, conversation.id, seq, payload)
                await self.defer(connection, conversation.id)
        await announce(connection, conversation.id)
        if owner in ("queued", "agent") or danger is not None:
            await announce_desk(connection, conversation.id)
        log.info("message_accepted", conversation_id=str(conversation.id), message_id=str(stored.id), seq=seq, owner=owner)
        return seq

    async def _read(self, connection: AsyncConnection, conversation: Conversation, inbound: Inbound) -> tuple[str, str | None]:
        if inbound.choice is None:
            return tidy(inbound.text or ""), None
        chosen = await messages.use_choice(connection, conversation.id, inbound.choice)
        if chosen is None:
            raise ChoiceUsed
        return chosen.title, chosen.payload

    async def _warn(self, connection: AsyncConnection, conversation: Conversation, danger: Danger, message_id: UUID, owner: Owner) -> None:
        # While a person talks the bot is silent; the number to call comes from the house itself.
        author: Author = "system" if owner == "agent" else "bot"
        reply = Reply(danger.answer, meta={"route": "emergency", "danger": danger.kind}, author=author)
        await messages.add_reply(connection, conversation.id, reply, in_reply_to=message_id)
        await self.people.note_danger(connection, conversation, message_id)
        metrics.DANGER.labels(danger.kind).inc()
        log.warning("danger_answered", conversation_id=str(conversation.id), kind=danger.kind)
