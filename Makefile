.DEFAULT_GOAL := help
.PHONY: help test check docs clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

test: ## Run the tests
	python -m pytest

check: ## Check style and types, run the tests and measure coverage
	ruff check
	ruff format --check
	mypy
	python -m pytest --cov

docs: ## Build the documentation into docs/_build
	sphinx-build -W -b html docs docs/_build

clean: ## Remove what the other targets made
	rm -rf .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist docs/_build
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
