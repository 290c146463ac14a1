"""Sends a conversation by e-mail to the address that the citizen types; the address is used once and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from bot.appointments.letters import plain
from bot.clock import Clock, local
from bot.gateway.errors import BadRequest, NoMail, OutOfOrder
from bot.gateway.limits import Limits, count
from bot.handoff.service import read_email
from bot.knowledge.library import Library
from bot.logs import logger
from bot.mail import Envelope, Mail, MailRefused, MailUnavailable
from bot.model.conversation import Message
from bot.store import conversations, messages
from bot.store.database import Database
from bot.text.personal import mask_bsn
from bot.text.wording import clock_time, day_and_year, sentence_start

log = logger()

_WINDOW = timedelta(hours=1)
_PER_CONVERSATION = 3
_PER_RECIPIENT = 5
_PER_SENDER = 20
"""Mails an hour: enough to mend a typing error, too few to bother a stranger with; a library is one sender."""

_LINK = re.compile(r"(?:\w+://|www\.)\S+", re.IGNORECASE)

_MOST_MESSAGES = 1_000


@dataclass(frozen=True)
class Transcripts:
    """Writes and sends; nothing is queued, so that neither the address nor the text is stored once more."""

    database: Database
    library: Callable[[], Library]
    clock: Clock
    mail: Mail

    async def send(self, conversation_id: UUID, address: str, sender: str) -> None:
        """Send everything that was said; `sender` is the internet address that asks.

        Raises NoMail, BadRequest for what is no address, TooFast, and OutOfOrder when the mail server does not take it now.
        """
        if not self.mail.is_on:
            raise NoMail
        if read_email(address) != address or len(address) > 254:
            raise BadRequest("email: one e-mail address")
        async with self.database.transaction() as connection:
            limits = replace(Limits(), window=_WINDOW)
            await count(connection, limits, "transcript", str(conversation_id), _PER_CONVERSATION, self.clock())
            await count(connection, limits, "transcript-to", address.casefold(), _PER_RECIPIENT, self.clock())
            await count(connection, limits, "transcript-from", sender, _PER_SENDER, self.clock())
        async with self.database.transaction() as connection:
            conversation = await conversations.find(connection, conversation_id)
            said = await messages.after(connection, conversation_id, 0, limit=_MOST_MESSAGES)
        try:
            await self.mail.send(self._envelope(conversation.municipality if conversation else None, said, address))
        except MailRefused as error:
            raise BadRequest("email: refused") from error
        except MailUnavailable as error:
            log.warning("transcript_not_sent", conversation_id=str(conversation_id), error=str(error))
            raise OutOfOrder("mail") from error
        log.info("transcript_sent", conversation_id=str(conversation_id), messages=len(said))

    def _envelope(self, municipality: str | None, said: list[Message], address: str) -> Envelope:
        library = self.library()
        here = library.municipality(municipality) if municipality else None
        name = here.in_sentence if here else library.message("verslag_gemeente")
        begin = library.message("verslag_begin", gemeente=name, dag=day_and_year(local(said[0].created_at).date()) if said else "")
        return Envelope(
            to=address,
            subject=library.message("verslag_onderwerp", gemeente=name),
            text="\n\n".join([begin, *self._lines(said), library.message("verslag_einde")]) + "\n",
            message_id=f"verslag.{uuid4().hex}",
            sender_name=sentence_start(name.removeprefix("de ")),
            written=self.clock(),
        )

    def _lines(self, said: list[Message]) -> Iterator[str]:
        """Every message, and the day where another begins: the times alone would tell a wrong order."""
        days = [local(message.created_at).date() for message in said]
        for before, day, message in zip([*days[:1], *days], days, said, strict=False):
            if day != before:
                yield day_and_year(day)
            yield self._line(message)

    def _line(self, message: Message) -> str:
        who = self.library().message(f"verslag_{message.author}")
        # Whoever gets this mail must be able to trust it: an address that somebody typed is not passed on in our name.
        text = _LINK.sub("[link]", message.text) if message.author == "citizen" else plain(message.text)
        return f"{clock_time(local(message.created_at).time())} {who}\n{mask_bsn(text).text}"
