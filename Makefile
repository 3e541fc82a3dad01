# The two commands: `make run` starts everything, `make test` tests everything. Both set up what they need.
.PHONY: setup run dev test check coverage soak bench audit lint format lock

setup:
	@bin/setup

run:
	@bin/run

test:
	@bin/test

# Autoreload, the debugger's page and Django's toolbar; a rehearsal of its own in var/dev.
dev:
	@bin/dev

# Which branches of acts, permissions and lifecycles no test takes, and which files are taken little.
coverage:
	@bin/test coverage

# Before each commit: the lint, the repository's own tests, and those of what has been changed.
check:
	@bin/test check

# `make test` has a short one of each. The seed is printed; DIGIKOORD_SEED=… plays it again, DIGIKOORD_HISTORIES=200 fewer.
soak:
	@echo "Spelar 2 000 slumpade historier om pengarna, dödar webben och PostgreSQL trettio gånger mitt i betalningarna,"
	@echo "och köns processer tjugo gånger medan två tusen brev går ut. Det tar någon timme."
	@DIGIKOORD_SOAK=yes bin/test -s tests/services/test_killed.py tests/services/test_money_kills.py tests/test_money_machine.py tests/test_nasty_values.py tests/operation

bench:
	@bin/setup test
	@bin/bench

# What it is made of, with licences (var/sbom.json), and what is known to be wrong with it where an index can say.
audit:
	@bin/setup test
	@.venv/bin/python bin/audit

lint:
	@bin/setup test
	@bin/test lint

format:
	@bin/setup test
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .

# After a change of pyproject.toml or package.json. Neither lock records an address.
lock:
	@test -x .venv/bin/uv || bin/setup
	@bin/lock
