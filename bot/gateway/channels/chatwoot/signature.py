"""Whether a webhook really comes from our Chatwoot: the secret in the path, and the signature over time and bytes."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import datetime

REPLAY_SECONDS = 300
"""A signed webhook is believed for so long before or after the moment that it carries."""

_PREFIX = "sha256="
_SECONDS = re.compile("[0-9]{1,12}")


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of X-Chatwoot-Signature for a body sent at `timestamp` (seconds since 1970)."""
    return _PREFIX + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def is_signed(secrets: Iterable[str], body: bytes, timestamp: str | None, header: str | None, now: datetime) -> bool:
    """Whether `header` is the signature of one of `secrets` over these very bytes, made just now; compared in constant time."""
    if not header or not timestamp or not _SECONDS.fullmatch(timestamp) or abs(now.timestamp() - int(timestamp)) > REPLAY_SECONDS:
        return False
    return any([hmac.compare_digest(sign(secret, timestamp, body).encode(), header.encode()) for secret in secrets])


def is_secret(wanted: str, given: str) -> bool:
    """Whether the secret of the path is ours, compared in constant time; without one of ours nothing is."""
    return bool(wanted) and hmac.compare_digest(wanted.encode(), given.encode())
