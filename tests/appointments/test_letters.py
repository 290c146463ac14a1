"""Letters: the same facts in text and in HTML, nothing of a citizen or an editor runs, and a broken template is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from bot.appointments.letters import LetterKind, Letters
from bot.errors import ConfigurationError
from bot.settings import ROOT
from tests.appointments.letters_shown import details

FOLDER = ROOT / "knowledge" / "mail"


@pytest.mark.parametrize("kind", get_args(LetterKind))
def test_both_forms_give_every_fact(kind: LetterKind) -> None:
    letter = Letters(FOLDER, "https://www.voorbeeld.nl").write(kind, details(cancelled=kind == "afgezegd"))
    for form in (letter.text, letter.html):
        for fact in (
            "woensdag 3 maart 2027 om 14.30 uur",
            "gemeentehuis Castricum, Raadhuisplein 1",
            "ongeveer 20 minuten",
            "AF-7K4M2P",
            "Paspoort of identiteitskaart (2 keer)",
        ):
            assert fact in form
    assert "woensdag 3 maart" in letter.subject
    assert "{" not in letter.text


def test_a_letter_says_what_to_bring_and_a_cancellation_does_not() -> None:
    letters = Letters(FOLDER, "https://www.voorbeeld.nl")
    assert "pasfoto" in letters.write("bevestiging", details()).text
    assert "eisen (https://www.rijksoverheid.nl/pasfoto)" in letters.write("bevestiging", details()).text
    assert "pasfoto" not in letters.write("afgezegd", details(cancelled=True)).text


def test_a_link_can_be_pressed_in_html_and_brings_no_markup_of_its_own() -> None:
    bring = 'Lees de [eisen <b>](https://www.rijksoverheid.nl/pasfoto?a="><script>) & **kom** <i>op tijd</i>.'
    html = Letters(FOLDER, "https://x.nl").write("bevestiging", details(bring=bring)).html
    assert '<a href="https://www.rijksoverheid.nl/pasfoto?a=&#34;&gt;&lt;script&gt;"' in html
    assert ">eisen &lt;b&gt;</a> &amp; kom &lt;i&gt;op tijd&lt;/i&gt;." in html


def test_markup_in_a_fact_is_shown_and_not_obeyed() -> None:
    html = Letters(FOLDER, "https://x.nl").write("bevestiging", details(place="<script>alert(1)</script>")).html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_template_cannot_reach_into_the_program(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "mail")
    (tmp_path / "mail" / "brief.txt").write_text("{{ details.__class__.__mro__ }}")
    with pytest.raises(ConfigurationError):
        Letters(tmp_path / "mail", "https://x.nl").write("bevestiging", details())


def test_a_missing_text_is_told_with_its_letter(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "mail")
    texts = tmp_path / "mail" / "brieven.yml"
    texts.write_text(texts.read_text().replace("herinnering:", "vergeten:"))
    with pytest.raises(ConfigurationError, match="herinnering"):
        Letters(tmp_path / "mail", "https://x.nl").write("herinnering", details())
