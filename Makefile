# The few commands that a newcomer needs; everything else is `ogi --help`.

SERVE = 1
PORT = 8001
SITE_PORT = 8099
DB = archive.db

.PHONY: demo test test-long bench lint lock

# Crawls the example municipality, served on SITE_PORT, into DB and serves the portal on PORT; SERVE=0 stops before that.
demo:
	@deploy/environment.sh
	@.venv/bin/ogi demo --db $(DB) --port $(PORT) --site-port $(SITE_PORT) $$(test $(SERVE) != 0 || echo --no-serve)

# Lint, types and every test that is not marked long.
test: lint
	.venv/bin/pytest -n 2 --dist loadfile

lint:
	@deploy/environment.sh requirements-dev.lock
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

test-long:
	@deploy/environment.sh requirements-dev.lock
	@.venv/bin/pytest -m long || \
	    { status=$$?; test $$status = 5 && echo 'make test-long: no test is marked long yet.' || exit $$status; }

# Measures every room beside something public, and writes build/bench.json; QUICK=1 takes a minute and less of everything.
bench:
	@deploy/environment.sh requirements-dev.lock
	@.venv/bin/python -m benchmarks $(if $(QUICK),--quick)

# Locks what pyproject.toml asks for: for every platform and Python with uv, for this Python only with pip-tools.
lock:
	@if uv --version >/dev/null 2>&1; then \
	    compile='uv pip compile --universal'; \
	elif pip-compile --version >/dev/null 2>&1; then \
	    compile='pip-compile --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links'; \
	else \
	    echo 'make lock: neither uv nor pip-compile (pip-tools) is here: install one of them.' >&2; exit 2; \
	fi; \
	compile="$$compile --quiet --generate-hashes --no-header pyproject.toml"; \
	$$compile -o requirements.lock && \
	$$compile --extra dev -c requirements.lock -o requirements-dev.lock
