"""Starts the engine: `python -m bot.engine`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.engine.environment import limit_threads, prepare
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.engine.server import House


def build(settings: Settings) -> House:
    """The engine's parts put together; imports Rasa, so `prepare` must have been called."""
    from bot.engine.actions import ActionClient, ActionServer  # noqa: PLC0415 (imports Rasa)
    from bot.engine.agent import EngineAgent  # noqa: PLC0415
    from bot.engine.locks import ConversationLocks  # noqa: PLC0415
    from bot.engine.metrics import Metrics  # noqa: PLC0415
    from bot.engine.models import Models  # noqa: PLC0415
    from bot.engine.server import House  # noqa: PLC0415
    from bot.engine.trackers import Trackers  # noqa: PLC0415
    from bot.engine.turns import Turns  # noqa: PLC0415

    metrics, locks = Metrics(), ConversationLocks()
    client, trackers = ActionClient(settings, metrics), Trackers(settings)

    def load(path: Path) -> EngineAgent:
        agent = EngineAgent(ActionServer(client), locks)
        agent.load_model(path)
        return agent

    models = Models(settings.models_dir, load, metrics)
    turns = Turns(settings, models, trackers, locks, metrics)
    return House(settings.require("engine_token"), models, trackers, client, turns, metrics)


def main() -> None:
    """Serve until told to stop; turns under way are finished first."""
    settings = load_settings()
    settings.require("engine_token")
    prepare(settings)
    limit_threads()
    from bot.engine.server import create_app  # noqa: PLC0415 (imports Rasa)

    address = urlsplit(settings.engine_url)
    app = create_app(build(settings))
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = settings.engine_timeout
    app.run(host=address.hostname or "127.0.0.1", port=address.port or 5006, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
