# Phổ Luật. make run: build, fill with the law package, serve http://localhost:8080
.PHONY: run test lint bench pictures lighthouse setup

run:
	@tools/run

test:
	@tools/test

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	@tools/audit

bench:
	@tools/setup nginx wrk brotli
	@bench/run.sh all

# Screenshots of the real pages for the README.
pictures: setup
	cargo build --release --bin pholuat
	npm ci --prefix e2e --no-audit --no-fund --loglevel=error
	npm run --prefix e2e pictures

# Lighthouse as a phone sees the pages: at least 95/100/95/95.
lighthouse: setup
	cargo build --release --bin pholuat
	npm ci --prefix e2e --no-audit --no-fund --loglevel=error
	npm ci --prefix e2e/lighthouse --no-audit --no-fund --loglevel=error
	npm run --prefix e2e/lighthouse start

setup:
	@tools/setup
