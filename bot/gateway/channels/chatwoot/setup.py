"""What is configured of Chatwoot: the inboxes with their municipalities, tokens, signing secrets and teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import ConfigurationError
from bot.gateway.channels.chatwoot.outward import origin
from bot.settings import Secret, Settings, pairs

SHORTEST_SECRET = 16
"""Characters of the word in the path; with a shorter one nothing is let in."""


@dataclass(frozen=True)
class Inbox:
    """One inbox: the account it stands in, and its municipality (None: the citizen is asked)."""

    account: str
    municipality: str | None


@dataclass(frozen=True)
class Connection:
    """Where Chatwoot is and who we are there; `tokens` by account, under the empty name for every other."""

    url: str
    tokens: Mapping[str, Secret]
    teams: Mapping[str, str] = field(default_factory=dict)
    label_tokens: Mapping[str, Secret] = field(default_factory=dict)
    """Tokens of people, by account as `tokens`, for a Chatwoot that gives a bot no right to labels. (Since chatwoot#14655 it does.)"""
    timeout: float = 10.0
    """Seconds for one call."""
    storage: frozenset[str] = frozenset()
    """Origins of its file storage that are not on the internet."""


def connection_of(settings: Settings) -> Connection:
    """All of it from the settings. Raises ConfigurationError on a value that is none."""
    return Connection(
        settings.chatwoot_url, tokens_of(settings), teams_of(settings), label_tokens_of(settings), storage=storage_of(settings)
    )


def inboxes_of(settings: Settings) -> Mapping[str, Inbox]:
    """Inbox id, unique over all accounts of one Chatwoot → inbox. Raises ConfigurationError on a value that is none."""
    found = {}
    for name, municipality in pairs(settings.chatwoot_inboxes, "CHATWOOT_INBOXES"):
        account, separator, inbox = name.partition("/")
        if not (separator and account.isdigit() and inbox.isdigit()):
            raise ConfigurationError(f"CHATWOOT_INBOXES has {name!r}; it should be account/inbox:municipality, like 1/3:castricum")
        found[inbox] = Inbox(account, municipality or None)
    return found


def tokens_of(settings: Settings) -> Mapping[str, Secret]:
    """Account → token of the agent bot there; under the empty name the token for every other account."""
    return _by_account(settings.chatwoot_token, "CHATWOOT_TOKEN")


def label_tokens_of(settings: Settings) -> Mapping[str, Secret]:
    """The same for whoever may set labels; empty when nobody may."""
    return _by_account(settings.chatwoot_label_token, "CHATWOOT_LABEL_TOKEN")


def _by_account(tokens: Secret, name: str) -> Mapping[str, Secret]:
    value = tokens.reveal()
    if ":" not in value:
        return {"": tokens} if value else {}
    try:
        return {account: Secret(token) for account, token in pairs(value, name)}
    except ConfigurationError:
        raise ConfigurationError(f"{name} should be one token, or pairs account:token divided by commas") from None


def signing_secrets_of(settings: Settings) -> tuple[str, ...]:
    """The secrets with which webhooks may be signed, one an agent bot; empty for a Chatwoot that signs nothing."""
    return tuple(part.strip() for part in settings.chatwoot_signing_secret.reveal().split(",") if part.strip())


def storage_of(settings: Settings) -> frozenset[str]:
    """The origins (https://host:port) of Chatwoot's own file storage. Raises ConfigurationError on an address that is none."""
    return frozenset(_origin(part.strip()) for part in settings.chatwoot_storage.split(",") if part.strip())


def _origin(address: str) -> str:
    found = origin(address)
    if found is None:
        raise ConfigurationError(f"CHATWOOT_STORAGE has {address!r}; it should be addresses like https://files.example.nl")
    return found


def teams_of(settings: Settings) -> Mapping[str, str]:
    """Team of ours → id of the team in Chatwoot that gets its conversations."""
    return dict(pairs(settings.chatwoot_teams, "CHATWOOT_TEAMS"))
