# What everybody needs: make serve, make test. `make help` lists the rest.

HOST    ?= 127.0.0.1
PORT    ?= 8866
CONTEST ?=
BIN     := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help serve lab test check fmt lock

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

serve: .venv/run ## serve a contest: the sample, or CONTEST=folder; HOST=0.0.0.0 for the local network
	@$(BIN)/timhieu serve --host $(HOST) --port $(PORT) $(CONTEST)

lab: .venv/run ## JupyterLab with the organiser's notebooks; CONTEST=folder for your own contest
	@$(BIN)/timhieu lab --host $(HOST) $(CONTEST)

test: .venv/test ## install what the tests need, then run them all
	@sh deploy/setup.sh browser
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/run ## check a contest's files: the sample, or CONTEST=folder
	@$(BIN)/timhieu check $(CONTEST)

fmt: .venv/test ## format the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: .venv/test ## pin the newest versions of everything; needs uv
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header -c requirements.lock --extra build --extra test pyproject.toml -o requirements-dev.lock

.venv/run: requirements.lock pyproject.toml deploy/setup.sh
	@sh deploy/setup.sh run

.venv/test: requirements-dev.lock requirements.lock pyproject.toml deploy/setup.sh
	@sh deploy/setup.sh test
