# Everything a developer or a newcomer does, in one place. `make help` lists it.
# Needs Python 3.11 or newer with venv and pip; all else is installed into .venv from the lock files.

PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check quality docs pictures lock bench clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "migkg needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv .venv

# The package itself is installed editable, without looking at any registry: its build tools are in the lock file.
$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing migkg into .venv (once) ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing the developer's tools into .venv (once) ..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(RUNTIME)  ## build, query and draw the sample releases; needs no network after the install
	@rm -rf out
	@mkdir -p out
	$(BIN)/migkg build data/samples --store out/store
	$(BIN)/migkg export --store out/store --format turtle -o out/graph.ttl
	$(BIN)/migkg view --store out/store -o out/network.html
	$(BIN)/migkg query funders-of --store out/store -p country=MRT
	@echo
	@echo "Look next at:"
	@echo "  out/network.html   the network: open it in a browser, click an edge to read its sentence"
	@echo "  out/graph.ttl      the same graph as Turtle"
	@echo "  queries/           other questions, for example: $(BIN)/migkg query --help"
	@echo "  docs/tutorial.md   the same steps on your own releases"

test: $(DEV)  ## run all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(DEV)  ## lint, types, import contracts, generated files and documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy scripts benchmarks
	$(BIN)/lint-imports
	$(BIN)/python scripts/generate_vocabulary.py --check
	$(BIN)/python scripts/generate_ontology_page.py --check
	$(BIN)/python scripts/generate_reference.py --check

# The answers shown in these pages come from running their commands.
RUN_DOCUMENTS := README.md docs/tutorial.md docs/reference/api.md
COG := $(BIN)/cog -I scripts -p "from console import console, figures, passage, python"

quality: $(DEV)  ## write docs/quality.md again: extraction measured, cross-validated
	$(BIN)/python scripts/train_states.py tests/gold data/samples tests/invented --write
	$(BIN)/python scripts/generate_quality.py --train

docs: $(DEV)  ## write the generated pages again and build the documentation into site/
	$(BIN)/python scripts/generate_vocabulary.py
	$(BIN)/python scripts/generate_ontology_page.py
	$(BIN)/python scripts/generate_reference.py
	$(BIN)/python scripts/generate_quality.py
	@for document in $(RUN_DOCUMENTS); do $(COG) -r $$document || exit 1; done
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

pictures: $(DEV)  ## take the pictures of the network page again (needs chromium and chromium-driver)
	$(BIN)/python scripts/screenshots.py

bench: $(DEV)  ## measure every figure of docs/benchmarks.md (some minutes; the figures go to benchmarks/results/)
	@for name in $(BENCHMARKS); do \
		$(BIN)/python benchmarks/$$name.py --json benchmarks/results/$$name.json || exit 1; done

BENCHMARKS := startup throughput identity memory queries view serve query_page demo scale kills diff network

lock:  ## write the lock files again (make lock UPGRADE=--upgrade takes newer versions)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK_OPTIONS) --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK_OPTIONS) --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)

clean:  ## remove what make has made
	rm -rf .venv out site dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
