# Few words, each doing what it says. The environments are made on first use from hash-locked requirements.
#
#   make demo          a whole small world, served on http://localhost:8000
#   make test          every test (database, browser, comparison with OpenFisca)
#   make lint          style, types, room contracts, templates, migrations, locks
#   make bench         speed of the law, of an explained household, of the country, of a month, of the register, of the site
#   make differential  agreement with OpenFisca-France, difference by difference
#   make mutations     each rule changed in each place: which changes the worked cases let pass
#   make preuves       what we claim, and whether it holds now
#   make serveur       serve the site on the data already there
#   make captures      screenshots of the README, from the running demonstration
#   make propre        remove the environments and caches (never the data)

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: demo test lint bench differential mutations preuves serveur captures propre aide verrous

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p >/dev/null && \
  $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] < (3,14))' 2>/dev/null && echo $$p && break; done)
PIP := -m pip --disable-pip-version-check --quiet
INSTALLER = $(PIP) install --require-hashes -r
BASE := .venv/.base
DEV := .venv/.dev
OPENFISCA := .venv-openfisca/.pret
# Tests are shuffled, the same way each time: a change is judged on what it changed (make test GRAINE=$$RANDOM explores).
GRAINE ?= 303926791
# A test waits a third of its time for the browser or PostgreSQL: one worker more than there are processors.
OUVRIERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

aide:
	@sed -n 's/^# \{0,1\}//p' Makefile | sed -n '1,12p'

demo: $(BASE)
	@.venv/bin/limpide demo $(OPTIONS)

serveur: $(BASE)
	@.venv/bin/limpide preparer && .venv/bin/limpide serveur $(OPTIONS)

captures: $(DEV)
	.venv/bin/python docs/captures/prendre.py $(OPTIONS)

test: $(DEV) $(OPENFISCA)
	.venv/bin/pytest -n $(OUVRIERS) --dist worksteal --randomly-seed=$(GRAINE) --junit-xml=build/tests.xml $(OPTIONS)

lint: $(DEV)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet limpide
	LIMPIDE_HOME=.venv/controle .venv/bin/python -W ignore -m limpide makemigrations --check --dry-run
	.venv/bin/python requirements/verifier.py

bench: $(DEV) $(OPENFISCA)
	@.venv/bin/python -m bench $(OPTIONS)

differential: $(DEV) $(OPENFISCA)
	@.venv/bin/python -m differentiel $(OPTIONS)

mutations: $(DEV)
	@.venv/bin/python -m mutations $(OPTIONS)

preuves: $(DEV) $(OPENFISCA)
	@.venv/bin/python -m tests.preuves $(OPTIONS)

# Locks are made again only on purpose: `make verrous` with uv at hand. No registry address goes in them.
verrous:
	cd requirements && uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header base.in -o base.txt
	cd requirements && uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header base.in dev.in -o dev.txt
	cd requirements && uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header openfisca.in -o openfisca.txt

propre:
	rm -rf .venv .venv-openfisca .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

define environnement
	@if [ -z "$(PYTHON)" ]; then echo "Il faut Python 3.11, 3.12 ou 3.13 (aucun trouvé). Indiquez-le : make PYTHON=/chemin/de/python3.11 …" >&2; exit 1; fi
	@if ! $(PYTHON) -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] < (3,14))'; then \
	  echo "Il faut Python 3.11, 3.12 ou 3.13 ; $(PYTHON) est $$($(PYTHON) -V)." >&2; exit 1; fi
	@if [ ! -x $(1)/bin/python ]; then echo "Environnement $(1)…"; \
	  $(PYTHON) -m venv $(1) || { echo "La création de $(1) a échoué : sous Debian, installez le paquet python3-venv." >&2; \
	  rm -rf $(1); exit 1; }; fi
endef

# The base environment is enough for the demo; tools come on top, in the same folder.
$(BASE): requirements/base.txt pyproject.toml
	$(call environnement,.venv)
	@echo "Dépendances (une à deux minutes la première fois)…"
	@.venv/bin/python $(INSTALLER) requirements/base.txt
	@.venv/bin/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(BASE) requirements/dev.txt
	@echo "Outils de développement…"
	@.venv/bin/python $(INSTALLER) requirements/dev.txt
	@touch $@

# OpenFisca's pins conflict with ours: it lives apart and is only compared with.
$(OPENFISCA): requirements/openfisca.txt
	$(call environnement,.venv-openfisca)
	@echo "OpenFisca-France, pour comparer…"
	@.venv-openfisca/bin/python $(INSTALLER) requirements/openfisca.txt
	@touch $@
