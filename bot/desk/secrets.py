"""Passwords, second factors and tokens: what is kept of them, and whether what is given is right."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from bot.desk.errors import WeakPassword
from bot.settings import ROOT

SHORTEST, LONGEST = 12, 128
"""Characters of a password. (NCSC, Factsheet wachtwoorden: length before rules about signs.)"""

ISSUER = "Wegwijs"
_STEP_SECONDS = 30
_RECOVERY_CODES = 8

_hasher = PasswordHasher()
_DUMMY = _hasher.hash(secrets.token_hex(16))
"""Checked when there is no account, so that an unknown address takes as long as a wrong password."""


def hash_password(password: str, personal: Sequence[str] = ()) -> str:
    """The argon2id hash of a new password. Raises WeakPassword; `personal` are words that must not be all of it."""
    simple = "".join(sign for sign in password.casefold() if sign.isalnum())
    known = {"".join(sign for sign in word.casefold() if sign.isalnum()) for word in personal if word}
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 5 or simple in known or simple in _common():
        raise WeakPassword
    return _hasher.hash(password)


def is_password(password: str, stored: str | None) -> bool:
    """Whether `password` is the one that was hashed; takes the same time when there is none."""
    try:
        return _hasher.verify(stored or _DUMMY, password[:LONGEST]) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def new_token() -> str:
    """A token for a session or a link; only its hash is kept."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def new_totp() -> str:
    """A fresh secret for an authenticator app."""
    return pyotp.random_base32()


def totp_address(secret: str, email: str) -> str:
    """The address that an authenticator app reads (otpauth://…)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def qr_code(address: str) -> str:
    """The address as a picture (SVG), for the app's camera."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=5, border=2, xmldecl=False, svgns=True)
    return picture.getvalue().decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step for which `code` is right, now or one step either way; None when it is wrong."""
    clean = "".join(code.split())
    for distance in (0, -1, 1):
        step = int(now.timestamp()) // _STEP_SECONDS + distance
        if secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), clean.encode()):
            return step
    return None


def recovery_codes() -> list[str]:
    """Codes to write down, each good for one sign-in without the app."""
    letters = "23456789abcdefghjkmnpqrstuvwxyz"
    return ["-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(2)) for _ in range(_RECOVERY_CODES)]


def recovery_hash(code: str) -> bytes:
    """What is kept of a recovery code; blanks, dashes and capitals do not matter."""
    return token_hash("".join(sign for sign in code.casefold() if sign.isalnum()))


def _common() -> frozenset[str]:
    """Passwords that everybody tries, in small letters and without signs."""
    lines = (ROOT / "bot" / "desk" / "common_passwords.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
