"""The numbers of Meta's errors that decide what we do."""

PAIR_RATE = 131056
"""Too many messages to one citizen in a short time."""

WINDOW_CLOSED = 131047
"""More than a day after the citizen's last message."""

BUSY = frozenset({1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131057, 133004, 133016})
"""Errors of throughput or of Meta itself: they pass. (Meta, error codes.)"""

TOKEN = frozenset({0, 3, 10, 190, 131005, *range(200, 300)})
"""Errors of the token or of what it is allowed to do: somebody must repair it, until then everything waits."""

UNREACHABLE = (100, 33)
"""Code and subcode of a number that the token may not see (any more). (Meta, Graph API, error subcodes.)"""

ACCOUNT = frozenset({368, 131031, 131037, 131042, 131045, 133006, 133010})
"""The account or the number is locked, unpaid or not registered: somebody must repair that, until then everything waits."""

PASSING = frozenset(str(code) for code in {PAIR_RATE, *BUSY})
"""The same when a status tells them: a message that Meta took and did not bring may be sent again."""
