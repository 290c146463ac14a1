"""Gathers the changes of one import, each in the right file, and notes what two foreign records disagree about."""

from __future__ import annotations

from typing import Any

from bot.knowledge.document import Step
from bot.knowledge.exchange.change import Change, Plan
from bot.knowledge.exchange.telling import Telling
from bot.knowledge.folder import Folder, MunicipalityFolder
from bot.knowledge.municipality_schema import LocalProductShape, PriceShape
from bot.model.knowledge import Product


class Draft:
    """The changes so far.

    Texts, links and prices go to the municipality when there is one; names, words and example questions are everybody's.
    """

    def __init__(self, folder: Folder, telling: Telling) -> None:
        """Compare with `folder`, of which `telling` is one municipality's view."""
        self.telling = telling
        self.folder = folder
        self.notes: list[str] = []
        self._changes: dict[tuple[str, tuple[Step, ...], str], Change] = {}
        self._place = self._municipality(folder)

    def set(
        self, file: str, product: Product, field: str, steps: tuple[Step, ...], before: Any, after: Any, instead_of: Any = None
    ) -> None:
        """One value instead of another; None is "not there". Nothing happens when they are equal."""
        if before == after:
            return
        change = Change(file, product.id, field, steps, before, after, instead_of=instead_of)
        first = self._changes.setdefault((file, steps, ""), change)
        if first.after != after:
            self.note(f"{product.id}: {field} is given twice with different content; only the first is shown")

    def add(self, file: str, product: Product, field: str, steps: tuple[Step, ...], value: Any) -> None:
        """One more item at the end of a list."""
        self._changes.setdefault((file, steps, str(value)), Change(file, product.id, field, steps, None, value, adds=True))

    def note(self, text: str) -> None:
        """Something that an editor should know."""
        if text not in self.notes:
            self.notes.append(text)

    def plan(self) -> Plan:
        """All of it, in a fixed order."""
        return Plan(tuple(self._changes.values()), tuple(self.notes))

    @staticmethod
    def shared_file(product: Product) -> str:
        """The file of a product that every municipality shares."""
        return f"products/{product.id}.yml"

    def file_of(self, product: Product) -> str:
        """Where the texts and links of this import belong."""
        here = self.telling.here
        return f"municipalities/{here.id}/products/{product.id}.yml" if here else self.shared_file(product)

    @property
    def prices_file(self) -> str | None:
        """The price list of the municipality; None without one, because a price is always somebody's."""
        here = self.telling.here
        return f"municipalities/{here.id}/prijzen.yml" if here else None

    def own(self, product: Product) -> LocalProductShape:
        """What the municipality's own file of a product says now; nothing when there is none yet."""
        sheets = self._place.products if self._place else ()
        return next((sheet.shape for sheet in sheets if sheet.shape.id == product.id), LocalProductShape(id=product.id))

    def own_prices(self) -> tuple[PriceShape, ...]:
        """The municipality's own price list."""
        return self._place.prices.shape.prijzen if self._place and self._place.prices else ()

    def _municipality(self, folder: Folder) -> MunicipalityFolder | None:
        here = self.telling.here
        return next((place for place in folder.municipalities if here and place.name == here.id), None)
