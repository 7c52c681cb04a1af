# Two commands: `make chat` and `make test`. Both set up all they need.
PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin/python -m

.PHONY: chat test eval check format clean

chat: $(VENV)/.runtime
	$(RUN) askdossier models pull
	$(RUN) askdossier index corpus
	$(RUN) askdossier chat

test: $(VENV)/.development
	$(RUN) pytest

# The questions on the sample dossier; ARGS="--baseline evaluation/sample-before", say.
eval: $(VENV)/.runtime
	$(RUN) askdossier models pull
	$(RUN) askdossier index corpus --index index
	$(RUN) askdossier eval questions/sample.jsonl --index index $(ARGS)

check: $(VENV)/.development
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.development
	$(RUN) ruff check --fix
	$(RUN) ruff format

clean:
	rm -rf $(VENV) index/generations index/building index/*.json index/lock .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --constraint constraints.txt pip

$(VENV)/.runtime: $(VENV)/bin/python pyproject.toml constraints.txt
	$(RUN) pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime
	$(RUN) pip install --quiet --constraint constraints.txt --group dev --editable .
	@touch $@
