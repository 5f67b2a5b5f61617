.DEFAULT_GOAL := help
.PHONY: help test check style types docs data wording hosts wide benchmarks clean

# A copy of the report, as Markdown. It is not part of the project, and neither is CHECK_WORDING, a script that compares.
SOURCE ?= $(ASEAN_JAPAN_SOURCE)
ifneq ($(SOURCE),)
export ASEAN_JAPAN_SOURCE := $(SOURCE)
endif

PYRIGHT ?= pyright@1.1.414
HAS_PYRIGHT = command -v npx >/dev/null && npx --yes $(PYRIGHT) --version \
	|| { echo "not found: pyright; npx is not there, or could not fetch $(PYRIGHT)"; false; }

# Tools that compare what they make with what is kept, in the order in which one needs another; the last two read the report.
MAKERS = schema mentions coding outcomes manifest columns readings agreement evidence
READERS = sentences carry_over

# Tests that draw as many examples, or start as many processes, as the profile of hypothesis says.
SOAKED = $(addprefix tests/test_,$(addsuffix .py,copies entities folding laws layers overlays refs search serialization threads))

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

test: ## Run the tests
	python -m pytest

check: style types ## Check style and types, run the tests and measure coverage
	python -m pytest --cov

style: ## Check style
	ruff check
	ruff format --check

types: ## Check types, also of the code in the pages, with mypy and, where npx can fetch it, with pyright
	mypy
	python docs/check_types.py
	@if $(HAS_PYRIGHT); then npx --yes $(PYRIGHT) --pythonpath "$$(command -v python)"; fi

docs: ## Build the documentation into docs/_build
	sphinx-build -q -W -b html docs docs/_build

data: ## Compare the data and their pages with what curation/ makes: SOURCE=REPORT.md
	@failed=""; \
	for tool in $(MAKERS) $(if $(SOURCE),$(READERS)); do \
		echo "+ python curation/tools/$$tool.py"; \
		python "curation/tools/$$tool.py" || failed="$$failed $$tool"; \
	done; \
	if [ -z "$(SOURCE)" ]; then echo "not found: the report's text; not run: $(READERS)"; fi; \
	if [ -n "$$failed" ]; then echo "to be settled:$$failed"; exit 1; fi

wording: ## Find wording copied from the report: SOURCE=REPORT.md CHECK_WORDING=SCRIPT.py
	@if [ -z "$(SOURCE)" ]; then echo "missing: SOURCE=REPORT.md, a copy of the report"; fi
	@if [ -z "$(CHECK_WORDING)" ]; then echo "missing: CHECK_WORDING=SCRIPT.py, the script that compares"; fi
	@[ -n "$(SOURCE)" ] && [ -n "$(CHECK_WORDING)" ]
	python "$(CHECK_WORDING)" "$(SOURCE)" . --allow curation/allowed-wording.txt

hosts: ## Run the tests that need other programs; install those, where that can be done
	bash tests/hosts/install.sh
	@if $(HAS_PYRIGHT); then export ASEAN_JAPAN_PYRIGHT=$(PYRIGHT); fi; \
	echo "+ python -m pytest tests/hosts"; \
	python -m pytest tests/hosts

wide: ## Run what is too heavy for every run, before a release
	HYPOTHESIS_PROFILE=soak python -m pytest --durations=10 $(SOAKED)
	python benchmarks/hostile_texts.py
	python -m pytest tests/hosts/test_frozen.py

benchmarks: ## Measure the package beside its peers, and write docs/benchmarks.md
	python benchmarks/run.py --write
	python benchmarks/bind.py --write

clean: ## Remove what the other targets made
	rm -rf .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist docs/_build
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
