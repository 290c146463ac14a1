"""Opening hours go from the counters into the planning, when the editor says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.loader import load_knowledge
from bot.model.hours import OpeningHours
from bot.model.municipality import WEEKDAYS
from bot.tools.__main__ import main
from tests.knowledge.builders import KnowledgeFolder, counter


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "knowledge"
    root.mkdir()
    folder = KnowledgeFolder(root)
    folder.product(afspraak="ophalen")
    hours = {"dinsdag": [{"van": "10:00", "tot": "16:00"}]}
    closed = [{"datum": "2026-12-24", "reden": "Kerst"}]
    folder.municipality(loketten=[counter(openingstijden=hours, uitzonderingen=closed)])
    folder.write(
        "municipalities/duindorp/afspraken.yml",
        "# With a comment.\nvoorbeeld: true\nsoorten:\n  balie: {}\nactiviteiten:\n"
        "  - {id: ophalen, naam: Ophalen, soorten: [balie], minuten: 15}\nplekken:\n"
        "  - id: gemeentehuis\n    soort: balie\n    tegelijk: 2\n",
    )
    return root


def test_the_difference_is_shown_and_not_made(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "municipalities/duindorp/afspraken.yml").read_text("utf-8")
    assert main(["appointment-hours", "--folder", str(root)]) == 0
    told = capsys.readouterr().out
    assert "municipalities/duindorp/afspraken.yml: gemeentehuis: tijden" in told
    assert "1 files, 2 differences" in told
    assert (root / "municipalities/duindorp/afspraken.yml").read_text("utf-8") == before


def test_written_hours_are_planned_and_comments_stay(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["appointment-hours", "--folder", str(root), "--write"]) == 0
    rules = load_knowledge(root).municipalities["duindorp"].appointments
    assert rules is not None
    planned = rules.places["gemeentehuis"]
    assert [WEEKDAYS[day] for day, hours in enumerate(planned.week) if hours] == ["dinsdag"]
    assert [type(item) for item in planned.week[1]] == [OpeningHours]
    assert planned.exceptions[0].hours == ()
    assert (root / "municipalities/duindorp/afspraken.yml").read_text("utf-8").startswith("# With a comment.")
    assert main(["appointment-hours", "--folder", str(root)]) == 0
    assert "0 differences" in capsys.readouterr().out
