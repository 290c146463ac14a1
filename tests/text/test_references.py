"""Codes that citizens say and type back."""

from __future__ import annotations

import pytest

from bot.text.references import new_reference, read_reference


def test_a_new_code_is_read_back_and_has_no_sign_that_is_mistaken_for_another() -> None:
    made = {new_reference("AF") for _ in range(500)}
    assert all(read_reference("AF", f"Mijn code is {code}.") == code for code in made)
    assert not set("".join(code[3:] for code in made)) & set("01IO")


@pytest.mark.parametrize("text", ["af-7k4m2p", "AF 7K4M2P", "AF7K4M2P", "code: af‑7k4m2p".replace("‑", "-")])
def test_a_code_is_read_however_it_is_written(text: str) -> None:
    assert read_reference("AF", text) == "AF-7K4M2P"


@pytest.mark.parametrize("text", ["", "afspraak verzetten", "een AFSPRAAK", "TB-7K4M2P", "AF-7K4M2", "AF-7K4M2PX", "AF-1OIO00"])
def test_other_text_holds_no_code(text: str) -> None:
    assert read_reference("AF", text) is None
