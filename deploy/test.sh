#!/usr/bin/env bash
# Everything: checks, the engine's tests, the trained model in the running house, browsers.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=$PWD
title() { printf '\n\033[36m== %s\033[0m (%s s)\n' "$1" "$SECONDS"; }

title "Training"; .venv/bin/python -m bot.tools train
deploy/check.sh
title "Engine"; .venv-rasa/bin/python -m pytest tests/engine -q
title "Model, house and browsers"; .venv/bin/python -m pytest tests --ignore=tests/engine -m "model or browser" -q
title "Done"
