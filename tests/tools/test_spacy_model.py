"""The model is fetched from the first address that gives the very file; the others are told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.tools import spacy_model
from bot.tools.spacy_model import WANTED, fetch

WHEEL = b"a wheel"
FIRST, SECOND = "https://one.example/nl-3.4.0-py3-none-any.whl", "https://two.example/resolve/abc/nl-any-py3-none-any.whl"
TEXT = f"nl @ {FIRST} \\\n    --hash=sha256:{hashlib.sha256(WHEEL).hexdigest()}\n# {SECOND}\n"


def fetched(folder: Path, first: Callable[[], httpx.Response], second: Callable[[], httpx.Response]) -> Path | None:
    def answer(request: httpx.Request) -> httpx.Response:
        return first() if request.url.host == "one.example" else second()

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        return fetch(client, TEXT, folder)


def away() -> httpx.Response:
    raise httpx.ConnectTimeout("away")


def unasked() -> httpx.Response:
    raise AssertionError("the second address is asked though the first had the file")


def test_the_first_address_is_enough(tmp_path: Path) -> None:
    wheel = fetched(tmp_path, lambda: httpx.Response(200, content=WHEEL), unasked)
    assert wheel == tmp_path / "nl-3.4.0-py3-none-any.whl"
    assert wheel.read_bytes() == WHEEL


@pytest.mark.parametrize("first", [away, lambda: httpx.Response(403), lambda: httpx.Response(200, content=b"please log in")])
def test_where_it_fails_the_second_gives_the_same_file_under_the_same_name(tmp_path: Path, first: Callable[[], httpx.Response]) -> None:
    wheel = fetched(tmp_path, first, lambda: httpx.Response(200, content=WHEEL))
    assert wheel == tmp_path / "nl-3.4.0-py3-none-any.whl"


def test_another_file_is_never_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetched(tmp_path, away, lambda: httpx.Response(200, content=b"another model")) is None
    assert list(tmp_path.iterdir()) == []
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in told] == ["ConnectTimeout", "another file than spacy-model.txt names"]


def test_an_endless_answer_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_model, "_LARGEST", 10)
    assert fetched(tmp_path, lambda: httpx.Response(200, content=WHEEL * 9), away) is None


def test_the_file_names_one_version_two_addresses_and_a_hash() -> None:
    text = WANTED.read_text("utf-8")
    addresses = re.findall(r"https://\S+\.whl", text)
    assert [address.split("/")[2] for address in addresses] == ["github.com", "huggingface.co"]
    assert "/main/" not in text  # a branch gives another model after the next release
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", text)) == 1
