"""How people want to meet, which variant they want, and what they say is wrong."""

from __future__ import annotations

import pytest

from bot.text.wishes import read_kind, read_option, read_wrong, refuses_option, wants_other_place


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("kan iemand bij mij thuis langskomen", "huisbezoek"),
        ("ik kan niet van huis", "huisbezoek"),
        ("keukentafelgesprek", "huisbezoek"),
        ("beeldbellen graag", "video"),
        ("een videogesprek", "video"),
        ("kunt u mij morgen om 10 uur bellen", "terugbellen"),
        ("telefonisch", "terugbellen"),
        ("belafspraak", "terugbellen"),
        ("aan de balie", "balie"),
        ("ik kom langs", "balie"),
        ("thuis laten bezorgen", None),
        ("paspoort aanvragen", None),
    ],
)
def test_the_way_to_meet(said: str, kind: str | None) -> None:
    assert read_kind(said) == kind


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("gratis trouwen", "kosteloos"),
        ("met ceremonie", "ceremonie"),
        ("een eenvoudig huwelijk", "eenvoudig"),
        ("laat het bezorgen", "bezorgen"),
    ],
)
def test_the_variant(said: str, option: str) -> None:
    assert read_option(said) == option


def test_a_variant_that_is_refused_is_not_wanted() -> None:
    assert read_option("toch niet bezorgen") is None
    assert refuses_option("toch niet bezorgen")
    assert not refuses_option("niet op woensdag")


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("mijn naam is verkeerd", "name"),
        ("het e-mailadres klopt niet", "email"),
        ("ander telefoonnummer", "phone"),
        ("de dag klopt niet", "time"),
        ("andere tijd", "time"),
        ("verkeerd gemeentehuis", "place"),
        ("mijn gegevens kloppen niet", "details"),
        ("dat is fout", None),
        ("mijn naam", None),
    ],
)
def test_the_part_that_is_wrong(said: str, part: str | None) -> None:
    assert read_wrong(said) == part


@pytest.mark.parametrize("said", ["ander loket", "een andere locatie", "ergens anders", "welke gemeentehuizen zijn er"])
def test_another_place(said: str) -> None:
    assert wants_other_place(said)
