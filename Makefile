# `make` alone lists what there is. Everything runs in .venv, which is made on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup lab report brief pdf test refresh exercises grade lint bench lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: $(READY) ## install everything into .venv (the other commands do this themselves)

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

lab: $(READY) ## open JupyterLab on the start page
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

report: $(READY) ## re-execute the notebooks and render them to build/report/index.html
	$(BIN)/python -m report

brief: $(READY) ## one partner on one page: make brief PARTNER=AUS (and AS_OF=2024-08-31)
	@PARTNER="$(PARTNER)" AS_OF="$(AS_OF)" $(BIN)/python -m report brief

pdf: $(READY) ## the report as one PDF, build/report.pdf
	$(BIN)/python -m report pdf

test: $(READY) ## run all tests: helpers, tables, notebooks (every stored output is compared)
	$(BIN)/python -m pytest

refresh: $(READY) ## re-execute the notebooks in place; renew the codebook and the README's findings
	$(BIN)/python -m report refresh

exercises: $(READY) ## make the students' exercises anew from their sources
	$(BIN)/python -m report exercises

grade: $(READY) ## grade what is in notebooks/practice/submitted
	$(BIN)/python -m report grade

lint: $(READY) ## check and format the code, notebooks included
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## time the loader and the network, on today's tables and on grown ones
	$(BIN)/python -m pytest tests/bench.py -o addopts= --quiet --benchmark-sort=fullname \
		--benchmark-columns=min,median,max,rounds

lock: $(READY) ## pin requirements.txt anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --fork-strategy fewest --python-version 3.11 --quiet --no-header \
		--no-annotate pyproject.toml --output-file requirements.txt
	@printf '%s\n' '-e .' >> requirements.txt

clean: ## remove what was built (not .venv)
	rm -rf build .benchmarks .pytest_cache .hypothesis .ruff_cache
