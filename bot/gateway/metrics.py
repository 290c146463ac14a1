"""What Prometheus may count: turns, times, queue and errors; never who or what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

from bot.gateway.errors import Refused

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 8.0, 30.0)

MESSAGES = Counter("wegwijs_messages", "Citizens' messages at the gate, by channel and outcome", ["channel", "outcome"])
ACK_SECONDS = Histogram("wegwijs_ack_seconds", "From the arrival of a message to its acknowledgement", ["channel"], buckets=_BUCKETS)
TURNS = Counter("wegwijs_turns", "Turns by outcome", ["outcome"])
TURN_SECONDS = Histogram("wegwijs_engine_seconds", "Time of one call of the engine", buckets=_BUCKETS)
ANSWER_SECONDS = Histogram("wegwijs_answer_seconds", "From a citizen's message to its stored answer", buckets=_BUCKETS)
OWED = Gauge("wegwijs_turns_owed", "Turns that wait for an answer")
CONNECTIONS = Gauge("wegwijs_live_connections", "Open live connections of this gateway")
ARRIVALS = Counter("wegwijs_arrivals", "What channels delivered, by channel and outcome", ["channel", "outcome"])
PICTURES = Counter(
    "wegwijs_pictures", "Pictures for reports that were fetched from channels, by channel and outcome", ["channel", "outcome"]
)
SENT = Counter("wegwijs_parcels", "Parcels to channels, by channel and outcome", ["channel", "outcome"])
WAITING = Gauge("wegwijs_waiting", "Citizens who wait for a person")
OLDEST_WAITING = Gauge("wegwijs_waiting_oldest_seconds", "How long the first of them has waited")
AGENTS_PRESENT = Gauge("wegwijs_agents_available", "Agents who are at their desk and available")
PROMISES_OVERDUE = Gauge("wegwijs_promises_overdue", "Call-backs and notes whose promised moment is past")
BACKGROUND_FAILURES = Counter("wegwijs_background_failures", "Errors that nobody expected in work that runs beside, by work", ["work"])
DANGER = Counter("wegwijs_danger", "Danger heard at the gate, by kind", ["kind"])


@contextmanager
def acknowledging(channel: str) -> Iterator[None]:
    """Time what happens inside and count the message by how it ended: accepted, or the code of the refusal."""
    try:
        with ACK_SECONDS.labels(channel).time():
            yield
    except Refused as refused:
        MESSAGES.labels(channel, refused.code).inc()
        raise
    MESSAGES.labels(channel, "accepted").inc()
