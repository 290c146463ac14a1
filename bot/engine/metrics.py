"""What the engine counts and times, for /metrics."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """A registry of its own, so that two servers in one process do not clash."""

    def __init__(self) -> None:
        """Start every count at nought."""
        self.registry = CollectorRegistry()
        self.turns = Counter("engine_turns", "Turns by outcome: ok, repeated or an error code", ["outcome"], registry=self.registry)
        self.turn_seconds = Histogram("engine_turn_seconds", "Time of a whole turn", buckets=_SECONDS, registry=self.registry)
        self.turns_running = Gauge("engine_turns_running", "Turns under way", registry=self.registry)
        self.action_seconds = Histogram(
            "engine_action_seconds", "Time of one call of the action server", ["action"], buckets=_SECONDS, registry=self.registry
        )
        self.models = Counter("engine_models", "Model files by what became of them: loaded or refused", ["outcome"], registry=self.registry)

    def text(self) -> bytes:
        """The counts in Prometheus' text format."""
        return generate_latest(self.registry)
