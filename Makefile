# The two commands: `make run` starts everything, `make test` tests everything. Both set up what they need.
.PHONY: setup run test soak bench lint format lock

setup:
	@bin/setup

run:
	@bin/run

test:
	@bin/test

# Twenty kills while two thousand letters go out; `make test` has a short one.
soak:
	@DIGIKOORD_SOAK=yes bin/test tests/services/test_killed.py

bench:
	@bin/setup test
	@bin/bench

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
