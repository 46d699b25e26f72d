# Everything a person or a hook needs. Needs only python3.11 and make; see docs/how-to/operate.md.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup run test check fix bench screenshots clean

help: ## these lines
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## the environment in .venv, from the lock file
	@:

$(READY): pyproject.toml uv.lock scripts/make-venv.sh
	@scripts/make-venv.sh
	@touch $(READY)

run: $(READY) ## the whole product: database, web, clock, worker (Ctrl-C stops it)
	@exec $(BIN)/redress run

test: $(READY) ## every test; installs Chromium and a CJK font when they are missing
	@scripts/test-needs.sh
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(READY) ## style, types, floors, packs; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/redress pack check --strict

fix: $(READY) ## what can be put right automatically
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY) ## measures; a table on screen and JSON in bench/
	@$(BIN)/python -m bench

screenshots: $(READY) ## every page at three widths, light and dark, into screenshots/ (ONLY=name for some, IN=en or zh-hant)
	@scripts/test-needs.sh
	@$(BIN)/python -m pytest tests/tour/pictures.py -q -s -p no:randomly

clean: ## removes the environment and caches, never the data
	@rm -rf .venv .pytest-data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
