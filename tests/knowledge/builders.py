"""Builds small made-up knowledge folders: a right one by default, wrong where a test says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.knowledge.library import Library
from bot.knowledge.loader import Reading, load_knowledge, read_knowledge
from bot.knowledge.messages import REQUIRED
from bot.model.knowledge import ASPECTS
from bot.model.knowledge_base import KnowledgeBase

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=AMSTERDAM)
"""A Monday."""

SOURCE = {"titel": "De wet", "url": "https://wetten.overheid.nl/x", "gecontroleerd_op": "2026-11-22"}

NATURAL = {
    "gemeente_onbekend": "uw gemeente",
    "website_onbekend": "de website van uw gemeente",
    "telefoon_onbekend": "het nummer van uw gemeente",
    "gratis": "gratis",
    "vandaag": "vandaag",
    "morgen": "morgen",
    "tijd_van_tot": "{van} tot {tot} uur",
    "alleen_met_afspraak": "met afspraak",
    "loket_gesloten": "gesloten",
    "dagen_van_tot": "{van} tot en met {tot}",
}
"""Messages that become part of a sentence; every other one just shows its own key and its values."""

_LETTERS = "abcdefghij"


def messages() -> dict[str, str]:
    """Every message that the program needs."""
    made = {key: " ".join([f"«{key}»", *(f"{{{name}}}" for name in sorted(names))]) for key, names in REQUIRED.items()}
    return made | NATURAL | {"prijs_onbekend": "«prijs_onbekend» {website}"}


def questions(about: str, count: int = 40) -> list[str]:
    """Sentences that differ from each other and from those about something else."""
    return [f"vraag {_LETTERS[number // 10]}{_LETTERS[number % 10]} over {about}" for number in range(count)]


def product(name: str, **changes: Any) -> dict[str, Any]:
    """The content of a right product file, with `changes` at the top."""
    made = {
        "id": name,
        "naam": name.capitalize(),
        "thema": "afval",
        "doelgroep": ["inwoner"],
        "eigenaar": "Team Afval",
        "team": "afval",
        "kanaal": {"voorkeur": "click", "reden": "U regelt dit zelf online."},
        "woorden": [f"{name} {letter}" for letter in "wxyz"],
        "aspecten": {aspect: {"tekst": f"Tekst over {aspect} van {name}."} for aspect in ASPECTS},
        "bronnen": [SOURCE],
        "voorbeeldvragen": {"wat": questions(name, 20), "kosten": questions(f"de prijs van {name}", 20)},
    }
    return made | changes


class KnowledgeFolder:
    """A knowledge folder on disk that a test fills and then reads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("themas.yml", {"themas": {"afval": "Afval", "belastingen": "Belastingen"}, "teams": {"afval": "Afval"}})
        self.write("berichten.yml", messages())

    def write(self, path: str, content: Any) -> None:
        """Write `content` (a text as it is, anything else as YAML) to a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        file.write_text(text, "utf-8")

    def product(self, name: str = "grofvuil", **changes: Any) -> None:
        self.write(f"products/{name}.yml", product(name, **changes))

    def aspect(self, name: str, aspect: str, **changes: Any) -> None:
        """A product with one aspect of its own."""
        made = product(name)
        made["aspecten"][aspect] = changes
        self.write(f"products/{name}.yml", made)

    def organisation(self, name: str = "cocensus", **changes: Any) -> None:
        made = {
            "id": name,
            "naam": name.capitalize(),
            "verwijzing": f"Hiervoor gaat u naar {name.capitalize()}.",
            "doet": f"{name.capitalize()} doet belastingen.",
            "woorden": [f"{name} zelf"],
            "contact": {"website": f"https://{name}.nl"},
            "bronnen": [SOURCE],
            "voorbeeldvragen": questions(name, 25),
        }
        self.write(f"organisations/{name}.yml", made | changes)

    def amount(self, name: str, **changes: Any) -> None:
        """One national amount, in a file of its own."""
        made = {
            "id": name,
            "naam": f"Naam van {name}",
            "soort": "bedrag",
            "bedrag": 41.5,
            "geldig_vanaf": "2026-01-01",
            "geldig_tot": "2026-12-31",
            "bron": SOURCE | {"titel": "De bedragen"},
        }
        self.write(f"bedragen/{name}-{len(list(self.root.glob('bedragen/*')))}.yml", {"bedragen": [made | changes]})

    def municipality(self, name: str = "duindorp", **changes: Any) -> None:
        made = {
            "id": name,
            "naam": name.capitalize(),
            "in_een_zin": f"de gemeente {name.capitalize()}",
            "cbs_code": "0001",
            "website": f"https://www.{name}.nl",
            "plaatsen": [{"naam": name.capitalize()}],
        }
        self.write(f"municipalities/{name}/municipality.yml", made | changes)

    def prices(self, name: str, *prices: dict[str, Any]) -> None:
        normal = {"product": "grofvuil", "omschrijving": "Ophalen", "bedrag": 25, "geldig_vanaf": "2026-01-01", "geldig_tot": "2026-12-31"}
        self.write(f"municipalities/{name}/prijzen.yml", {"prijzen": [normal | {"bron": SOURCE} | price for price in prices]})

    def local(self, name: str, product: str = "grofvuil", **changes: Any) -> None:
        self.write(f"municipalities/{name}/products/{product}.yml", {"id": product} | changes)

    def read(self) -> Reading:
        return read_knowledge(self.root)

    def errors(self) -> list[str]:
        """The errors as they are printed, without the word in front."""
        return [str(problem).removeprefix("[ERROR] ") for problem in self.read().errors]

    def warnings(self) -> list[str]:
        return [str(problem).removeprefix("[WARN] ") for problem in self.read().problems if problem.warning]

    def load(self) -> KnowledgeBase:
        return load_knowledge(self.root)

    def library(self, now: datetime = NOON) -> Library:
        return Library(self.load(), lambda: now)


def counter(name: str = "gemeentehuis", **changes: Any) -> dict[str, Any]:
    """A counter that is open on Monday morning."""
    made = {
        "id": name,
        "naam": name.capitalize(),
        "adres": {"straat": "Dorpsstraat 1", "postcode": "1234 AB", "plaats": "Duindorp"},
        "openingstijden": {"maandag": [{"van": "09:00", "tot": "12:30"}]},
        "bronnen": [SOURCE],
    }
    return made | changes
