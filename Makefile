# The words people say: make demo, make test, make lab. Each makes what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo lab test test-long bench bench-quick bench-scale peers check format fuzz audit sbom docs clean browser

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml $(wildcard plugins/*.py) | $(BIN)/python
	$(PIP) --editable '.[all]'
	@touch $@

$(VENV)/.dev: $(VENV)/.demo
	$(PIP) --editable '.[dev]'
	@touch $@

demo: $(VENV)/.demo  ## load the article, print its frames, write a chart and a report to out/
	$(BIN)/python scripts/demo.py

lab: $(VENV)/.demo  ## open JupyterLab on the first notebook
	$(BIN)/toolkit lab

browser:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || { \
	  echo "No Chromium found; trying to install it with apt-get (browser tests are skipped without it)"; \
	  { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 || sudo -n apt-get install -y -qq chromium >/dev/null 2>&1 || true; }

test: $(VENV)/.dev browser check  ## the tests, one through a real JupyterLab (under 8 minutes)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not long"

test-long: $(VENV)/.dev browser  ## the long tests: browser suite, faults, cluster, extras (under 40 minutes)
	$(BIN)/python -m pytest -m long

$(VENV)/.bench: $(VENV)/.demo
	$(PIP) --editable '.[bench]'
	@touch $@

PEERS := textacy conc scattertext nltk
peers:  ## install the tools that make bench measures beside ours, in environments of their own
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/pip install --quiet --disable-pip-version-check -r benchmarks/topic_peers.txt
	$(VENV)-peers/bin/pip install --quiet --disable-pip-version-check --no-deps 'bertopic>=0.17'
	for peer in $(PEERS); do $(PYTHON) -m venv $(VENV)-peers-$$peer && $(VENV)-peers-$$peer/bin/pip install --quiet \
	  --disable-pip-version-check -r benchmarks/peer_packages/$$peer.txt || echo "$$peer was not installed"; done

bench: $(VENV)/.bench  ## measure quality and speed beside peers; writes docs/quality.md and .json
	$(BIN)/python benchmarks/bench.py

bench-scale: $(VENV)/.bench  ## time and memory from a thousand articles to a million (hours); writes docs/performance.md
	$(BIN)/python benchmarks/scale.py

bench-quick: $(VENV)/.bench  ## the same on part of the data, in about 3 minutes; writes to out/
	$(BIN)/python benchmarks/bench.py --quick --into out

check: $(VENV)/.dev  ## format, lint, types, and what bandit finds insecure
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive toolkit plugins

format: $(VENV)/.dev  ## make the code look like the rest
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

TARGETS ?= loaders articles sentences quotes codebook
fuzz: $(VENV)/.dev  ## fuzz loaders, articles, sentences, quotes and codebooks for ten minutes each; a crash is written as a file
	$(PIP) atheris
	for target in $(TARGETS); do mkdir -p build/fuzz/$$target && (cd build/fuzz/$$target && \
	  ../../../$(BIN)/python ../../../fuzz/$$target.py . -max_total_time=600 -max_len=65536) || exit 1; done

audit: $(VENV)/.dev  ## ask for known holes in what is installed; needs the network, and fails without advisories
	$(PIP) pip-audit
	mkdir -p build && $(BIN)/python -m pip freeze --exclude-editable > build/installed.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r build/installed.txt

sbom: $(VENV)/.demo  ## list all that is installed with it, as build/sbom.json (CycloneDX)
	$(PIP) cyclonedx-bom
	mkdir -p build && $(BIN)/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml -o build/sbom.json

docs: $(VENV)/.dev  ## run the notebooks and build the documentation, with what they put out, to site/
	$(BIN)/python scripts/notebook_pages.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

clean:  ## remove what was made
	rm -rf $(VENV) out build dist site
