# Everything that people and machines do with this repository. `make` alone lists it.
VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
READY := $(VENV)/.ready
PINS := requirements.txt requirements-dev.txt
HASHED := --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help run test test-quick browser check check-format check-lint check-types check-imports check-generated \
	check-rights check-reference check-template check-policies check-unseen check-scan check-size generate approve-matrix \
	screenshots site lighthouse clients day bench bench-check lock audit clean reset

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  %-16s %s\n", $$1, $$2}'

# The first interpreter that can make an environment.
$(PYTHON):
	@for python in $(INTERPRETER) python3 python3.13 python3.12 python3.11; do \
		$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	test -n "$$python" || { echo "Python 3.11 or newer (with its venv module) is needed; INTERPRETER=… names one" >&2; exit 1; }; \
	$$python -m venv $(VENV)

$(READY): $(PINS) | $(PYTHON)
	$(PYTHON) tools/environment.py requirements-dev.txt
	@touch $@

# Tools that cannot or need not stand beside ours, each with pins of its own: policies, scan, audit, lock, clients.
.venv-%/.ready: requirements-%.txt | $(PYTHON)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install $(HASHED) -r $<
	@touch $@

run: $(READY) ## the whole city on this machine: http://127.0.0.1:8080 (PORT= RATE_LIMIT= AREAS_FILE= MAP_TILES= MAP_ATTRIBUTION=)
	@exec $(PYTHON) -m local

reset: ## forget the local city's complaints, messages and time (it must not be running)
	rm -rf .local

test: $(READY) ## every test, the browser's too (ARGS= for pytest)
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-quick: $(READY) ## the tests that need no city and no browser
	$(PYTHON) -m pytest -n 2 --dist loadfile -m "not city and not browser" $(ARGS)

browser: $(READY) ## the tests that drive Chromium
	$(PYTHON) -m pytest -m browser $(ARGS)

check: check-format check-lint check-types check-imports check-generated check-rights check-reference check-template check-policies check-unseen check-scan check-size ## what a change must pass before its tests (make -k check: all of it)

check-format: $(READY)
	$(BIN)/ruff format --check .

check-lint: $(READY)
	$(BIN)/ruff check .

check-types: $(READY)
	$(BIN)/mypy

check-imports: $(READY)
	$(BIN)/lint-imports --no-cache

check-generated: $(READY)
	$(PYTHON) -m tools generate --check

check-rights: $(READY)
	$(PYTHON) -m tools matrix --check

check-reference: $(READY)
	$(PYTHON) -m tools reference --check

check-template: package
	$(BIN)/cfn-lint -t build/package/template.json -r ap-southeast-3
	$(BIN)/cfn-lint -t infra/edge-us-east-1.yaml -r us-east-1

check-policies: $(READY) .venv-policies/.ready
	$(PYTHON) -m tools policies

check-unseen: $(READY)
	$(PYTHON) -m tools unseen

check-scan: $(READY) .venv-scan/.ready
	$(PYTHON) -m tools scan

check-size:
	@test $$(wc -l < app.py) -le 40 || { echo "app.py composes only: 40 lines at most" >&2; exit 1; }

generate: $(READY) ## write what is made from the code (docs/lifecycle.md, docs/api/openapi.json, web/generated)
	$(PYTHON) -m tools generate

approve-matrix: $(READY) ## accept the rights as they are now; read the difference first
	$(PYTHON) -m tools matrix
	@git --no-pager diff --stat -- tests/approved

screenshots: $(READY) ## take the README's pictures anew in the running local city (PORT=)
	$(PYTHON) -m tools screenshots http://127.0.0.1:$(or $(PORT),8080)

site: $(READY) ## build the pages into build/site (SITE_URL=https://…, SECURITY_CONTACT=mailto:… for security.txt)
	$(PYTHON) -m web.build

lighthouse: $(READY) ## measure every page of the running local city, three times (PORT=, PAGES="/ /lapor"); needs Chromium
	$(PYTHON) -m tests.lighthouse http://127.0.0.1:$(or $(PORT),8080) $(PAGES)

clients: $(READY) .venv-clients/.ready ## Open311 clients of others against the local city
	$(PYTHON) -m pytest tests/journeys/test_open311.py $(ARGS)

day: $(READY) ## play a day of Jakarta, 508 complaints (N= for more), and count that nothing was lost
	$(PYTHON) -m tools day $(if $(N),-n $(N)) $(ARGS)

bench: $(READY) ## count and time one complaint's life
	$(PYTHON) -m bench $(ARGS)

bench-check: $(READY) ## fail when a counted figure is another than bench/figures.json says
	$(PYTHON) -m bench --check

audit: $(READY) .venv-audit/.ready ## licences and known vulnerabilities of what ships and what builds it
	$(PYTHON) -m tools audit

LOCK = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes

lock: .venv-lock/.ready ## resolve all requirements together, with their hashes (UPGRADE=1: to the newest)
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-dev.in -o requirements-dev.txt
	$(LOCK) -c requirements-dev.txt requirements.in -o requirements.txt
	for name in policies scan audit lock clients; do \
		$(LOCK) $(if $(UPGRADE),--upgrade) requirements-$$name.in -o requirements-$$name.txt || exit 1; \
	done

clean: ## remove what was built here; the city's state (.local) and the environment stay
	rm -rf build node_modules .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
	find . -name __pycache__ -not -path './$(VENV)*' -type d -prune -exec rm -rf {} +

package layers deploy costs: $(READY)
include infra/targets.mk
