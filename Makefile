# Everything a person or CI runs. Needs python3 (3.11 or newer, with venv), make and git; the rest goes into .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
OUT    ?= out/demo
# How many processes run the tests.
WORKERS ?= auto
# Texts with the terms that are right for them, beside the repository where it is at hand; see benchmarks/quality.py.
GOLD   ?= ../shared/gold/terms.tsv
# Real tables of known formats, with their MANIFEST.tsv; see benchmarks/agreement.py and drafts.py.
CASES  ?= ../shared/cases
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: fuzz golden help demo test setup setup-demo lint types layers models models-check docs-check tests wheel-test benchmarks benchmarks-terms benchmarks-store benchmarks-exporting quality formats trips clean

help:
	@echo "make demo        install, build the ontology bundle, convert the example workbook"
	@echo "make test        install, lint, types, layers, generated files, all tests"
	@echo "make models      regenerate what comes from models/*.yaml"
	@echo "make benchmarks  speed and memory against peers (benchmarks/README.md)"
	@echo "make benchmarks-terms  the same of looking terms up; needs a built bundle"
	@echo "make benchmarks-exporting  loading, export, package and diff of large datasets"
	@echo "make benchmarks-store  loading a dataset into the store of query, beside rdflib's"
	@echo "make quality     how often grounding and drafted profiles are right, and what curated tables say (docs/quality.md); GOLD=table.tsv for another table"
	@echo "make trips       what comes back of real files written and read again (docs/formats.md), where those are at hand"
	@echo "make formats     what became of the cells of real files (docs/formats.md), where those are at hand"
	@echo "make fuzz        10,000 broken files through the converter (tests/fuzz/fuzzing.py); FUZZ=--help for its options"
	@echo "make clean       remove what the above made"

# --- environments: made once, renewed when pyproject.toml changes -----------------------------------------------------

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@ $(VENV)/.demo

# Validators of packages that do not agree with the versions of our tools.
$(VENV)-peers/.made: pyproject.toml
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(VENV)-peers/bin/python -m pip install --quiet --group peers
	@touch $@

setup: $(VENV)/.dev $(VENV)-peers/.made

# --- demo -------------------------------------------------------------------------------------------------------------

demo: $(VENV)/.demo
	$(BIN)/omics-standards ontologies build --if-absent
	@echo
	@echo "omics-standards convert examples/gsa-liver.xlsx -o $(OUT)"
	$(BIN)/omics-standards convert examples/gsa-liver.xlsx -o $(OUT) --fail-on error || test $$? -eq 1
	@echo
	@ls -l $(OUT)

# --- tests ------------------------------------------------------------------------------------------------------------

test: setup lint types layers models-check docs-check tests

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports

models-check:
	$(BIN)/python models/generate.py --check

docs-check:
	$(BIN)/python docs/generate.py --check

tests:
	$(BIN)/python -m pytest -q --color=no -n $(WORKERS) --dist worksteal

# --- generated files --------------------------------------------------------------------------------------------------

models: setup
	$(BIN)/python models/generate.py

docs: setup
	$(BIN)/python docs/generate.py

golden: setup
	$(BIN)/python tests/golden/make_inputs.py
	$(BIN)/python -m pytest -q tests/golden --update-golden

fuzz: setup
	$(BIN)/python tests/fuzz/fuzzing.py $(FUZZ)

benchmarks: setup
	$(BIN)/python benchmarks/run.py

benchmarks-terms: setup
	$(BIN)/python benchmarks/terms.py

benchmarks-exporting: setup
	$(BIN)/python benchmarks/run.py --step data
	$(BIN)/python benchmarks/exporting.py

benchmarks-store: setup
	$(BIN)/python benchmarks/store.py

# A copy of the bundle gets the ontologies that no package carries; a second scorer must come to the same figures.
quality: $(VENV)/.demo
	@test ! -f $(GOLD) || $(BIN)/omics-standards ontologies build --if-absent
	$(BIN)/python benchmarks/quality.py --gold $(GOLD) --mesh --write --add ../shared/ontologies \
	  $(addprefix --scorer ,$(wildcard ../shared/tools/terms.py))
	$(BIN)/python benchmarks/agreement.py --cases $(CASES) --write
	$(BIN)/python benchmarks/drafts.py --cases $(CASES) --write

formats: $(VENV)/.demo
	$(BIN)/python benchmarks/formats.py --write

trips: $(VENV)/.demo
	$(BIN)/python benchmarks/trips.py --write
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) $(VENV)-peers out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
