# Saixunzheng: two commands matter, `make run` and `make test`. `make` alone lists the others.
SHELL := /bin/bash
PYTHON3 ?= python3
BIN := .venv/bin
PORT ?= 8000
export PYTHONDONTWRITEBYTECODE ?= 1

.DEFAULT_GOAL := help
.PHONY: help install install-dev assets run test test-slow check bench demo-reset serve worker messages lock

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# Stamps live in .venv and carry the hash of their lock: a new lock or a new .venv installs again, nothing else does.
INSTALLED := .venv/installed-$(shell sha256sum requirements.lock | cut -c1-12)
INSTALLED_DEV := .venv/installed-dev-$(shell sha256sum requirements-dev.lock | cut -c1-12)
PIP := $(BIN)/python -m pip install -q -q --disable-pip-version-check --require-hashes

.venv/bin/python:
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 is older than 3.11: call make with PYTHON3=/path/to/a/newer/python3"; exit 1; }
	@$(PYTHON3) -c 'import venv, ensurepip' 2>/dev/null || { echo "python3 lacks venv. On Debian and Ubuntu type: sudo apt-get install -y python3-venv"; exit 1; }
	@$(PYTHON3) -m venv .venv

$(INSTALLED): | .venv/bin/python
	@echo "Installing what requirements.lock names …"
	@$(PIP) -r requirements.lock
	@touch $@

$(INSTALLED_DEV): | $(INSTALLED)
	@echo "Installing what the tests need …"
	@$(PIP) -r requirements-dev.lock
	@touch $@

install: $(INSTALLED) assets ## set up .venv and the front-end assets from the locks

install-dev: $(INSTALLED_DEV) ## the same with what tests need
	@$(BIN)/python -m backend.ui.assets --dev

assets: $(INSTALLED) ## fetch the front-end assets named in the lock
	@$(BIN)/python -m backend.ui.assets

run: install ## embedded mode with the demo season on http://127.0.0.1:8000
	@$(BIN)/python manage.py serve --demo --port $(PORT)

test: install-dev ## all tests; says what was skipped and why
	@$(BIN)/python -m tests

test-slow: install-dev ## chaos and long fuzz
	@$(BIN)/python -m tests --slow

check: install-dev ## style, types, floor plan, migrations, texts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py messages --check

bench: install-dev ## the benchmarks, each beside its limit
	@$(BIN)/python -m tests.bench

demo-reset: $(INSTALLED) ## throw the embedded state away and load the demo season anew
	@$(BIN)/python manage.py demo --reset --port $(PORT)

serve: $(INSTALLED) ## production: several server processes (see .env.example)
	@$(BIN)/python manage.py serve --port $(PORT)

worker: $(INSTALLED) ## production: the task queue with its beat
	@$(BIN)/python manage.py checks_start
	@$(BIN)/celery -A backend.config.celery worker --beat --loglevel INFO --schedule $${STATE_DIR:-var}/celerybeat-schedule

messages: install-dev ## collect every room's texts into the one catalogue
	@$(BIN)/python manage.py messages

lock: ## renew the locks from pyproject.toml
	@rm -rf var/lock && $(PYTHON3) -m venv var/lock && var/lock/bin/pip install -q uv
	@var/lock/bin/uv pip compile -q --universal --upgrade --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	@var/lock/bin/uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	@rm -rf var/lock
