#!/usr/bin/env bash
# Rasa's own validation, and our checks for what it does not tell (it exits 0 on many a mistake).
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=$PWD RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore
.venv/bin/python -m bot.tools validate
.venv-rasa/bin/python -m rasa data validate --fail-on-warnings --max-history 5 2>&1 | grep -vE "Warning|warn|^  " | tail -n 5
