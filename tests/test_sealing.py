"""Secrets at rest: readable with the key alone, and for their owner alone."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from bot.errors import ConfigurationError
from bot.sealing import FILE, KeyMissing, Seal, is_sealed, load_keys, new_key
from bot.settings import Secret, Settings

ANNA, BRAM = uuid4(), uuid4()


def seal_with(*keys: str) -> Seal:
    return Seal(lambda _: list(keys))


def test_what_is_sealed_is_not_readable_and_opens_for_its_own_account_only() -> None:
    seal = seal_with(new_key())
    kept = seal.close(ANNA, "JBSWY3DPEHPK3PXP")
    assert is_sealed(kept)
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert seal.open(ANNA, kept) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(KeyMissing):
        seal.open(BRAM, kept)


def test_an_older_key_opens_and_what_it_sealed_is_renewed_with_the_newest() -> None:
    old, new = new_key(), new_key()
    kept = seal_with(old).close(ANNA, "S")
    renewed = seal_with(new, old).renewed(ANNA, kept)
    assert renewed is not None
    assert seal_with(new).open(ANNA, renewed) == "S"
    assert seal_with(new, old).renewed(ANNA, renewed) is None


@pytest.mark.parametrize("keys", [(), (new_key(),)])
def test_without_the_right_key_it_says_that_the_key_is_gone(keys: tuple[str, ...]) -> None:
    kept = seal_with(new_key()).close(ANNA, "S")
    with pytest.raises(KeyMissing):
        seal_with(*keys).open(ANNA, kept)


def test_what_is_no_key_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="DESK_KEYS"):
        seal_with("too short").close(ANNA, "S")


def test_one_machine_makes_its_key_once_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "run")
    assert load_keys(settings, make=False) == []
    made = load_keys(settings, make=True)
    assert load_keys(settings, make=True) == made
    assert (tmp_path / "run" / FILE).stat().st_mode & 0o777 == 0o600
    assert load_keys(Settings(data_dir=tmp_path, desk_keys=Secret("b, a")), make=True) == ["b", "a"]


def test_a_key_that_was_made_while_the_house_runs_is_found() -> None:
    keys = [new_key()]
    running = Seal(lambda _: list(keys))
    running.close(ANNA, "S")
    keys.insert(0, new_key())
    assert running.open(ANNA, seal_with(keys[0]).close(ANNA, "T")) == "T"
