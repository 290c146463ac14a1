"""One conversation of the fake gateway: its messages, its rules, and the answers that its script knows."""

import asyncio
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

MUNICIPALITIES = {"bergen": "Bergen (NH)", "castricum": "Castricum", "heiloo": "Heiloo", "uitgeest": "Uitgeest"}
MAX_CHARACTERS = 1000

PASSPORT = """Een paspoort vraagt u **persoonlijk** aan op het gemeentehuis. Maak eerst een afspraak.

Neem mee:
- uw oude paspoort of identiteitskaart
- een goedgelijkende pasfoto
- als u het heeft: een [verklaring van vermissing](https://www.rijksoverheid.nl/onderwerpen/paspoort-en-identiteitskaart)

Lukt het niet? Bel ons op [voorbeeldnummer](tel:+31000000000)."""

HOSTILE = """<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script>
[klik](javascript:window.hacked=1) [klik](JaVa\tScript:window.hacked=1) [data](data:text/html,<script>window.hacked=1</script>)
**<b onclick="window.hacked=1">vet</b>** [x](https://voorbeeld.nl/"onmouseover="window.hacked=1)
- <svg onload="window.hacked=1">
[[x](javascript:1)](https://voorbeeld.nl) ![beeld](https://voorbeeld.nl/spion.png)"""

LONG = "\n\n".join(f"Dit is alinea {number} van een lang antwoord. De tekst loopt door, zodat u moet schuiven." for number in range(1, 16))


class Refused(Exception):
    """The message is not stored; `code` is one of the protocol's error codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code, self.message = code, message


@dataclass
class Talk:
    """State is read with `state`, changed with `receive` and `answer`; `changed` is set at each change and then replaced."""

    id: str
    token: str
    municipality: str | None
    owner: str = "bot"
    typing: bool = False
    waiting: dict[str, int] | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)
    seq_by_client_id: dict[str, int] = field(default_factory=dict)
    open_choices: dict[str, str] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    warned: bool = False
    moved: bool = False
    erased: bool = False

    @property
    def seq(self) -> int:
        return len(self.messages)

    def state(self, after: int) -> dict[str, Any]:
        return {"owner": self.owner, "typing": self.typing, "waiting": self.waiting, "municipality": self.municipality,
                "messages": self.messages[after:]}  # fmt: skip

    def bump(self) -> None:
        old, self.changed = self.changed, asyncio.Event()
        old.set()

    def say(self, author: str, text: str, choices: tuple[str, ...] = (), **extra: Any) -> int:
        offered = [{"id": uuid.uuid4().hex, "title": title} for title in choices]
        self.open_choices.update({choice["id"]: choice["title"] for choice in offered})
        at = datetime.now(ZoneInfo("Europe/Amsterdam")).isoformat(timespec="seconds")
        self.messages.append({"seq": self.seq + 1, "author": author, "text": text, "at": at, "choices": offered, "meta": {}, **extra})
        return self.seq

    def receive(self, message: dict[str, Any]) -> int:
        """Stores a citizen's message and owes an answer; raises Refused."""
        client_id, text, choice = message.get("id"), message.get("text"), message.get("choice")
        if not isinstance(client_id, str) or (text is None) == (choice is None):
            raise Refused("bad_request", "Dit bericht kunnen wij niet lezen.")
        if choice is not None:
            if choice not in self.open_choices:
                raise Refused("choice_used", "Deze keuze heeft u al gebruikt.")
            text = self.open_choices.pop(choice)
        if len(text) > MAX_CHARACTERS:
            raise Refused("too_long", "Uw bericht is te lang.")
        if text == "te snel" and not self.warned:
            self.warned = True
            raise Refused("too_fast", "U stuurt te veel berichten. Wacht even.")
        seq = self.say("citizen", text, client_id=client_id)
        if self.owner == "closed":
            self.owner = "bot"
            self.say("system", "U praat nu weer met de digitale assistent, niet met een mens.")
        self.seq_by_client_id[client_id] = seq
        self.typing = True
        self.bump()
        return seq

    def show(self, client_id: str, kind: str) -> None:
        """Takes in a picture or a place once, and thanks for it."""
        if client_id in self.seq_by_client_id:
            return
        self.seq_by_client_id[client_id] = self.say("citizen", {"picture": "Foto gestuurd", "place": "Locatie gedeeld"}[kind])
        self.say("bot", {"picture": "Dank u voor de foto.", "place": "Dank u, ik heb de plek."}[kind])
        self.bump()

    def close(self) -> None:
        self.owner = "closed"
        self.say("system", "Het gesprek is afgerond.")
        self.bump()

    def answer(self, seq: int) -> None:
        """Says what the script has for the message with this seq; "wacht" leaves the answer owed."""
        text = self.messages[seq - 1]["text"].lower()
        if text.startswith("wacht"):
            return
        self.typing = False
        for word, act in SCRIPT.items():
            if word in text:
                act(self)
                break
        else:
            self.say("bot", f"U vroeg: {self.messages[seq - 1]['text']}")
        self.bump()


def new_talk(municipality: str | None, product: str | None = None) -> Talk:
    talk = Talk(uuid.uuid4().hex, uuid.uuid4().hex, municipality)
    name = f" van de gemeente {MUNICIPALITIES[municipality]}" if municipality else ""
    talk.say("bot", f"Hallo, ik ben Wegwijs, de digitale assistent{name}. Waarmee kan ik u helpen?")
    if product:
        talk.say("bot", f"U bent op de pagina over {product}.", ("Kosten", "Meenemen"))
    return talk


def _passport(talk: Talk) -> None:
    meta = {"product": "paspoort", "aspect": "aanvragen", "route": "answer", "source": "https://www.rijksoverheid.nl/paspoort",
            "checked_on": "2026-11-22"}  # fmt: skip
    talk.say("bot", PASSPORT, ("Kosten", "Meenemen", "Afspraak maken"), meta=meta)


def _costs(talk: Talk) -> None:
    talk.say("bot", "De kosten van een paspoort staan op de website van uw gemeente.")


def join(talk: Talk) -> None:
    """An agent takes over."""
    talk.owner, talk.waiting = "agent", None
    talk.say("system", "Medewerker Sanne neemt het gesprek over. U praat nu met een mens.", meta={"route": "agent", "agent": "Sanne"})
    talk.say("agent", "Goedemiddag, u spreekt met Sanne. Ik lees even mee met uw vraag.")


def _close(talk: Talk) -> None:
    talk.close()


def _queue(talk: Talk) -> None:
    talk.owner, talk.waiting = "queued", {"place": 3, "minutes": 5}
    talk.say("system", "U wacht op een medewerker. Er zijn 2 mensen voor u.", ("Niet wachten",))


DAYS = {"input": "date", "first_day": "2026-03-03", "last_day": "2026-05-31"}
TIMES = ("di 3 mrt 9.00 uur", "di 3 mrt 14.30 uur", "wo 4 mrt 10.15 uur", "Andere dag")


TOPICS = ("Paspoort aanvragen", "Rijbewijs verlengen", "Verhuizing doorgeven", "Uittreksel uit de basisregistratie personen",
          "Grofvuil laten ophalen", "Gehandicaptenparkeerkaart", "Melding over de straat", "Trouwen of een partnerschap", "Bijstand",
          "Iets anders")  # fmt: skip


SCRIPT = {
    "twee keer": lambda talk: (talk.say("bot", "Wij bellen u graag.", ("Bel mij terug",)), talk.say("bot", "Klopt dit?", ("Ja, dat klopt",))),
    "keuzelijst": lambda talk: talk.say("bot", "Waar gaat uw vraag over?", TOPICS),
    "paspoort": _passport,
    "kosten": _costs,
    "medewerker": join,
    "afronden": _close,
    "in de rij": _queue,
    "kies dag": lambda talk: talk.say("bot", "Welke tijd kiest u?", TIMES, meta=DAYS),
    "foto erbij": lambda talk: talk.say("bot", "Wilt u een foto meesturen?", ("Overslaan",), meta={"input": "picture"}),
    "losse tegel": lambda talk: talk.say("bot", "Waar is het precies?", meta={"input": "place"}),
    "tijden": lambda talk: talk.say("bot", "Dit zijn de eerste tijden die passen.", TIMES),
    "bel mij": lambda talk: talk.say("bot", "Op welk telefoonnummer kunnen wij u bellen?", meta={"input": "tel"}),
    "aanval": lambda talk: talk.say("bot", HOSTILE),
    "lang verhaal": lambda talk: talk.say("bot", LONG),
}
