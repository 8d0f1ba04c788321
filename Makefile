# Everything a newcomer needs. The environment is .venv, the command is .venv/bin/scanner.
# Needs: make, Python 3.11 or newer (PYTHON=python3.12 to choose one).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help setup serve test fuzz faults examples lint format bench lock oldest clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## install what the service needs into .venv

serve: $(VENV)/.runtime ## start the service on http://127.0.0.1:8000 (SQLite in ./data)
	@$(BIN)/scanner serve

test: $(VENV)/.dev lint ## check style, types, import rules, then run all tests
	@$(BIN)/python -m pytest -n auto --maxprocesses 4

fuzz: $(VENV)/.dev ## the long run of the fuzzers: 1000 examples per operation, 50 000 steps, 5000 damaged files
	@SCANNER_FUZZ_EXAMPLES=1000 SCANNER_STATEFUL_STEPS=50000 SCANNER_HOSTILE_FILES=5000 $(BIN)/python -m pytest -s tests/api/test_fuzz.py tests/access/test_three_companies.py tests/upload/test_hostile.py

faults: $(VENV)/.dev ## the long run of faults: processes killed, databases stopped, disks filled (docs/reliability.md)
	@SCANNER_FAULTS_IN_FULL=1 $(BIN)/python -m pytest -p no:randomly tests/faults

examples: $(VENV)/.dev ## record the examples of openapi.yaml from the service, and write it anew
	@$(BIN)/python -m tests.api.recording
	@$(BIN)/scanner openapi --write

lint: $(VENV)/.dev ## ruff, mypy and the import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev ## put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## measure ours against the bare libraries (see benchmarks/)
	@$(BIN)/python -m benchmarks

lock: ## pin all dependencies with hashes again (needs uv)
	uv pip compile pyproject.toml -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/runtime.lock
	cp requirements/runtime.lock requirements/production.lock
	uv pip compile pyproject.toml -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra postgres --extra redis -o requirements/production.lock
	uv pip compile pyproject.toml -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev -o requirements/dev.lock
	uv pip compile --group pyproject.toml:build -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/build.lock

oldest: ## run the tests on the oldest versions that pyproject.toml allows (needs uv)
	uv venv -q --clear .venv-oldest
	uv pip install -q --python .venv-oldest/bin/python --resolution lowest-direct --editable .
	uv pip install -q --python .venv-oldest/bin/python --group test
	.venv-oldest/bin/python -m pytest --ignore tests/test_architecture.py

clean: ## remove the environment and caches (never ./data)
	rm -rf $(VENV) .venv-oldest .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(BIN)/python requirements/runtime.lock requirements/build.lock
	@echo "Installing into $(VENV) (about half a minute, once) ..."
	@$(PIP) install --require-hashes -r requirements/runtime.lock -r requirements/build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	@echo "Installing the tools for developers into $(VENV) (once) ..."
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@
