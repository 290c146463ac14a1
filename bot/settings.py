"""All settings, read once from the environment: the only reader of `os.environ`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent


class Secret:
    """A value that never prints; `reveal()` is the only way to it."""

    def __init__(self, value: str) -> None:
        """Keep `value` away from reprs and logs."""
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        """Stars, so that a logged settings object tells nothing."""
        return "Secret('***')"

    def __bool__(self) -> bool:
        """Whether there is any value."""
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        """Equal when the hidden values are."""
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        """Hash of the hidden value."""
        return hash(self._value)


def setting(default: Any, meaning: str) -> Any:
    """A dataclass field with the one line that documents it in `.env.example`."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; the name in the environment is the field's name in capitals."""

    database_url: Secret = setting(Secret(""), "PostgreSQL address; empty starts one from the pip wheel in DATA_DIR")
    data_dir: Path = setting(ROOT / ".run", "where one machine keeps its database and sockets")
    knowledge_dir: Path = setting(ROOT / "knowledge", "folder of the knowledge base")
    models_dir: Path = setting(ROOT / "models", "folder of trained models; the engine takes the newest")
    log_format: str = setting("console", "console (coloured, for people) or json")
    log_level: str = setting("info", "debug, info, warning or error")
    gateway_host: str = setting("127.0.0.1", "address the gateway listens on")
    gateway_port: int = setting(8000, "port of the gateway, the only one citizens reach")
    public_url: str = setting("", "address under which citizens reach the gateway; empty: http://localhost and GATEWAY_PORT")
    engine_url: str = setting("http://127.0.0.1:5006", "address of the engine; loopback or a private network")
    engine_token: Secret = setting(Secret(""), "bearer token between worker and engine, at least 16 characters")
    actions_url: str = setting("http://127.0.0.1:5055", "address of the action server; loopback or a private network")
    engine_timeout: float = setting(8.0, "seconds the worker waits for one turn of the engine")
    actions_timeout: float = setting(6.0, "seconds the engine waits for one action")
    messages_per_conversation: int = setting(60, "messages a minute that one conversation may send")
    messages_per_address: int = setting(6000, "messages a minute that one address may send; wide, many people share one")
    conversations_per_address: int = setting(3000, "conversations a minute that one address may start")
    calls_per_connector: int = setting(3000, "calls a minute that one connector may make on our REST channel")
    worker_metrics_port: int = setting(8001, "loopback port of the worker's /metrics")
    worker_concurrency: int = setting(16, "conversations one worker handles at the same time")
    callback_working_days: int = setting(2, "working days within which the municipality calls back")
    smtp_host: str = setting("", "mail server for confirmations and reminders; empty sends no e-mail")
    smtp_port: int = setting(587, "port of the mail server")
    smtp_user: str = setting("", "user name at the mail server; empty signs in as nobody")
    smtp_password: Secret = setting(Secret(""), "password at the mail server")
    smtp_encryption: str = setting("starttls", "starttls, tls or none (none only for a server on this machine)")
    smtp_timeout: float = setting(20.0, "seconds that one e-mail may take")
    mail_from: str = setting("", "address that e-mail to citizens comes from")
    appointment_keep_days: int = setting(28, "days after an appointment that the name and address of who came are kept")
    agent_silent_seconds: int = setting(
        45, "seconds without a sign of an agent's desk after which their conversations go back to the queue"
    )
    agent_answer_minutes: int = setting(15, "minutes a citizen waits for an agent who does nothing before going back to the queue")
    agent_idle_minutes: int = setting(15, "minutes without doing anything after which an agent counts as away")
    retention_days: int = setting(28, "days after the last message that a conversation is kept; numbers without content stay")
    exchange_token: Secret = setting(Secret(""), "token that `exchange import` sends to another catalogue; empty sends none")
    whatsapp_url: str = setting("https://graph.facebook.com/v24.0", "address and version of WhatsApp's Cloud API")
    whatsapp_token: Secret = setting(Secret(""), "access token of the Cloud API; empty turns WhatsApp off")
    whatsapp_app_secret: Secret = setting(Secret(""), "app secret with which Meta signs its webhooks")
    whatsapp_verify_token: Secret = setting(Secret(""), "token that Meta shows when it verifies the webhook; choose it yourself")
    whatsapp_numbers: str = setting("", "phone number ids with their municipality: 1234:castricum,5678:heiloo; 1234: asks the citizen")
    whatsapp_phones: str = setting(
        "", "telephone numbers by phone number id, so that a conversation can go on in WhatsApp: 1234:31251123456"
    )
    whatsapp_templates: str = setting(
        "", "approved templates with one variable, by kind of message: reminder:afspraak,callback:terugbellen"
    )
    chatwoot_url: str = setting("", "address of Chatwoot, without /api; empty turns Chatwoot off")
    chatwoot_token: Secret = setting(Secret(""), "token of the agent bot; with several accounts: 1:token,2:token")
    chatwoot_label_token: Secret = setting(
        Secret(""),
        "access token of an agent or administrator, only for labels, where a bot may not set them; written as CHATWOOT_TOKEN",
    )
    chatwoot_path_secret: Secret = setting(
        Secret(""), "long random word at the end of the webhook's address: /webhooks/chatwoot/WORD; at least 16 characters"
    )
    chatwoot_signing_secret: Secret = setting(
        Secret(""), "secret with which the agent bot signs, several with commas; empty: Chatwoot before 4.13 signs nothing"
    )
    chatwoot_inboxes: str = setting("", "account/inbox with its municipality: 1/3:castricum,1/4:heiloo; 1/5: asks the citizen")
    chatwoot_storage: str = setting(
        "", "addresses of Chatwoot's own file storage when that has no public https address: http://minio.example.internal:9000,…"
    )
    chatwoot_teams: str = setting("", "our teams with the id of Chatwoot's team that gets their hand-offs: algemeen:1,burgerzaken:2")
    appointment_timeout: float = setting(2.5, "seconds one call to an existing appointment system may take, with its tries")
    jcc_url: str = setting("", "address of JCC-Afspraken, up to and with /api/warp/v1")
    jcc_client_id: str = setting("", "client id at JCC-Afspraken")
    jcc_client_secret: Secret = setting(Secret(""), "client secret at JCC-Afspraken")
    qmatic_url: str = setting("", "address of Qmatic Orchestra, up to and with /calendar-backend/public/api")
    qmatic_api_key: Secret = setting(Secret(""), "key of the public appointment interface of Qmatic Orchestra")
    open_forms_url: str = setting("", "address of Open Forms, without /api/v2")
    open_forms_form: str = setting("", "UUID of the appointment form in Open Forms")
    open_forms_page: str = setting("", "address of the page with that form; its domain must be allowed in Open Forms")
    signalen_url: str = setting("", "address of Signalen, without /signals; municipalities whose meldingen.yml says signalen need it")
    signalen_source: str = setting(
        "online", "public source of Signalen that our reports carry; another than online must be made there first"
    )
    signalen_per_hour: int = setting(60, "reports that Signalen takes from us in an hour (its PUBLIC_THROTTLE_RATE)")
    locatieserver_url: str = setting(
        "https://api.pdok.nl/bzk/locatieserver/search/v3_1",
        "where the point of an address is looked up for Signalen; empty looks up none",
    )
    report_timeout: float = setting(10.0, "seconds one call that passes a report on may take")
    report_keep_days: int = setting(28, "days after a report was handled or passed on that its words, pictures and reporter are kept")
    desk_idle_minutes: int = setting(60, "minutes without a call after which an agent is signed out")
    desk_longest_hours: int = setting(12, "hours after which an agent must sign in again")
    desk_totp_wanted: bool = setting(False, "true: every desk account with a password needs a second factor")
    desk_keys: Secret = setting(
        Secret(""), "keys that seal second factors and webhook secrets, newest first, with commas; empty: DATA_DIR/desk.keys, made once"
    )
    oidc_issuer: str = setting("", "address of the municipality's own sign-in (OpenID Connect); empty turns it off")
    oidc_client_id: str = setting("", "our name at that provider")
    oidc_client_secret: Secret = setting(Secret(""), "our secret at that provider")
    oidc_title: str = setting("Inloggen met uw gemeenteaccount", "the words on the button that leads to the provider")
    oidc_role_claim: str = setting("roles", "claim that holds the role: agent, lead or admin, or one of OIDC_ROLES")
    oidc_roles: str = setting("", "names of the provider's roles or groups with ours: kcc:agent,kcc-lead:lead,beheer:admin")
    widget_origins: str = setting("", "websites besides the municipalities' own that may show the widget: https://test.example.nl,…")
    trusted_proxies: int = setting(0, "number of reverse proxies in front whose X-Forwarded-For is believed")

    def __post_init__(self) -> None:
        """Fill in where citizens reach us, without a slash at the end, so that every link is right on any port."""
        address = self.public_url.rstrip("/") or f"http://localhost:{self.gateway_port}"
        object.__setattr__(self, "public_url", address)

    def require(self, name: str) -> Secret:
        """The secret called `name`; raises ConfigurationError when it is empty or short."""
        secret = getattr(self, name)
        if not isinstance(secret, Secret) or len(secret.reveal()) < 16:
            message = f"{name.upper()} must be set to at least 16 random characters; `make run` makes one in .run/secrets.env"
            raise ConfigurationError(message)
        return secret


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environment` (the process's own by default); raises ConfigurationError on a value that does not parse."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for item in fields(Settings):
        raw = source.get(item.name.upper())
        if raw is not None and raw != "":
            values[item.name] = _parse(item.name, raw, item.default)
    return Settings(**values)


def _parse(name: str, raw: str, default: object) -> object:
    kind = type(default)
    try:
        if isinstance(default, Path):
            return Path(raw).expanduser().resolve()
        if isinstance(default, bool):
            return {"true": True, "1": True, "false": False, "0": False}[raw.lower()]
        return kind(raw)  # type: ignore[call-arg]
    except (KeyError, ValueError) as error:
        raise ConfigurationError(f"{name.upper()} is {raw!r}; it should be a {kind.__name__.lower()}") from error


def pairs(value: str, name: str) -> list[tuple[str, str]]:
    """The pairs of a setting like `1234:castricum,5678:`; raises ConfigurationError, with the setting's `name`, when it has none."""
    found = []
    for item in filter(None, (part.strip() for part in value.split(","))):
        key, separator, mapped = item.partition(":")
        if not separator or not key.strip():
            raise ConfigurationError(f"{name} is {value!r}; it should be pairs like 1234567890:castricum, divided by commas")
        found.append((key.strip(), mapped.strip()))
    return found
