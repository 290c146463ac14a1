"""Seals secrets that must be read again (second factors, webhooks): who reads the database, or a copy of it, has nothing to use."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BotError, ConfigurationError
from bot.settings import Settings

_MARK = "fernet:"
"""Before what is sealed; a secret of an older version stands there as it is."""

FILE = "desk.keys"
"""In DATA_DIR when DESK_KEYS is empty: a key a line, the newest first."""


class KeyMissing(BotError):
    """None of the keys that are there opens it."""


class Seal:
    """Seals with the newest key and opens with any. Each secret belongs to one owner and opens for no other."""

    def __init__(self, load: Callable[[bool], list[str]]) -> None:
        """`load` gives the keys, newest first; with True it makes one when there is none. It is called at the first need."""
        self._load = load
        self._ferns: list[Fernet] = []

    def has_keys(self, *, make: bool = False) -> bool:
        """Whether there is any key; with `make` there is. Raises ConfigurationError when what should be a key is none."""
        if not self._ferns:
            try:
                self._ferns = [Fernet(key) for key in self._load(make)]
            except ValueError as error:
                message = "a key to seal with is not one: DESK_KEYS (or DATA_DIR/desk.keys) holds what `bot.tools desk-key` makes"
                raise ConfigurationError(message) from error
        return bool(self._ferns)

    def close(self, owner: UUID, secret: str) -> str:
        """The sealed secret, to be kept; makes the first key when there is none. Raises KeyMissing."""
        if not self.has_keys(make=True):
            raise KeyMissing
        return _MARK + self._ferns[0].encrypt(f"{owner} {secret}".encode()).decode()

    def open(self, owner: UUID, kept: str) -> str:
        """The secret again. Raises KeyMissing when none of the keys fits, or it was another owner's."""
        if not is_sealed(kept):
            return kept
        try:
            found, _, secret = self._opened(kept).partition(" ")
        except KeyMissing:
            self._ferns = []  # a key may have been made since they were read
            found, _, secret = self._opened(kept).partition(" ")
        if found != str(owner):
            raise KeyMissing
        return secret

    def _opened(self, kept: str) -> str:
        if not self.has_keys():
            raise KeyMissing
        try:
            return MultiFernet(self._ferns).decrypt(kept.removeprefix(_MARK)).decode()
        except InvalidToken as error:
            raise KeyMissing from error

    def renewed(self, owner: UUID, kept: str) -> str | None:
        """What is kept, sealed with the newest key; None when it is already. Raises KeyMissing."""
        secret = self.open(owner, kept)
        if is_sealed(kept):
            with suppress(InvalidToken):
                self._ferns[0].decrypt(kept.removeprefix(_MARK))
                return None
        return self.close(owner, secret)


def new_key() -> str:
    """A fresh key."""
    return Fernet.generate_key().decode()


def load_keys(settings: Settings, *, make: bool) -> list[str]:
    """The keys of DESK_KEYS, or else of the file; with `make` a missing file is written. Raises ConfigurationError."""
    if settings.desk_keys:
        return _split(settings.desk_keys.reveal().replace(",", "\n"))
    path = settings.data_dir / FILE
    if make and not path.exists():
        write_keys(path, [new_key()], new=True)
    return _split(path.read_text("utf-8")) if path.exists() else []


def write_keys(path: Path, keys: list[str], *, new: bool = False) -> None:
    """Write the file so that only its owner reads it; with `new` an existing one is left alone. Raises ConfigurationError."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.touch(mode=0o600)
        beside.write_text("".join(f"{key}\n" for key in keys), "utf-8")
        if new:
            with suppress(FileExistsError):
                os.link(beside, path)  # whole or not at all, and never over what another gateway has just made
            beside.unlink()
        else:
            beside.replace(path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written ({error.strerror}): set DESK_KEYS to a key of `bot.tools desk-key`") from error


def is_sealed(kept: str) -> bool:
    """Whether this is sealed, and not a secret as older versions kept it."""
    return kept.startswith(_MARK)


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
