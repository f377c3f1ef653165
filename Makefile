# Two commands to know: `make report` and `make test`. Each makes the environment first where it is missing.
CORPUS ?= seeds
NOTEBOOK ?= 00_start_here
BIN := .venv/bin
CODE := lib tests notebooks

# Inherited settings that would slow every start, or mix another environment's modules into this one.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV
export PYTHON RASHOMON_UV

.DEFAULT_GOAL := help
.PHONY: help environment report lab test check refresh bench format lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 ~ \2/p' Makefile | awk -F'~' '{ printf "%-16s%s\n", $$1, $$2 }'

environment:
	@.ci/environment

report: environment ## write the report on the five articles (your own: make report CORPUS=folder OUT=folder)
	@$(BIN)/rashomon report "$(CORPUS)" $(if $(OUT),--out "$(OUT)") $(if $(JOBS),--jobs $(JOBS))

lab: environment ## open JupyterLab on the first notebook (another: make lab NOTEBOOK=04_tone)
	@$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) "notebooks/$(NOTEBOOK).ipynb"

test: environment ## run every test (the browser's too, where one is installed)
	@$(BIN)/python -m pytest -n 2 -q

check: ## what continuous integration runs: make test with a browser and conda's own solver
	@.ci/run

refresh: environment ## execute the committed notebooks again, in place
	@$(BIN)/rashomon refresh

bench: environment ## measure the cost of a report, of the import, of an article
	@for script in tests/bench/bench_*.py; do $(BIN)/python "$$script" || exit 1; done

format: environment ## put code and notebooks into the house's form
	@$(BIN)/ruff check --fix --quiet $(CODE); $(BIN)/ruff format --quiet $(CODE)

lock: environment ## pin the newest versions that pyproject.toml allows
	@.ci/lock

clean: ## remove what can be made again: environment and caches (reports stay)
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* htmlcov build dist data/derived
