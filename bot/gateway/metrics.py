"""What Prometheus may count: turns, times, queue and errors; never who or what."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 8.0, 30.0)

MESSAGES = Counter("wegwijs_messages", "Citizens' messages at the gate, by channel and outcome", ["channel", "outcome"])
ACK_SECONDS = Histogram("wegwijs_ack_seconds", "From the arrival of a message to its acknowledgement", ["channel"], buckets=_BUCKETS)
TURNS = Counter("wegwijs_turns", "Turns by outcome", ["outcome"])
TURN_SECONDS = Histogram("wegwijs_engine_seconds", "Time of one call of the engine", buckets=_BUCKETS)
ANSWER_SECONDS = Histogram("wegwijs_answer_seconds", "From a citizen's message to its stored answer", buckets=_BUCKETS)
OWED = Gauge("wegwijs_turns_owed", "Turns that wait for an answer")
CONNECTIONS = Gauge("wegwijs_live_connections", "Open live connections of this gateway")
DANGER = Counter("wegwijs_danger", "Danger heard at the gate, by kind", ["kind"])
