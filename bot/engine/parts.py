"""Puts the engine's parts together; importing it imports Rasa, so `environment.prepare` comes first."""

from __future__ import annotations

from pathlib import Path

from bot.engine.actions import ActionClient, ActionServer
from bot.engine.agent import EngineAgent
from bot.engine.locks import ConversationLocks
from bot.engine.metrics import Metrics
from bot.engine.models import Models
from bot.engine.server import House
from bot.engine.trackers import Trackers
from bot.engine.turns import Turns
from bot.settings import Settings


def build(settings: Settings) -> House:
    """All that a server needs; nothing is connected or loaded yet. Raises ConfigurationError without a token."""
    token = settings.require("engine_token")
    metrics, locks = Metrics(), ConversationLocks()
    client, trackers = ActionClient(settings, metrics), Trackers(settings)

    def load(path: Path) -> EngineAgent:
        agent = EngineAgent(ActionServer(client), locks)
        agent.load_model(path)
        return agent

    models = Models(settings.models_dir, load, metrics)
    return House(token, models, trackers, client, Turns(settings, models, trackers, locks, metrics), metrics)


def load_agent(path: Path, settings: Settings) -> EngineAgent:
    """The model alone, to understand texts without a server; it cannot call actions."""
    agent = EngineAgent(ActionServer(ActionClient(settings, Metrics())), ConversationLocks())
    agent.load_model(path)
    return agent
