# The only entrance: `make` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
RASA := .venv-rasa/bin/python
TOOLS := $(PY) -m bot.tools
export PYTHONPATH := $(CURDIR)
export RASA_TELEMETRY_ENABLED := false

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## ?/  \1\t/' | expand -t 22

run: install train  ## install what is missing, train if needed, and run everything until Ctrl-C
	@exec $(TOOLS) serve

install:  ## make both environments and build the front end
	@deploy/install.sh run

install-test:
	@deploy/install.sh test

train: install  ## train the model if the knowledge, the data or the configuration changed
	@$(TOOLS) train

talk:  ## chat with the running house in the terminal
	@$(TOOLS) talk

test: install-test  ## everything: checks, unit tests, the model, real conversations, browsers
	@deploy/test.sh

check: install-test  ## what needs no model: format, lint, types, knowledge, unit tests (under a minute)
	@deploy/check.sh

validate:  ## Rasa's own validation, and the checks for what it does not tell
	@deploy/validate.sh

knowledge:  ## check every knowledge file
	@$(TOOLS) check-knowledge

schema:  ## write the JSON Schemas of the knowledge files
	@$(TOOLS) schema

freshness:  ## what expires, what was not checked for long, what is example data
	@$(TOOLS) freshness

readability:  ## how readable every answer is
	@$(TOOLS) readability

coverage:  ## what is covered, per theme and per municipality (python -m bot.tools coverage --products shows all)
	@$(TOOLS) coverage

variety:  ## how varied and how separable the example questions are
	@$(TOOLS) variety

new-product:  ## scaffold a product: make new-product ID=hondenbelasting
	@$(TOOLS) new-product $(ID)

new-municipality:  ## scaffold a municipality: make new-municipality ID=alkmaar
	@$(TOOLS) new-municipality $(ID)

understand:  ## what is understood of each line of standard input, one JSON object a line
	@$(TOOLS) understand

evaluate:  ## measure the newest model on the held-out sentences of tests/nlu; report and pictures in bench/results
	@$(TOOLS) evaluate && $(PY) -m bench.plots

compare:  ## put stock Rasa and other models beside ours on the same sentences (half an hour; ONLY="bayes centroid" for some)
	@$(RASA) -m bench.compare $(if $(ONLY),--only $(ONLY)) && $(PY) -m bench.plots

widget-report:  ## axe on every state and look of the widget, its size, and pictures of it (some minutes)
	@cd web && npm run build >/dev/null && cd .. && $(PY) -m bench.widget

benchmark:  ## our intent classifier on any labelled set: make benchmark TRAIN=a.csv TEST=b.csv
	@$(TOOLS) benchmark $(TRAIN) $(TEST)

danger:  ## learn again what danger sounds like, after a change in knowledge/gevaar/zinnen
	@$(TOOLS) danger

zones:  ## compute where the zones of confidence begin, for config.yml
	@$(TOOLS) zones

when:  ## what dates and times each line of standard input says (NOW=2026-11-22T10:00)
	@$(TOOLS) when $(if $(NOW),--now $(NOW))

new-admin:  ## make the first administrator of the desk: make new-admin EMAIL=you@example.nl
	@$(TOOLS) new-agent $(EMAIL) --role admin

callbacks:  ## list the call-back requests, overdue ones first (python -m bot.tools callbacks --done REFERENCE ends one)
	@$(TOOLS) callbacks

doctor:  ## look at every part of the installation and say what is wrong
	@$(TOOLS) doctor

reset:  ## forget all conversations of this machine (asks first)
	@$(TOOLS) reset

lock:  ## pin and hash the requirements again
	@cd requirements && for set in "app 3.12" "dev 3.12" "rasa 3.10" "rasa-dev 3.10"; do set -- $$set; \
	  ../.uv/bin/uv pip compile $$1.in -p $$2 --generate-hashes --no-emit-index-url --no-header -o $$1.txt -q || exit 1; done

.PHONY: help run install install-test train talk test check validate danger knowledge schema freshness readability coverage variety \
  new-product new-municipality understand evaluate compare widget-report benchmark zones new-admin callbacks doctor reset lock
