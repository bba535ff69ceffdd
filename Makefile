# `make demo` and `make test` install what they need themselves.

.PHONY: demo services test crash-test call-test day-test oracle-test outage-test powercut-test bench endurance setup lint

demo:
	@tests/setup/install.sh build demo
	@kiosk/dock/demo.sh

test: setup
	cargo fmt --all --check
	@tests/run.sh

# Every service of the catalogue from the request to the verified paper, by kiosk and by
# desk, as a table. In `make test` each goes through one of the two.
services: setup
	MINWON_SERVICES=all cargo test --workspace --test exchange -- --nocapture services::every_service

# `kill -9` of the kiosk at every journal write and every device command of a paid
# visit; a quarter of an hour. `make test` runs every eighth point.
crash-test: setup
	cargo test --package tests --test crash -- --ignored --nocapture

# Whole calls through the switch, with SIPp and baresip as telephones; what both
# ends hear is compared. Prints at its end which flow went how with which telephone.
call-test: setup
	@tests/setup/install.sh call
	@callcenter/switch/flows/run.sh

# A day of 20,000 calls in virtual time, with networks that break and a switch that
# is killed; `MINWON_DAY_SEED` and `MINWON_DAY_CALLS` choose another. Hundreds of
# short days are in `make test`.
day-test: setup
	cargo test --package switch --lib -- --ignored --nocapture a_whole_day

# Against simulators that Debian 12 cannot install; says loudly when it cannot.
oracle-test: setup
	@tests/oracle/run.sh
	@tests/oracle/verapdf.sh
	@tests/oracle/prism.sh

# Kills a user-mode Linux with ext4 while a journal is written in it. The same
# cuts on a disk in memory, many thousands of them, are in `make test`.
powercut-test: setup
	@tests/setup/install.sh powercut
	cargo test --package powercut --test user_mode_linux -- --ignored --nocapture --test-threads 1

# Three stations, a week without the exchange, 5,000 requests on each.
outage-test: setup
	MINWON_OUTAGE_REQUESTS=5000 cargo test --package tests --test outage -- --nocapture

# Figures, in release; the certificates' part takes some minutes.
bench: setup
	cargo bench --package journal --bench journal --bench audit
	cargo bench --package tests --bench catch_up --bench screen
	cargo bench --package certificate --bench certificates
	@tests/peers/run.sh
	cargo bench --package media --bench media
	cargo bench --package distributor --bench decisions
	cargo bench --package figures --bench day
	@tests/setup/install.sh call
	cargo bench --package switch --bench calls

# A million entries without the exchange; some minutes and two gigabytes.
endurance: setup
	MINWON_ENDURANCE=1000000 cargo test --release --package journal --test endurance -- --nocapture

# As `make test` does while it builds, for who wants to know sooner.
lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings

setup:
	@tests/setup/install.sh build test
