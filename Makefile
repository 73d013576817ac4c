# whence: everything a contributor runs. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WHENCE_DATA ?= ../shared
export WHENCE_DATA

.DEFAULT_GOAL := help
.PHONY: help run test test-all check evaluate train clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.installed  ## set up .venv and code the example articles
	@$(BIN)/whence read examples/*.txt examples/*.html examples/*.jsonl

test: check  ## check, then the tests without the long rounds
	@$(BIN)/python -m pytest -m "not long"

test-all: check  ## check, then all tests
	@$(BIN)/python -m pytest

check: $(VENV)/.installed-dev  ## lint, formatting, types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

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

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "installing the tools for tests and checks" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/.installed-train: $(VENV)/.installed-dev
	@echo "installing torch for training (large)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,train]'
	@touch $@
