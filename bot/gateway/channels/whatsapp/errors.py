"""The numbers of Meta's errors that decide what we do."""

PAIR_RATE = 131056
"""Too many messages to one citizen in a short time."""

WINDOW_CLOSED = 131047
"""More than a day after the citizen's last message."""

BUSY = frozenset({4, 80007, 130429, 131016, 131048, 131057, 131000, 2, 1, 133016})
"""Errors of throughput or of Meta itself: they pass. (Meta, error codes.)"""

TOKEN = frozenset({0, 3, 10, 190, 200, 131005})
"""Errors of the token: somebody must repair it, until then everything waits."""
