#!/usr/bin/env bash
# What needs no model: format, lint, types, knowledge, generated files, unit tests.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=$PWD
py=.venv/bin/python
title() { printf '\n\033[36m== %s\033[0m\n' "$1"; }

title "Format and lint"; .venv/bin/ruff format --check -q bot actions tests bench && .venv/bin/ruff check -q bot actions tests bench
title "Types"; .venv/bin/mypy
title "Knowledge"; $py -m bot.tools check-knowledge --errors-only
title "Generated files"; $py -m bot.tools nlu-data --check; $py -m bot.tools danger --check; $py -m bot.tools env-example --check; $py -m bot.tools schema --check
title "Rasa"; deploy/validate.sh
title "Unit tests"; $py -m pytest tests --ignore=tests/engine -m "not model and not browser" -q -n auto --dist worksteal
title "Front end"; PATH="$PWD/.node/bin:$PATH" npm --prefix web test --silent
