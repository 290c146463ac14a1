"""A morning at the desk to play with: agents, conversations in every state, promises, appointments. All names are made up."""
# ruff: noqa: E501 (made-up lines read best as a table)

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

NOW = datetime.fromisoformat("2026-11-23T10:14:00+01:00")
"""A Monday; the fake desk's clock starts here and runs on."""

TEAMS = {"algemeen": "Klantcontactcentrum", "burgerzaken": "Burgerzaken", "afval": "Afval", "sociaal": "Sociaal domein"}
MUNICIPALITIES = {"bergen": "Bergen (NH)", "castricum": "Castricum", "heiloo": "Heiloo", "uitgeest": "Uitgeest"}
PRODUCTS = {"paspoort": "Paspoort", "verhuizing": "Verhuizing doorgeven", "afvalcontainer": "Afvalcontainer", "wmo": "Hulp thuis (Wmo)",
            "rijbewijs": "Rijbewijs", "bijstandsuitkering": "Bijstandsuitkering", "melding-openbare-ruimte": "Melding openbare ruimte",
            "kapotte-straatverlichting": "Kapotte straatverlichting"}  # fmt: skip
ASPECTS = {"aanvragen": "Aanvragen", "kosten": "Kosten", "meenemen": "Meenemen", "duur": "Hoelang duurt het"}
PARTICULARS = {
    "paspoort": [{"id": "bril", "question": "Mag ik een bril dragen op de pasfoto?", "text": "Ja, als uw ogen te zien zijn.", "source": None}]
}
PASSWORD = "een lange zin als wachtwoord"
CODE = "123456"

TEMPLATES = [
    {"id": "groet", "title": "Begroeting", "text": "Goedendag, u spreekt met {naam} van de gemeente. Ik lees even mee.", "words": ["hallo", "welkom"]},
    {"id": "moment", "title": "Moment geduld", "text": "Een moment geduld alstublieft. Ik zoek het voor u uit.", "words": ["wachten", "uitzoeken"]},
    {"id": "afsluiting", "title": "Afsluiting", "text": "Kan ik u nog ergens anders mee helpen?", "words": ["einde", "nog iets"]},
    {"id": "bsn", "title": "Geen BSN in de chat", "text": "Deelt u hier alstublieft geen burgerservicenummer. Dat is niet nodig.", "words": ["privacy"]},
]  # fmt: skip


def ago(**how_long: int) -> str:
    """An ISO moment so long before NOW."""
    return (NOW - timedelta(**how_long)).isoformat()


def agent(key: str, name: str, role: str, **more: Any) -> dict[str, Any]:
    """An account with everything the desk shows of it."""
    base = {"id": key, "name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@gemeente.example", "role": role, "skills": [], "most": 4,
            "presence": "offline", "away_reason": None, "totp": False, "totp_wanted": False, "disabled": False, "invited": False,
            "last_seen": ago(minutes=3)}  # fmt: skip
    return {**base, **more}


def agents() -> dict[str, dict[str, Any]]:
    """Everybody who works here, by id."""
    everybody = [
        agent("a1", "Joke Bakker", "agent", presence="available"),
        agent("a2", "Samira El Idrissi", "lead", presence="available", skills=["algemeen", "burgerzaken"]),
        agent("a3", "Pieter Zonneveld", "admin", presence="busy", totp=True),
        agent("a4", "Henk Stet", "agent", presence="away", away_reason="Pauze", skills=["afval"]),
        agent("a5", "Tineke Schoon", "agent", invited=True, last_seen=None),
    ]
    return {one["id"]: one for one in everybody}


def message(seq: int, author: str, text: str, at: str, **more: Any) -> dict[str, Any]:
    """One message as docs/protocol.md gives it, with an id."""
    return {
        "id": f"b{seq}",
        "seq": seq,
        "author": author,
        "text": text,
        "at": at,
        "choices": [],
        "meta": {"agent": "Joke Bakker"} if author == "agent" else {},
        **more,
    }


def talk(key: str, owner: str, lines: list[tuple[str, str]], begun: int, **more: Any) -> dict[str, Any]:
    """One conversation that began `begun` minutes before NOW, a minute between its messages."""
    said = [message(at + 1, author, text, ago(minutes=begun - at)) for at, (author, text) in enumerate(lines)]
    base = {"id": key, "owner": owner, "channel": "web", "municipality": "castricum", "team": "algemeen", "agent": None, "product": None,
            "reason": "De inwoner vraagt om een medewerker.", "since": ago(minutes=1), "unanswered_since": None, "unread": 0, "danger": None,
            "name": None, "phone": None, "mood": [], "messages": said, "notes": [], "deliveries": {}, "typing": False, "asked": []}  # fmt: skip
    return {**base, **more}


def talks() -> dict[str, dict[str, Any]]:
    """Conversations: two of Joke, one of Samira, five that wait, one with the bot, one that is finished."""
    moving = talk(
        "c1", "agent",
        [("citizen", "hoi, ik ga verhuizen van Uitgeest naar Castricum. wanneer moet ik dat doorgeven?"),
         ("bot", "U geeft uw verhuizing door vanaf **4 weken voor** tot **5 dagen na** de dag dat u verhuist.\n\n- Online met DigiD\n- Aan de balie met een afspraak"),
         ("citizen", "en mijn moeder van 84 verhuist mee maar die heeft geen digid"),
         ("bot", "Ik weet niet zeker wat u bedoelt. Wilt u een medewerker spreken?"),
         ("citizen", "ja graag een mens"),
         ("system", "U wacht op een medewerker."),
         ("system", "Joke Bakker doet mee aan het gesprek."),
         ("agent", "Goedendag, u spreekt met Joke van de gemeente. Ik zoek het voor u uit."),
         ("citizen", "fijn dank u. moet ze zelf langskomen?")],
        12, agent="a1", product="verhuizing", team="burgerzaken", name="Mevrouw De Graaf", phone="06 12 34 56 78", since=ago(minutes=6),
        unanswered_since=ago(minutes=4), unread=1, mood=["asks_person", "cannot_online"],
        asked=[("wanneer moet ik dat doorgeven?", "verhuizing", "answered"), ("mijn moeder van 84 verhuist mee maar die heeft geen digid", None, "open")],
        notes=[{"id": 1, "agent_name": "Samira El Idrissi", "text": "Moeder is slecht ter been, denk aan een huisbezoek.", "at": ago(minutes=5)}],
        deliveries={"b8": "read"},
    )  # fmt: skip
    bins = talk(
        "c2", "agent",
        [("citizen", "mijn kliko is kapot al 2 weken!!"), ("bot", "Een kapotte container meldt u bij ons. Wij maken of vervangen de container."),
         ("citizen", "dat heb ik al drie keer gedaan"), ("system", "Joke Bakker doet mee aan het gesprek."), ("agent", "Wat vervelend. Ik kijk wat er met uw meldingen is gebeurd.")],
        20, agent="a1", channel="whatsapp", municipality="heiloo", product="afvalcontainer", team="afval", mood=["upset"], since=ago(minutes=9),
        asked=[("mijn kliko is kapot al 2 weken!!", "afvalcontainer", "answered"), ("dat heb ik al drie keer gedaan", "afvalcontainer", "open")],
        deliveries={"b5": "delivered"},
    )  # fmt: skip
    asks = [("citizen", "kan ik een mens spreken"), ("system", "U wacht op een medewerker.")]
    waiting = [
        talk("c3", "queued", [("citizen", "ik red het niet meer thuis met mijn man"), *asks], 17, municipality="bergen", product="wmo", team="sociaal",
             since=ago(minutes=14), mood=["urgent"], reason="Het onderwerp is persoonlijk."),
        talk("c4", "queued", asks, 9, since=ago(minutes=7), municipality="uitgeest", product="paspoort", team="burgerzaken"),
        talk("c5", "queued", asks, 5, since=ago(minutes=2), product="rijbewijs", team="burgerzaken", channel="whatsapp"),
        talk("c6", "queued", [("citizen", "mijn buurman dreigt mij iets aan te doen"), *asks], 3, since=ago(minutes=1), municipality="heiloo", danger="geweld"),
        talk("c7", "queued", asks, 1, since=ago(seconds=20), municipality="bergen"),
    ]  # fmt: skip
    others = [
        talk("c8", "agent", [*asks, ("agent", "Goedendag, ik help u graag.")], 30, agent="a2", product="bijstandsuitkering", team="sociaal", municipality="uitgeest"),
        talk("c9", "bot", [("citizen", "wat kost een paspoort"), ("bot", "Dat hangt af van uw leeftijd.")], 4, product="paspoort", reason=None, since=None),
        talk("c10", "closed", [*asks, ("agent", "Graag gedaan.")], 180, agent="a1", product="rijbewijs"),
    ]  # fmt: skip
    return {one["id"]: one for one in [moving, bins, *waiting, *others]}


def promises() -> list[dict[str, Any]]:
    """Call-backs and notes, the overdue one on top."""
    base = {"kind": "callback", "conversation_id": None, "municipality": "castricum", "team": "algemeen", "email": "", "wanted_at": None, "overdue": False,
            "picked_up_by": None, "attempts": 0, "created_at": ago(days=1), "summary": ""}  # fmt: skip
    return [
        {**base, "reference": "T-4F7K2", "name": "De heer Duin", "phone": "072 111 22 33", "subject": "Aanslag hondenbelasting", "promised_on": "2026-11-20",
         "overdue": True, "attempts": 1, "summary": "Heeft geen hond meer sinds mei.", "conversation_id": "c10"},
        {**base, "reference": "T-9QH3M", "name": "Mevrouw Kuiper", "phone": "06 98 76 54 32", "subject": "Hulp in het huishouden", "team": "sociaal", "municipality": "heiloo",
         "promised_on": "2026-11-23", "wanted_at": "2026-11-23T14:30:00+01:00", "picked_up_by": "a1"},
        {**base, "reference": "B-2XW8P", "kind": "note", "name": "F. Groen", "phone": "", "email": "f.groen@voorbeeld.nl", "subject": "Kapvergunning voor twee dennen",
         "promised_on": "2026-11-25", "municipality": "bergen"},
    ]  # fmt: skip


def appointments() -> list[dict[str, Any]]:
    """Appointments of the day in Castricum."""
    base = {
        "municipality": "castricum",
        "location": "raadhuis",
        "location_name": "Gemeentehuis Castricum",
        "email": "",
        "phone": "06 12 12 12 12",
        "status": "booked",
    }
    return [
        {**base, "reference": "A-1001", "kind": "balie", "what": "2 x ID-kaart", "starts": "2026-11-23T09:20:00+01:00", "ends": "2026-11-23T09:40:00+01:00", "name": "L. de Boer"},
        {**base, "reference": "A-1002", "kind": "balie", "what": "1 x Paspoort", "starts": "2026-11-23T10:40:00+01:00", "ends": "2026-11-23T10:50:00+01:00", "name": "M. Yilmaz"},
        {**base, "reference": "A-1003", "kind": "terugbellen", "what": "1 x Gesprek", "starts": "2026-11-23T13:00:00+01:00", "ends": "2026-11-23T13:15:00+01:00", "name": "K. Schipper",
         "location": "telefoon", "location_name": "per telefoon", "status": "cancelled"},
    ]  # fmt: skip


def reports() -> list[dict[str, Any]]:
    """Reports about public space, the overdue one on top; a picture's name says whether the fake still has it."""
    base = {"municipality": "castricum", "product": "melding-openbare-ruimte", "place": {"words": None, "latitude": None, "longitude": None}, "pictures": [], "email": None, "phone": None,
            "state": "received", "promised_on": "2026-11-27", "overdue": False, "created_at": ago(hours=2), "elsewhere": None, "trouble": None, "conversation_id": None}  # fmt: skip
    return [
        {**base, "reference": "M-7K4M2P", "text": "Er ligt een losse stoeptegel voor de bakker. Mijn moeder struikelde er gisteren bijna over met haar rollator.", "promised_on": "2026-11-20",
         "overdue": True, "place": {"words": "Dorpsstraat 12, voor de bakker", "latitude": 52.5481234, "longitude": 4.6591}, "pictures": ["p1", "weg", "p2"], "email": "g.visser@voorbeeld.nl",
         "phone": "06 55 44 33 22", "conversation_id": "c1", "created_at": ago(days=4)},
        {**base, "reference": "M-9QH3RX", "text": "Lantaarn is kapot", "product": "kapotte-straatverlichting", "municipality": "heiloo", "place": {"words": None, "latitude": 52.6011, "longitude": 4.70212}},
        {**base, "reference": "M-2XW8PC", "text": "Grof vuil naast de container bij het station", "place": {"words": "Stationsweg", "latitude": None, "longitude": None}, "trouble": "unsure"},
    ]  # fmt: skip
