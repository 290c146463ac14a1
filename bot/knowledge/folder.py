"""Reads a knowledge folder into sheets: every file with its shape and its lines, before anything is compared or built."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from bot.knowledge.appointment_schema import AppointmentsShape
from bot.knowledge.document import Document, read_document
from bot.knowledge.errors import Problem
from bot.knowledge.explain import explain
from bot.knowledge.municipality_schema import LocalProductShape, MunicipalityShape, PricesShape
from bot.knowledge.queue_schema import QueueShape
from bot.knowledge.report_schema import ReportsShape
from bot.knowledge.schema import AmountsShape, OrganisationShape, ProductShape, Shape, ThemesShape
from bot.knowledge.template_schema import TemplatesShape
from bot.knowledge.tongue_schema import TonguesShape
from bot.knowledge.triage_schema import TriageShape
from bot.knowledge.vac_schema import VacsShape
from bot.knowledge.widget_schema import WidgetShape

S = TypeVar("S", bound=Shape)

UNFILLED = "VUL IN"
"""What a scaffolded file has wherever an editor must still write something."""


@dataclass(frozen=True)
class Sheet(Generic[S]):
    """One file whose shape is right."""

    document: Document
    shape: S


@dataclass
class MunicipalityFolder:
    """What stands in the folder of one municipality, or of a group whose name starts with `_`."""

    name: str
    path: str
    main: Sheet[MunicipalityShape] | None = None
    prices: Sheet[PricesShape] | None = None
    triage: Sheet[TriageShape] | None = None
    appointments: Sheet[AppointmentsShape] | None = None
    reports: Sheet[ReportsShape] | None = None
    widget: Sheet[WidgetShape] | None = None
    products: list[Sheet[LocalProductShape]] = field(default_factory=list)

    @property
    def shared(self) -> bool:
        """Whether this is not a municipality but what several have in common."""
        return self.name.startswith("_")


@dataclass
class Folder:
    """All sheets of a knowledge folder; `ids` also holds products and organisations whose file is not right."""

    themes: Sheet[ThemesShape] | None = None
    messages: Document | None = None
    queue: Sheet[QueueShape] | None = None
    templates: Sheet[TemplatesShape] | None = None
    triage: Sheet[TriageShape] | None = None
    tongues: Sheet[TonguesShape] | None = None
    products: list[Sheet[ProductShape]] = field(default_factory=list)
    vacs: list[Sheet[VacsShape]] = field(default_factory=list)
    organisations: list[Sheet[OrganisationShape]] = field(default_factory=list)
    amounts: list[Sheet[AmountsShape]] = field(default_factory=list)
    municipalities: list[MunicipalityFolder] = field(default_factory=list)
    product_ids: frozenset[str] = frozenset()
    organisation_ids: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)


def read_folder(root: Path) -> Folder:
    """Read everything under `root`; parts that are not there yet are simply empty."""
    reader = _Reader(root)
    folder = Folder(problems=reader.problems)
    if not root.is_dir():
        reader.problems.append(Problem(str(root), 1, "this folder does not exist"))
        return folder
    folder.themes = reader.sheet(root / "themas.yml", ThemesShape)
    folder.messages = reader.document(root / "berichten.yml")
    folder.templates = reader.sheet(root / "antwoordsjablonen.yml", TemplatesShape)
    folder.queue = reader.sheet(root / "wachtrij.yml", QueueShape)
    folder.triage = reader.sheet(root / "triage.yml", TriageShape)
    folder.tongues = reader.sheet(root / "talen.yml", TonguesShape)
    folder.products = reader.sheets(root / "products", ProductShape)
    folder.vacs = reader.sheets(root / "vacs", VacsShape)
    folder.organisations = reader.sheets(root / "organisations", OrganisationShape)
    folder.amounts = reader.sheets(root / "bedragen", AmountsShape)
    folder.product_ids = frozenset(file.stem for file in (root / "products").glob("*.yml"))
    folder.organisation_ids = frozenset(file.stem for file in (root / "organisations").glob("*.yml"))
    for place in sorted((root / "municipalities").glob("*/")):
        folder.municipalities.append(reader.municipality(place))
    return folder


class _Reader:
    """Reads files and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def document(self, file: Path) -> Document | None:
        if not file.is_file():
            return None
        document, problems = read_document(file, self.root)
        self.problems.extend(problems)
        if document.root is None and not problems:
            self.problems.append(document.error("the file is empty"))
        return document if document.root is not None else None

    def sheet(self, file: Path, shape: type[S]) -> Sheet[S] | None:
        document = self.document(file)
        if document is None:
            return None
        unfilled = _unfilled(document, document.content, ())
        if unfilled:
            self.problems.extend(unfilled)
            return None
        try:
            return Sheet(document, shape.model_validate(document.content))
        except ValidationError as error:
            self.problems.extend(explain(document, error, shape))
            return None

    def sheets(self, place: Path, shape: type[S]) -> list[Sheet[S]]:
        found = []
        for file in sorted(place.glob("*")):
            if file.suffix != ".yml":
                path = f"{self.root.name}/{file.relative_to(self.root).as_posix()}"
                self.problems.append(Problem(path, 1, "this is not a .yml file, so nothing reads it", warning=True))
                continue
            sheet = self.sheet(file, shape)
            if sheet is not None:
                found.append(sheet)
        return found

    def municipality(self, place: Path) -> MunicipalityFolder:
        path = f"{self.root.name}/{place.relative_to(self.root).as_posix()}/municipality.yml"
        folder = MunicipalityFolder(place.name, path)
        folder.main = self.sheet(place / "municipality.yml", MunicipalityShape)
        folder.prices = self.sheet(place / "prijzen.yml", PricesShape)
        folder.triage = self.sheet(place / "triage.yml", TriageShape)
        folder.appointments = self.sheet(place / "afspraken.yml", AppointmentsShape)
        folder.reports = self.sheet(place / "meldingen.yml", ReportsShape)
        folder.widget = self.sheet(place / "widget.yml", WidgetShape)
        folder.products = self.sheets(place / "products", LocalProductShape)
        if not (place / "municipality.yml").is_file():
            self.problems.append(Problem(path, 1, "this file is missing; every municipality needs one"))
        return folder


def _unfilled(document: Document, value: Any, steps: tuple[str | int, ...]) -> list[Problem]:
    if isinstance(value, dict):
        return [problem for key, item in value.items() for problem in _unfilled(document, item, (*steps, key))]
    if isinstance(value, list):
        return [problem for index, item in enumerate(value) for problem in _unfilled(document, item, (*steps, index))]
    if isinstance(value, str) and UNFILLED in value:
        name = next((step for step in reversed(steps) if isinstance(step, str)), "")
        hint = value.split(UNFILLED, 1)[1].strip(" :")
        return [document.error(f'"{name}" is not filled in yet: {hint}', *steps)]
    return []
