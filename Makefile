# `make demo` and `make test` install what they need themselves.

.PHONY: demo outage-test test oracle-test bench setup lint

demo:
	@tests/setup/install.sh build demo
	@kiosk/dock/demo.sh

test: setup lint
	cargo test --workspace --quiet

# Against simulators that Debian 12 cannot install; says loudly when it cannot.
oracle-test: setup
	@tests/oracle/run.sh
	@tests/oracle/verapdf.sh

# Three stations, a week without the exchange, 5,000 requests on each.
outage-test: setup
	MINWON_OUTAGE_REQUESTS=5000 cargo test --package tests --test outage -- --nocapture

# Figures, in release; the certificates' part takes some minutes.
bench: setup
	cargo bench --package tests --bench journal --bench catch_up --bench screen
	cargo bench --package certificate --bench certificates

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings

setup:
	@tests/setup/install.sh build test
