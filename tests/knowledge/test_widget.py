"""The widget's settings: what a municipality inherits, and colours that nobody could read."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.knowledge.widget_build import build_widget
from bot.knowledge.widget_schema import ColoursShape, EnglishShape, WidgetShape, contrast

SITE = "https://www.castricum.example"


def test_the_own_file_goes_before_the_shared_one() -> None:
    shared = WidgetShape(titel="Allen", welkom="Hallo", websites=("https://samen.example",), medewerker_knop=False)
    own = WidgetShape(titel="Alleen wij", websites=("https://intranet.example",), medewerker_knop=True)
    settings = build_widget([shared, own], SITE)
    assert (settings.title, settings.dutch.welcome, settings.person_button) == ("Alleen wij", "Hallo", True)
    assert settings.websites == (SITE, "https://samen.example", "https://intranet.example")


def test_without_any_file_the_own_website_may_show_the_widget() -> None:
    settings = build_widget([], SITE)
    assert (settings.title, settings.websites, dict(settings.colours)) == ("Wegwijs", (SITE,), {})


def test_english_sentences_stand_beside_the_dutch_ones() -> None:
    shared = WidgetShape(taal="nl", welkom="Hallo", engels=EnglishShape(welkom="Hello"))
    settings = build_widget([shared, WidgetShape(taal="en", welkom="Dag")], SITE)
    assert (settings.language, settings.dutch.welcome, settings.english.welcome) == ("en", "Dag", "Hello")


def test_the_widget_speaks_no_language_without_words() -> None:
    with pytest.raises(ValidationError):
        WidgetShape.model_validate({"taal": "de"})


def test_a_colour_of_text_goes_along_with_the_colour_behind_it_only() -> None:
    assert build_widget([WidgetShape(kleuren=ColoursShape(link="#0b5563"))], SITE).colours == {"link": "#0b5563"}
    both = build_widget([WidgetShape(kleuren=ColoursShape(hoofd="#0b5563"))], SITE).colours
    assert both == {"primary": "#0b5563", "on-primary": "#ffffff"}


@pytest.mark.parametrize("colours", [{"hoofd": "#ffcc00"}, {"kop": "#777777"}, {"link": "#88aaff"}, {"bot": "#333333"}])
def test_colours_that_cannot_be_read_are_refused(colours: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="WCAG asks for"):
        ColoursShape(**colours)


@pytest.mark.parametrize("origin", ["http://www.heiloo.nl", "https://www.heiloo.nl/", "*", "https://*.heiloo.nl", "null"])
def test_a_website_is_a_whole_https_origin(origin: str) -> None:
    with pytest.raises(ValidationError):
        WidgetShape(websites=(origin,))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
