# whence: everything a contributor runs. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLES := $(VENV)/examples.db
WHENCE_DATA ?= ../shared
export WHENCE_DATA

.DEFAULT_GOAL := help
.PHONY: help run serve test test-all check browser java evaluate train clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.installed  ## set up .venv, code the example articles into an archive and print its events
	@$(BIN)/whence ingest examples/*.txt examples/*.html examples/*.jsonl --archive $(EXAMPLES)
	@$(BIN)/whence search --archive $(EXAMPLES) --limit 0
	@echo 'they are in $(EXAMPLES); make serve shows them in the browser' >&2

serve: $(VENV)/.installed-web  ## show the example articles in the browser, until Ctrl-C
	@test -f $(EXAMPLES) || $(BIN)/whence ingest examples/*.txt examples/*.html examples/*.jsonl --archive $(EXAMPLES)
	@$(BIN)/whence serve --archive $(EXAMPLES) --open

test: check browser java  ## check, then the tests without the long rounds
	@$(BIN)/python -m pytest -m "not long"

test-all: check browser java  ## check, then all tests
	@$(BIN)/python -m pytest

check: $(VENV)/.installed-dev  ## lint, formatting, types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

# Tests of pages want Chromium. Where it cannot be installed they are skipped, and say so.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || ! command -v apt-get >/dev/null || \
	 [ "$$(id -u)" != 0 ] || { echo "installing Chromium for the tests of pages" >&2; \
	 (timeout 120 apt-get -qq update && timeout 300 apt-get -qq install -y --no-install-recommends chromium) >/dev/null || \
	 echo "Chromium could not be installed; its tests are skipped" >&2; }

# Tests of Spark want Java. Where it cannot be installed they are skipped, and say so.
java:
	@command -v java >/dev/null || ! command -v apt-get >/dev/null || \
	 [ "$$(id -u)" != 0 ] || { echo "installing Java for the tests of Spark" >&2; \
	 (timeout 120 apt-get -qq update && timeout 300 apt-get -qq install -y --no-install-recommends default-jre-headless) \
	 >/dev/null || echo "Java could not be installed; its tests are skipped" >&2; }

evaluate: $(VENV)/.installed-dev  ## measure against the gold data in WHENCE_DATA, and hold the floors
	@$(BIN)/python -m evaluation.run

train: $(VENV)/.installed-train  ## make the model anew from the corpora in WHENCE_DATA
	@$(BIN)/python -m training.train
	@$(BIN)/python -m training.export
	@$(BIN)/python -m training.relation

clean:  ## remove what the targets above have made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each set of packages: a target that is run again installs nothing.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "whence needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@echo "setting up $(VENV)" >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo "installing whence and what it needs (about 100 MB to fetch the first time)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-web: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[web]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "installing the tools for tests and checks" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/.installed-train: $(VENV)/.installed-dev
	@echo "installing torch for training (large)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,train]'
	@touch $@
