# Videnbro: what people do with a checkout. Everything else is "python manage.py help".
.DEFAULT_GOAL := help
.PHONY: help run test bench bench-law faults pictures lint style types imports declared templates words packages packages-dev
PYTHON := .venv/bin/python

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make run takes HOST (127.0.0.1), PORT (8000), DATA_DIR (.data), ELASTICSEARCH_URL,"
	@echo "  and SEARCH: elasticsearch waits for the engine, embedded does without; unset opens first and takes it when it is there."
	@echo "  make test takes TESTS (a path or options for pytest) and DATABASE (both, the default; sqlite; postgresql)."

run: packages ## Open a complete site from a fresh clone
	@exec $(PYTHON) -m deploy.local.run --parent $$PPID

test: packages-dev ## Run the whole suite with real Elasticsearch, PostgreSQL and Chromium
	@exec $(PYTHON) -m deploy.local.test $(TESTS)

bench: packages-dev ## Print the benchmarks beside their references
	@exec $(PYTHON) -m tests.benchmarks

bench-law: packages-dev ## Measure import, reads at a date, diff and reviews at the size of all Danish law
	@exec $(PYTHON) -m tests.benchmarks.law

faults: packages-dev ## Run the long form of the fault tests
	@exec $(PYTHON) -m tests.faults

pictures: packages-dev ## Take the pictures in docs/pictures of a fresh site
	@exec $(PYTHON) -m tests.pictures

lint: style types imports declared templates words ## Check style, types, import contract, declared packages, templates and words

style: packages-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: packages-dev
	$(PYTHON) -m mypy .

imports: packages-dev
	.venv/bin/lint-imports

declared: packages-dev
	.venv/bin/deptry .

templates: packages-dev
	.venv/bin/djlint --lint --quiet .

words: packages-dev ## Name every word people read that a language lacks, with its file and line
	@$(PYTHON) -m deploy.local.words

packages:
	@deploy/local/bootstrap.sh requirements.txt

packages-dev:
	@deploy/local/bootstrap.sh requirements-dev.txt
