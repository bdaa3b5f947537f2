# Needs Python 3.11 or newer, make and a package index; everything else goes into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2
ROOM ?=
# Real data sets are not part of this repository; tests on them run where they lie beside it, and say so where they do not.
export SALESCLI_REALDATA ?= $(if $(wildcard ../shared/data),$(abspath ../shared/data))
DEMO := demo/sales.db

.PHONY: demo test lint proof lowest bench i18n clean
.DEFAULT_GOAL := test

# The development tools are read from pyproject.toml here, because an older pip knows no dependency groups.
$(READY): pyproject.toml constraints.txt tools/build_hook.py tools/catalogue.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" > $(VENV)/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r $(VENV)/dev.txt -e .
	touch $@

demo: $(READY)
	mkdir -p demo && rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	$(BIN)/salescli demo $(DEMO)
	$(BIN)/salescli --db $(DEMO) today --all --limit 12
	$(BIN)/salescli --db $(DEMO) ar overdue --limit 12
	$(BIN)/salescli --db $(DEMO) ar aging --by staff
	$(BIN)/salescli --db $(DEMO) kpi rank
	@echo "The office is yours: $(BIN)/salescli --db $(DEMO) --help"

test: $(READY)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not proof"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/i18n.py --check
	$(BIN)/python tools/coverage.py --check

proof: $(READY)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

# The same tests with the oldest versions pyproject.toml allows, in an environment of their own.
lowest:
	$(PYTHON) -m venv --clear $(VENV)-lowest
	$(PYTHON) -c "$$READ_LOWEST" > $(VENV)-lowest/lowest.txt
	$(VENV)-lowest/bin/python -m pip install --quiet --disable-pip-version-check -r $(VENV)-lowest/lowest.txt -e .
	$(VENV)-lowest/bin/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not proof"

define READ_LOWEST
import tomllib
read = tomllib.load(open("pyproject.toml", "rb"))
extras = [name for names in read["project"]["optional-dependencies"].values() for name in names]
print(*(name.split(",")[0].replace(">=", "==") for name in [*read["project"]["dependencies"], *extras]), sep="\n")
print(*(name for name in read["dependency-groups"]["dev"] if not any(name == extra for extra in extras)), sep="\n")
endef
export READ_LOWEST

bench: $(READY)
	$(BIN)/python bench/run.py

i18n: $(READY)
	$(BIN)/python tools/i18n.py $(ROOM)
	$(BIN)/python tools/coverage.py

clean:
	rm -rf $(VENV) $(VENV)-lowest build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
