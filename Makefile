# `make demo` and `make test` install what they need themselves.

.PHONY: test setup lint

test: setup lint
	cargo test --workspace --quiet

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings

setup:
	@tests/setup/install.sh build test
