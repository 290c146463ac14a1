#!/usr/bin/env bash
# Everything: checks, the engine's tests, the trained model in the running house, browsers.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=$PWD
title() { printf '\n\033[36m== %s\033[0m (%s s)\n' "$1" "$SECONDS"; }

# Two halves of about the same length beside each other. The browsers of tests/web and the tests with an event loop of their own
# cannot share a process.
engine_and_web() {
  .venv-rasa/bin/python -m pytest tests/engine -q && .venv/bin/python -m pytest tests/web -m "model or browser" -q
}
house() {
  .venv/bin/python -m pytest tests --ignore=tests/engine --ignore=tests/web -m "model or browser" -q
}

# Training fills little more than one core, and nothing in the checks needs a model.
title "Training, beside the checks"
set -m  # a group of its own, so that nothing of it is left when the checks fail
.venv/bin/python -m bot.tools train > >(sed -u 's/^/train | /') 2>&1 & training=$!
set +m
trap 'kill -- "-$training" 2>/dev/null || true' EXIT
deploy/check.sh
wait "$training"
trap - EXIT
title "Engine and widget, beside model, house and desk"
engine_and_web > >(sed -u 's/^/web | /') 2>&1 & first=$!
house > >(sed -u 's/^/house | /') 2>&1 & second=$!
failed=0
wait "$first" || failed=1
wait "$second" || failed=1
title "Done"
exit "$failed"
