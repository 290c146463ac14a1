"""Starts the engine: `python -m bot.engine`."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.engine.environment import limit_threads, prepare
from bot.errors import ConfigurationError
from bot.settings import Settings, load_settings


def _settings() -> Settings:
    """The settings, or an end with a plain sentence: before Rasa's slow import."""
    try:
        settings = load_settings()
        settings.require("engine_token")
        if not settings.database_url:
            raise ConfigurationError("DATABASE_URL must be set; `make run` starts a database and sets it for every process")
    except ConfigurationError as error:
        raise SystemExit(str(error)) from error
    return settings


def main() -> None:
    """Serve until told to stop; turns under way are finished first."""
    settings = _settings()
    prepare(settings)
    limit_threads()
    from bot.engine.parts import build  # noqa: PLC0415 (imports Rasa)
    from bot.engine.server import create_app  # noqa: PLC0415

    address = urlsplit(settings.engine_url)
    app = create_app(build(settings))
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = settings.engine_timeout
    app.run(host=address.hostname or "127.0.0.1", port=address.port or 5006, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
