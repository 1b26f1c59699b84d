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

# Screenshots of the real pages for the README, and Lighthouse on a phone.
pictures lighthouse: setup
	cargo build --release --bin pholuat
	npm ci --prefix e2e --no-audit --no-fund --loglevel=error
	npm run --prefix e2e $@

setup:
	@tools/setup
