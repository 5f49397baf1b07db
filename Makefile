# The one door. Every target sets itself up; the second call of any of them starts at once.
.DEFAULT_GOAL := help
.PHONY: help demo run check lint test bench plots golden shots fuzz docs lock clean environment

bin := .venv/bin

help:                 ## this list
	@sed -n 's/^\([a-z]*\): *[a-z| ]*## /  make \1@/p' Makefile | column -t -s @

demo: | environment   ## the demo world, in a browser
	@$(bin)/giaoban demo $(ARGS)

run: | environment    ## serve the database named by GIAOBAN_DATABASE
	@$(bin)/giaoban serve $(ARGS)

environment:
	@scripts/environment app

check: lint test      ## what the gate runs: lint, types, import contracts, tests

lint:                 ## lint, types, import contracts
	@scripts/lint

test:                 ## the whole suite on SQLite and on PostgreSQL
	@scripts/test $(ARGS)

bench:                ## measure; ONLY=family measures one family
	@scripts/environment bench
	@$(bin)/python -m benchmarks.run $(ONLY)

plots:                ## draw what `make bench ONLY=compare` measured, and print it as a table
	@scripts/environment bench
	@$(bin)/python -m benchmarks.plots

golden:               ## write the golden files anew; read the diff before committing
	@scripts/environment dev
	@GIAOBAN_GOLDEN=write $(bin)/pytest -m golden $(ARGS)

shots:                ## pictures of the demo's pages at three widths and in print, into var/shots
	@scripts/environment dev
	@$(bin)/python -m tests.harness.shots $(ARGS)

fuzz:                 ## the property tests with many more examples; then bytes at the readers for SECONDS=30
	@scripts/environment dev
	@GIAOBAN_FUZZ=1 $(bin)/pytest -m hypothesis $(ARGS)
	@PYTHONPATH=src:. $(bin)/python -m tests.fuzz.target $(or $(SECONDS),30)

docs:                 ## run what the documents claim
	@scripts/environment dev
	@$(bin)/pytest docs tests/house $(ARGS)

lock:                 ## compile requirements/*.in into hashed locks without addresses
	@scripts/lock

clean:                ## remove what can be made again; var/ holds data and stays
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis src/*.egg-info
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
