"""Prepares the process for Rasa: no telemetry, one thread for TensorFlow and the linear algebra, logs without citizen text."""

from __future__ import annotations

import os

from bot.engine.quiet import quiet_libraries
from bot.logs import configure_logs
from bot.settings import Settings

_VARIABLES = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def prepare(settings: Settings) -> None:
    """Set what Rasa and TensorFlow read at import, and configure the logs; call before the first `import rasa`."""
    os.environ.update(_VARIABLES)
    configure_logs(settings, "engine")
    quiet_libraries()


def limit_threads() -> None:
    """Give TensorFlow one thread: processes share the cores, so more threads only get in each other's way."""
    from rasa.utils.tensorflow.environment import setup_tf_environment  # noqa: PLC0415 (imports TensorFlow)

    setup_tf_environment()
