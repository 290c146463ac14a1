"""What a citizen shares instead of saying it, a picture or a place: part of a report, a way to a counter, or for a person only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from bot.gateway import outdoors
from bot.gateway.advice import Advice
from bot.gateway.files import NotFetched
from bot.gateway.gate import Gate
from bot.gateway.revisions import files_of
from bot.gateway.titles import as_choice
from bot.knowledge.library import Library
from bot.model.channel import DESK_ELSEWHERE
from bot.model.conversation import Inbound
from bot.model.people import Holding
from bot.reports.errors import PictureRefused
from bot.reports.service import Reports
from bot.store import conversations, ownership
from bot.store.database import Database

PICTURE, PLACE = "/share_picture", "/share_place"
"""What the bot is told; no citizen can type these, and what was shared is not in them: the reports keep it."""

UNREADABLE = {
    "picture": "geen_foto",
    "voice": "geen_spraak",
    "sticker": "geen_sticker",
    "document": "geen_document",
    "unknown": "geen_bericht",
}
"""The text that says what to do instead, for what the bot cannot read."""

IN_QUEUE, WORDS_ONLY, WITH_WORDS = Advice("bestand_wachtrij"), Advice("alleen_tekst"), Advice("foto_met_woorden")
"""The same for who waits for a person, for who wrote words beside it, and for whose picture is kept and whose words are read."""

SEEN_SOON = Advice("foto_wachtrij")
"""For who waits for a person, and whose picture that person will see."""

_FOR_PERSON = 10
"""Pictures that are looked at of what was sent together to a person."""

_MOST = 3
"""Pictures of one report while nobody knows in which municipality it is."""


@dataclass(frozen=True)
class File:
    """A file that was sent: its bytes, or why there are none."""

    data: bytes | None = None
    problem: NotFetched | PictureRefused | None = None


@dataclass(frozen=True)
class Sent:
    """One message with pictures; the words beside them are the text of `inbound`."""

    inbound: Inbound
    files: tuple[File, ...]


@dataclass(frozen=True)
class Sharing:
    """The same for every channel; doing it twice with the same keys does it once."""

    database: Database
    gate: Gate
    library: Callable[[], Library]
    reports: Reports

    def are_taken(self, municipality: str | None) -> bool:
        """Whether pictures are of any use to the bot here."""
        return outdoors.are_taken(self.reports, self.library(), municipality)

    def most(self, municipality: str | None, holding: Holding | None = None) -> int:
        """How many pictures that were sent together are of use: to the person who has the conversation, or to one report here."""
        if holding is not None and sees_pictures(holding):
            return _FOR_PERSON
        policy = self.reports.policy(municipality)
        return policy.pictures if policy and policy.taken else _MOST

    async def pictures(self, conversation_id: UUID, album: Sequence[Sent]) -> None:
        """Take in pictures that were sent together: for the person who helps, or else for a report, and answered once. Raises a Refused.

        The words beside them are read as any others, and are what the bot answers: often they are the report.
        """
        holding = await self._holding(conversation_id)
        if holding is None or holding.owner not in ("bot", "closed"):
            for sent in album:
                if holding is not None and sees_pictures(holding):
                    await self._show(conversation_id, sent)
                else:
                    await self.unread(conversation_id, "picture", sent.inbound)
            return
        subject, worded = outdoors.is_subject(self.library(), holding), any(sent.inbound.text for sent in album)
        kept = [await self._keep(conversation_id, sent) for sent in album]
        speaker = max((number for number, one in enumerate(kept) if one.pictures), default=None) if subject and not worded else None
        for number, (sent, one) in enumerate(zip(album, kept, strict=True)):
            shown, said = self._shown("picture", sent.inbound, one.pictures), self._said(one, subject=subject, worded=worded)
            if number == speaker:
                await self.gate.accept_shared(conversation_id, shown, PICTURE, said)
            else:
                await self.gate.accept_unreadable(conversation_id, shown, said)
            if sent.inbound.text:
                await self.gate.accept(conversation_id, await as_choice(self.database, conversation_id, sent.inbound))

    async def place(self, conversation_id: UUID, inbound: Inbound, latitude: float, longitude: float) -> None:
        """Take in a place: where the report is, or else the village of the nearest counter, as if it had been typed. Raises a Refused."""
        library, holding = self.library(), await self._holding(conversation_id)
        village = library.place_near(latitude, longitude)
        if village is None:
            shown = replace(inbound, text=library.message("ontvangen_location"))
            await self.gate.accept_unreadable(conversation_id, shown, Advice("locatie_ver_weg"))
            return
        here = library.municipality_of(village) or (holding.municipality if holding else None)
        shown = replace(inbound, text=library.message("ontvangen_plaats", plaats=village))
        if holding is None or not outdoors.is_subject(library, holding):
            await self.gate.accept(conversation_id, replace(inbound, text=village))
        elif here is not None and self.are_taken(here):
            await self._keep_place(holding, here, latitude, longitude)
            await self.gate.accept_shared(conversation_id, shown, PLACE)
        elif holding.municipality:
            await self.gate.accept_unreadable(conversation_id, shown, outdoors.about_place(library, village))
        else:
            await self.gate.accept(conversation_id, replace(inbound, text=village))

    async def unread(self, conversation_id: UUID, kind: str, inbound: Inbound) -> None:
        """Take in what only a person can see; the words beside it are read as any others. Raises a Refused."""
        library, shown, answer = self.library(), self._shown(kind, inbound), Advice(UNREADABLE[kind])
        if inbound.text:
            await self.gate.accept_unreadable(conversation_id, shown, WORDS_ONLY)
            await self.gate.accept(conversation_id, await as_choice(self.database, conversation_id, inbound))
            return
        if kind == "picture" and outdoors.is_subject(library, await self._holding(conversation_id)):
            answer = outdoors.about_picture(library)
        await self.gate.accept_unreadable(conversation_id, shown, answer, waiting=IN_QUEUE)

    async def _show(self, conversation_id: UUID, sent: Sent) -> None:
        """Keep pictures with their message, for a person; what is wrong with one is told, for the citizen thinks that it is seen."""
        pictures, problem = await self._drawn(conversation_id, sent)
        said = outdoors.not_kept(problem) if problem else None
        shown = self._shown("foto" if pictures else "picture", sent.inbound, tuple(pictures))
        try:
            # The bot may have the conversation again by now: then it says what it always does.
            told = {"answer": said or Advice(UNREADABLE["picture"]), "waiting": said or SEEN_SOON}
            await self.gate.accept_unreadable(conversation_id, shown, **told, always=said is not None, pictures=pictures)
        except PictureRefused as refused:
            plain = self._shown("picture", sent.inbound)
            await self.gate.accept_unreadable(conversation_id, plain, outdoors.not_kept(refused), always=True)
        if sent.inbound.text:
            await self.gate.accept(conversation_id, await as_choice(self.database, conversation_id, sent.inbound))

    async def _drawn(self, conversation_id: UUID, sent: Sent) -> tuple[dict[UUID, bytes], NotFetched | PictureRefused | None]:
        """The pictures anew, by ids of their own; and what is wrong with the last that is none."""
        pictures: dict[UUID, bytes] = {}
        problem: NotFetched | PictureRefused | None = None
        for file in sent.files:
            try:
                if file.data is None:
                    problem = file.problem
                else:
                    pictures[uuid4()] = await self.reports.drawn_anew(file.data)
            except PictureRefused as error:
                problem = error
        return pictures, problem

    async def _keep(self, conversation_id: UUID, sent: Sent) -> _Kept:
        pictures: list[UUID] = []
        problem = None
        for number, file in enumerate(sent.files):
            if file.data is None:
                problem = file.problem
                continue
            try:
                pictures.append(await self.reports.keep_picture(conversation_id, f"{sent.inbound.key}:{number}", file.data))
            except PictureRefused as error:
                problem = error
        return _Kept(tuple(pictures), problem)

    async def _keep_place(self, holding: Holding, municipality: str, latitude: float, longitude: float) -> None:
        """Keep the place, and with it the municipality when nobody knew that yet."""
        await self.reports.keep_place(holding.conversation_id, latitude, longitude)
        if holding.municipality is None:
            async with self.database.transaction() as connection:
                await conversations.set_municipality(connection, holding.conversation_id, municipality)

    def _said(self, kept: _Kept, *, subject: bool, worded: bool) -> Advice | None:
        if kept.problem is not None:
            return outdoors.not_kept(kept.problem)
        if subject:
            return None
        return WITH_WORDS if worded else outdoors.unasked(self.library())

    def _shown(self, kind: str, inbound: Inbound, pictures: tuple[UUID, ...] = ()) -> Inbound:
        """How it stands in the history; words beside it are a message of their own."""
        key = files_of(inbound.key) if inbound.text else inbound.key
        return Inbound(key, key, text=self.library().message(f"ontvangen_{kind}"), address=inbound.address, pictures=pictures)

    async def _holding(self, conversation_id: UUID) -> Holding | None:
        async with self.database.transaction() as connection:
            return await ownership.find(connection, conversation_id)


def sees_pictures(holding: Holding) -> bool:
    """Whether a person sees pictures at our desk, now or when it is their turn; at a desk elsewhere they see them there."""
    ours = holding.agent_id is not None or holding.channel not in DESK_ELSEWHERE
    return holding.owner == "queued" or (holding.owner == "agent" and ours)


@dataclass(frozen=True)
class _Kept:
    pictures: tuple[UUID, ...]
    problem: NotFetched | PictureRefused | None
