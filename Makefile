# Two commands do all the set-up: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
export ORIGINMARK_HOME ?= $(CURDIR)/var
PORT ?= 8000

# Compiled files are what makes a second run quick.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo serve test conformance check lint fmt bench kills messages screens docs clean

help:  ## list what make can do
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

# Tests never look at the files of an installation.
test conformance check lint bench kills: export ORIGINMARK_HOME = $(CURDIR)/build/test-home

# Where the database is asked; of these, what does so runs on PostgreSQL too (tests/conftest.py).
ON_DATABASE = $(addprefix tests/,api frame origin trace mark)

# What drives a browser: naming it spares the collection of all the rest.
IN_BROWSER = tests/browser tests/frame/web/test_browser.py tests/origin/places/test_place_map_browser.py

demo: export ORIGINMARK_PUBLIC_URL ?= http://localhost:$(PORT)
demo: .venv/run  ## install, build the demonstration region and serve it
	$(BIN)/originmark demo
	$(BIN)/originmark serve --port $(PORT)

serve: .venv/run  ## serve an installation of your own
	$(BIN)/originmark serve --port $(PORT)

test: .venv/dev  ## install what tests need and run everything, on SQLite and PostgreSQL
	scripts/install-test-tools
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not browser and not postgres" --conformance=docs/reference
	scripts/with-postgres $(BIN)/python -m pytest -n 2 --dist loadscope -m "not browser" $(ON_DATABASE)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m browser $(IN_BROWSER)

conformance: .venv/dev  ## run the tests that show EPCIS 2.0 and the resolver and write the tables of them
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "conforms and not browser and not postgres" --conformance=docs/reference

check: .venv/dev lint  ## the everyday gate: style, layers, types, templates, quick tests
	$(BIN)/python -m pytest -n 2 -m "not browser and not slow and not postgres"

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	PYTHONPATH=src:. $(BIN)/mypy

fmt: .venv/dev  ## format code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev  ## measure; each figure is a ratio to a peer in the same run
	PYTHONPATH=src:. $(BIN)/python -m bench

kills: .venv/dev  ## kill processes that capture, 200 times on each database: nothing answered may be lost
	ORIGINMARK_KILLS=200 $(BIN)/python -m pytest -s tests/trace/ledger/test_kill.py
	ORIGINMARK_KILLS=200 scripts/with-postgres $(BIN)/python -m pytest -s tests/trace/ledger/test_kill.py

messages: .venv/dev  ## collect strings for translation and compile the catalogues
	scripts/messages

screens: .venv/dev  ## take the screenshots of every page for docs/screens
	PYTHONPATH=src:.:tests $(BIN)/python scripts/take_screens.py

docs: .venv/dev  ## write the reference pages that are generated from code
	PYTHONPATH=src:. $(BIN)/python scripts/write_reference.py

clean:  ## remove the virtual environment and the demonstration's files
	rm -rf .venv var

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
