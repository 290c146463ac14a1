"""Readability in numbers, and the rules that a text may not break."""

from __future__ import annotations

import pytest

from bot.text.readability import Finding, Rules, judge, measure, plain, sentences_in, words_in

RULES = Rules(
    jargon={"indien": "als", "met betrekking tot": "over", "leges": "kosten"},
    informal=frozenset(["je", "jouw"]),
    passive=frozenset(["wordt", "worden", "werd"]),
    participles=frozenset(["verwerkt"]),
    no_participles=frozenset(["bekend", "gemeenten"]),
    abbreviations=("bijv.", "a.u.b.", "nr."),
)


def rules_broken(text: str, **more: object) -> set[str]:
    return {finding.rule for finding in judge(text, RULES, **more)}  # type: ignore[arg-type]


def words(count: int) -> str:
    """That many words, in sentences of ten."""
    return " ".join("woord" + ("." if number % 10 == 9 else "") for number in range(count))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("U vraagt dit aan. Dat kost niets.", 2),
        ("Neem mee:\n- uw paspoort\n- een foto", 3),
        ("Dit is bijv. een zin met nr. 5 a.u.b. erin.", 1),
        ("Om 9.30 uur gaat het open. Het kost € 12,50 per keer.", 2),
        ("Kijk op www.castricum.nl voor meer. Of bel.", 2),
        ("Lukt het niet? Bel dan! Echt.", 3),
        ("Een regel\ndie doorloopt", 1),
        ("Een alinea\n\nNog een alinea", 2),
        ("", 0),
    ],
)
def test_sentences_are_split_as_a_reader_does(text: str, count: int) -> None:
    assert len(sentences_in(plain(text), RULES)) == count


def test_markup_does_not_count_as_words() -> None:
    assert plain("Kijk op [de **site**](https://x.nl/a) van {gemeente}.") == "Kijk op de site van gemeente."
    assert words_in("Uw ID-kaart, of de foto's: 3 stuks") == ("Uw", "ID-kaart", "of", "de", "foto's", "3", "stuks")


def test_the_numbers_can_be_counted_again() -> None:
    found = measure("U komt langs. Uw aanvraag wordt verwerkt. Burgerservicenummer.", RULES)
    assert (found.words, len(found.sentences), found.longest_sentence, found.mean_sentence) == (8, 3, 4, 2.7)
    assert found.passive == ("Uw aanvraag wordt verwerkt.",)


def test_an_empty_text_has_no_numbers() -> None:
    found = measure("", RULES)
    assert (found.words, found.longest_sentence, found.mean_sentence) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("Uw kaart wordt gemaakt.", True),
        ("De papieren worden aan u toegestuurd.", True),
        ("Uw verzoek wordt beoordeeld.", True),
        ("Dat wordt binnen een week verwerkt.", True),
        ("U wordt 18 jaar.", False),
        ("Dat wordt bekend bij alle gemeenten.", False),
        ("U hebt het gemaakt.", False),
        ("Als u verhuist, wordt het anders.", False),
    ],
)
def test_passive_is_worden_with_a_participle(sentence: str, passive: bool) -> None:
    assert bool(measure(sentence, RULES).passive) is passive


def test_a_good_text_breaks_no_rule() -> None:
    text = "**U belt {telefoon}.** Of u kijkt op [de site](https://x.nl).\n\nNeem mee:\n- uw paspoort\n- een foto van € 12,50"
    assert judge(text, RULES) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (words(61), "words"),
        ("woord " * 26, "sentence"),
        ("Neem je paspoort mee.", "informal"),
        ("JOUW paspoort.", "informal"),
        ("# Kop", "markup"),
        ("Een <b>vet</b> woord", "markup"),
        ("Een *schuin* woord", "markup"),
        ("Een _schuin_ woord", "markup"),
        ("1. eerst\n2. dan", "markup"),
        ("* eerst", "markup"),
        ("Kijk op https://x.nl.", "markup"),
        ("Kijk op www.x.nl.", "markup"),
        ("Kijk [hier](http://x.nl).", "markup"),
        ("Kijk [hier](javascript:alert).", "markup"),
        ("![plaatje](https://x.nl)", "markup"),
        ("**niet dicht", "markup"),
        ("Goed gedaan 👍", "markup"),
        ("Vanaf 03-12-2026.", "markup"),
        ("Typ `code`.", "markup"),
    ],
)
def test_a_hard_rule_must_be_repaired(text: str, rule: str) -> None:
    assert any(finding.hard and finding.rule == rule for finding in judge(text, RULES)), judge(text, RULES)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (("woord " * 16 + ". ") * 2, "mean"),
        ("Indien u komt.", "jargon"),
        ("Iets met betrekking tot u.", "jargon"),
        ("Kijk naar uw gehandicaptenparkeerkaart.", "long"),
        ("Dit wordt gemaakt. Dat werd gestuurd.", "passive"),
        ("Komt u? Wilt u dat?", "questions"),
    ],
)
def test_a_soft_rule_is_a_warning(text: str, rule: str) -> None:
    assert [finding.rule for finding in judge(text, RULES) if not finding.hard] == [rule]


def test_the_message_says_what_to_write_instead() -> None:
    assert judge("Indien u komt.", RULES) == (Finding("jargon", '"indien" is jargon; write "als"'),)


def test_jargon_inside_another_word_is_no_jargon() -> None:
    assert rules_broken("De collegesteun van de burgers.") == set()


def test_the_name_of_the_product_may_be_used() -> None:
    assert rules_broken("De leges.", known=frozenset(["leges"])) == set()
    assert rules_broken("Neem je foto.", known=frozenset(["je"])) == {"informal"}


def test_what_comes_behind_more_may_be_longer() -> None:
    assert rules_broken(words(100), most_words=150) == set()


def test_one_sentence_of_sixteen_words_is_no_average() -> None:
    assert rules_broken("woord " * 16) == set()


def test_rare_words_need_a_list_of_frequencies() -> None:
    frequencies = {"u": 7.0, "vraagt": 4.5}
    text = "U vraagt beschikking 12."
    assert measure(text, RULES, lambda word: frequencies.get(word, 0.0)).rare == ("beschikking",)
    assert measure(text, RULES).rare == ()


def test_a_list_that_is_empty_finds_nothing() -> None:
    assert measure("Indien bijv. dit.", Rules()).jargon == ()
