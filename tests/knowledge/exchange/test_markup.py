"""Foreign HTML and Markdown become the small markup of the knowledge files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.exchange.aspects import aspect_of, cut, texts_of
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.markup import Section, blocks_of_html, blocks_of_markdown, collapse, html_of, plain, sections_of, text_of

TITLES = {"kosten": "Wat betaalt u?", "waar": "Waar?"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Een <b>vet</b> woord</p><p>Twee</p>", "Een **vet** woord\n\nTwee"),
        ("<p>Ja<strong> nee </strong>ja</p>", "Ja **nee** ja"),
        ("<ul><li>een</li><li>twee<ul><li>drie</li></ul></li></ul>", "- een\n- twee\n- drie"),
        ("<p>Mee:</p><ol><li>pas</li></ol>", "Mee:\n- pas"),
        ("<p>a</p><ul><li><p>b</p></li></ul>", "a\n\n- b"),
        ('<a href="https://x.nl/a(b)">hier</a>', "[hier](https://x.nl/a%28b%29)"),
        ('<a href="javascript:alert(1)">hier</a>', "hier"),
        ('<a href="/pagina">hier</a>', "hier"),
        ('<a href="mailto:a@b.nl?subject=x">mail ons</a>', "mail ons (a@b.nl)"),
        ('<a href="tel:140251">140251</a>', "140251"),
        ("<script>x()</script><style>p{}</style><p>Goed<!-- niet --></p>", "Goed"),
        ("<b>Een <script>x()</script>woord</b>", "**Een woord**"),
        ("<p>Vul {naam} in [hier] *ster*</p>", "Vul (naam) in (hier) ster"),
        ("<p>a &amp; b &lt; 3 &euro; 5</p>", "a & b < 3 € 5"),
        ("<p>a &lt;script&gt;x&lt;/script&gt; b</p>", "a x b"),
        ("&lt;<i>script>x", "x"),
        ("Adres:<br>Straat 1", "Adres: Straat 1"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("<h2>Kop</h2><p>a</p>", "**Kop**\n\na"),
        ("geen <html", "geen"),
    ],
)
def test_html_becomes_our_markup(html: str, text: str) -> None:
    assert text_of(blocks_of_html(html)) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Een *schuin* en __vet__ woord", "Een schuin en **vet** woord"),
        ("1. een\n2. twee", "- een\n- twee"),
        ("* een\n\n* twee", "- een\n- twee"),
        ("![plaatje](https://x.nl/p.png) tekst", "tekst"),
        ("Tekst met `code` en <span>html</span>", "Tekst met code en html"),
        ("> citaat", "citaat"),
    ],
)
def test_markdown_becomes_our_markup(markdown: str, text: str) -> None:
    assert text_of(blocks_of_markdown(markdown)) == text


@pytest.mark.parametrize(
    "text",
    ["Een **vet** woord en een [link](https://x.nl/a?b=c&d=e).", "U neemt mee:\n- een pas\n- € 12,50 & meer", "Eén alinea.\n\nNog een."],
)
def test_our_own_texts_pass_unchanged(text: str) -> None:
    assert text_of(blocks_of_markdown(text)) == text
    assert text_of(blocks_of_html(html_of(text))) == text


@given(st.text(alphabet=st.sampled_from("<>/!{}[]*&;lgt abi=\"'\n"), max_size=80))
def test_whatever_comes_in_no_tag_and_no_value_to_fill_in_comes_out(html: str) -> None:
    text = text_of(blocks_of_html(html))
    assert not re.search(r"[{}]|<[a-zA-Z/!]", text)


def test_html_without_bottom_is_refused() -> None:
    with pytest.raises(ExchangeError, match=r"that begins with .* clean it"):
        blocks_of_html("<div>" * 50_000)


def test_plain_text_has_no_markup() -> None:
    assert plain("Een **vet** woord.\n\nLees [dit](https://x.nl).") == "Een vet woord. Lees dit."


def test_a_heading_begins_a_section() -> None:
    blocks = blocks_of_html("<p>a</p><h2>Leeg</h2><h3>Vol</h3><p>b</p><ul><li>c</li></ul>")
    assert sections_of(blocks) == (Section(None, "a"), Section("Vol", "b\n\n- c"))


@pytest.mark.parametrize(
    ("heading", "aspect"),
    [
        ("Wat betaalt u?", "kosten"),
        ("kosten", "kosten"),
        ("Wat kost het?", "kosten"),
        ("Wat heb ik nodig?", "meenemen"),
        ("Waar kan ik het aanvragen", "waar"),
        ("Bezwaar maken", None),
        ("Hoe lang duurt het?", "duur"),
        ("Aanpak", "aanvragen"),
        ("Voorwaarden", "voorwaarden"),
        ("Geen reactie ontvangen", "status"),
        ("Wat is een paspoort?", "wat"),
        ("Contact", None),
    ],
)
def test_a_heading_tells_the_aspect(heading: str, aspect: str | None) -> None:
    assert aspect_of(heading, TITLES) == aspect


def test_two_sections_about_the_same_are_one_text() -> None:
    sections = (Section(None, "a"), Section("Kosten", "b"), Section("Tarieven", "c"), Section("Anders", "d"))
    assert texts_of(sections, "wat", TITLES) == ({"wat": "a", "kosten": "b\n\nc"}, ("Anders",))


def test_the_first_paragraph_is_the_answer() -> None:
    assert cut("Kort.\n\nLang.\n\nLanger.") == ("Kort.", "Lang.\n\nLanger.")
    assert cut("Alleen dit.") == ("Alleen dit.", None)
    assert cut("Mee:\n- a\n\nRest.") == ("Mee:\n- a", "Rest.")


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "Een zin van precies acht woorden is dit. "
    first, rest = cut(sentence * 10)
    assert len(first.split()) == 56
    assert collapse(f"{first} {rest}") == collapse(sentence * 10)
