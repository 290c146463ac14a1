"""Keep a process running: start it again, a little later each time, until told to stop."""

from __future__ import annotations

import argparse
import ctypes
import signal
import subprocess
import sys
import time

_WAITS = (0.5, 1.0, 2.0, 5.0)
_CALM_SECONDS = 30
_PR_SET_PDEATHSIG = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command to keep."""
    parser.add_argument("command", nargs=argparse.REMAINDER, help="after --, the command with its arguments")


def run(arguments: argparse.Namespace) -> int:
    """Run the command for ever; a terminate signal ends it and then us."""
    command = [word for word in arguments.command if word != "--"]
    stopping = False
    child: subprocess.Popen[bytes] | None = None

    def stop(signum: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        if child is not None and child.poll() is None:
            child.send_signal(signum)

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, stop)
    failures = 0
    while not stopping:
        started = time.monotonic()
        child = subprocess.Popen(command, preexec_fn=_die_with_parent)  # noqa: PLW1509 - our own command; one thread
        code = child.wait()
        if stopping:
            return 0
        failures = 0 if time.monotonic() - started > _CALM_SECONDS else failures + 1
        wait = _WAITS[min(failures, len(_WAITS) - 1)]
        print(f"stopped with code {code}; starting again in {wait} s", file=sys.stderr, flush=True)
        time.sleep(wait)
    return 0


def _die_with_parent() -> None:
    """Ask Linux to end the child when we are killed, so that no process is left behind; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
