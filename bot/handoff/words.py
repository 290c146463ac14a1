"""What the house itself says when a conversation changes hands; the sentences stand in berichten.yml."""

from __future__ import annotations

from collections.abc import Callable

from bot.knowledge.library import Library
from bot.model.conversation import OfferedChoice, Reply
from bot.model.people import Place

LEAVE_QUEUE = "house:leave_queue"
"""Payloads that begin with `house:` are done by the gateway itself and never reach the engine."""

RATE = "house:rate:"

CALL_BACK = "/request_callback"

SCORES = (5, 4, 3, 2, 1)


class Words:
    """The sentences for one municipality."""

    def __init__(self, library: Callable[[], Library]) -> None:
        """Take the texts from the library of the moment."""
        self._library = library

    def queued(self, place: Place, municipality: str | None) -> Reply:
        """The citizen is in the queue now."""
        text = self._say("wachtrij_plaats", municipality, plaats=str(place.number), wachttijd=self.wait(place))
        return self._reply(text, "queued", self._leave(), waiting=_shown(place))

    def still_queued(self, place: Place, municipality: str | None) -> Reply:
        """The citizen asks for a person but is in the queue already, or was put back into it."""
        text = self._say("wachtrij_al", municipality, plaats=str(place.number), wachttijd=self.wait(place))
        return self._reply(text, "queued", self._leave(), waiting=_shown(place))

    def lost(self, place: Place, municipality: str | None) -> Reply:
        """The agent fell silent; the citizen waits again."""
        text = self._say("medewerker_weg", municipality, plaats=str(place.number), wachttijd=self.wait(place))
        return self._reply(text, "queued", self._leave(), waiting=_shown(place))

    def forwarded(self, team: str, place: Place, municipality: str | None) -> Reply:
        """The citizen goes to another team."""
        name = self._library().team_name(team)
        text = self._say("doorverbonden", municipality, team=name, plaats=str(place.number), wachttijd=self.wait(place))
        return self._reply(text, "queued", self._leave(), waiting=_shown(place))

    def takes_long(self, place: Place, municipality: str | None) -> Reply:
        """It takes longer than is nice: a call-back is offered."""
        text = self._say("wachtrij_lang", municipality, plaats=str(place.number), wachttijd=self.wait(place))
        return self._reply(text, "queued", (*self._call_back(), *self._leave()), waiting=_shown(place))

    def left(self, municipality: str | None) -> Reply:
        """The citizen does not wait any more."""
        return self._reply(self._say("wachtrij_gestopt", municipality), "bot")

    def nobody(self, municipality: str | None) -> Reply:
        """Nobody is there any more."""
        return self._reply(self._say("wachtrij_niemand", municipality), "bot", self._call_back())

    def agent_begins(self, name: str, municipality: str | None) -> Reply:
        """From here on a person answers."""
        return self._reply(self._say("medewerker_begint", municipality, naam=name), "agent", agent=name)

    def bot_again(self, municipality: str | None) -> Reply:
        """From here on the bot answers."""
        return self._reply(self._say("bot_terug", municipality), "bot")

    def closed(self, municipality: str | None) -> Reply:
        """The agent has closed the conversation."""
        return self._reply(self._say("gesprek_gesloten", municipality), "closed")

    def ask_rating(self, municipality: str | None) -> Reply:
        """How did it go? Asked once, and nobody has to answer."""
        library = self._library()
        choices = tuple(OfferedChoice(library.message(f"beoordeling_{score}"), f"{RATE}{score}") for score in SCORES)
        return self._reply(self._say("beoordeling_vraag", municipality), "rating", choices)

    def thanks(self, municipality: str | None) -> Reply:
        """Thank for a rating."""
        return self._reply(self._say("beoordeling_dank", municipality), "rating")

    def wait(self, place: Place) -> str:
        """The waiting time as a sentence, honest when it is not known."""
        library = self._library()
        if place.minutes is None:
            return library.message("wachttijd_onbekend")
        if place.minutes <= 1:
            return library.message("wachttijd_kort")
        return library.message("wachttijd_ongeveer", minuten=str(place.minutes))

    def _leave(self) -> tuple[OfferedChoice, ...]:
        return (OfferedChoice(self._library().message("knop_niet_wachten"), LEAVE_QUEUE),)

    def _call_back(self) -> tuple[OfferedChoice, ...]:
        return (OfferedChoice(self._library().message("knop_terugbellen"), CALL_BACK),)

    def _say(self, key: str, municipality: str | None, **values: str) -> str:
        return self._library().message(key, municipality=municipality, **values)

    @staticmethod
    def _reply(text: str, route: str, choices: tuple[OfferedChoice, ...] = (), **meta: object) -> Reply:
        return Reply(text, choices, {"route": route, **meta}, author="system")


def _shown(place: Place) -> dict[str, int | None]:
    return {"place": place.number, "minutes": place.minutes}
