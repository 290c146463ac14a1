"""Keys and secrets of connectors: made here, shown once; and the signature under what we bring (Standard Webhooks)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from bot.errors import ConfigurationError

_KEY, _SECRET = "wegwijs_", "whsec_"
"""Told apart at a glance, and found by those who search for keys that leaked."""


def new_key() -> str:
    """A key for the connector's own calls; only its hash is kept."""
    return _KEY + secrets.token_urlsafe(32)


def key_hash(key: str) -> bytes:
    """What is kept of a key. It has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).digest()


def new_webhook_secret() -> str:
    """A secret to sign webhooks with."""
    return _SECRET + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, identifier: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: HMAC-SHA256 over id, timestamp (seconds since 1970) and the body's very bytes.

    Raises ConfigurationError when the secret is none of ours. (Standard Webhooks 1.0.)
    """
    try:
        key = base64.b64decode(secret.removeprefix(_SECRET), validate=True)
    except binascii.Error as error:
        raise ConfigurationError("a webhook secret is whsec_ and base64") from error
    signed = hmac.new(key, f"{identifier}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed.digest()).decode()
