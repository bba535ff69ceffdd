# `make demo` and `make test` install what they need themselves.

.PHONY: assessment catalog image image-test image-twice image-vm-test demo devices-test fuzz screens services soak test upkeep-screens api-test crash-test call-test day-test oracle-test outage-test powercut-test bench endurance setup lint year

demo:
	@tests/setup/install.sh build demo
	@kiosk/dock/demo.sh

test: setup
	cargo fmt --all --check
	@tests/run.sh

# Every screen in every language and all 32 settings, by touch, keypad and two switches; what
# was found is set as the self-assessment sheet, target/assessment/accessibility.pdf. So many
# screens are walked in a quarter of an hour when they are built for it, which takes five
# minutes; in `make test` a few settings stand for all.
WALKED = --config profile.dev.package.kiosk-ui.opt-level=2 --config profile.dev.package.i-slint-core.opt-level=3
assessment: setup
	@rm -rf target/assessment && mkdir -p target/assessment
	MINWON_SCREENS=all MINWON_ASSESSMENT=$(CURDIR)/target/assessment cargo test $(WALKED) --workspace \
		--test screens --test visit -- every_screen_is everything_on two_switches_choose \
		words_stand whatever_somebody_has_set
	@cargo build --quiet --workspace --bin minwon-assessment
	@target/debug/minwon-assessment target/assessment

# What is wrong with the catalogue, by file and line; every paper is printed. `make test`
# does the same.
catalog: setup
	cargo run --quiet --package catalog-tool -- check shared/catalog

# A picture of every screen in every language and nine settings, and a page to look through them,
# in target/screens.
screens: setup
	@rm -rf target/screens && mkdir -p target/screens
	MINWON_PICTURES=$(CURDIR)/target/screens cargo test $(WALKED) --workspace --test screens -- --ignored every_screen_is_drawn
	@echo "target/screens/index.html"

# A picture of every page a technician sees, in target/upkeep.
upkeep-screens: setup
	@rm -rf target/upkeep && mkdir -p target/upkeep
	MINWON_PICTURES=$(CURDIR)/target/upkeep cargo test --workspace --test screens -- --ignored every_page_of_a_technicians

# Every service of the catalogue from the request to the verified paper, by kiosk and by
# desk, as a table: through both windows, then as stations write it down. In `make test`
# a few go through the windows, and each through one of the two at the exchange.
services: setup
	MINWON_SERVICES=all cargo test --workspace --test one_stop -- --nocapture
	MINWON_SERVICES=all cargo test --workspace --test exchange -- --nocapture every_service

# Schemathesis asks the exchange whatever its description allows, as every party; some
# minutes. `MINWON_QUESTIONS` says how many to each operation. In `make test` it asks few.
api-test: setup
	cargo test --workspace --test exchange -- --ignored --nocapture described::

# `kill -9` of the kiosk at every journal write and every device command of a paid
# visit; a quarter of an hour. `make test` runs every eighth point, but for leases, which
# are granted at the first start alone.
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

# Two hours of citizens at the town's kiosks, in its own time, while everything fails that can;
# at the end each printer's count, each journal and the money are compared, and printed.
# `MINWON_SEED`, `MINWON_SOAKS` and `MINWON_SOAK_MINUTES` choose others. Short ones are in
# `make test`.
soak: setup
	cargo test --package town --test soak -- --ignored --nocapture

# Every parser of foreign bytes before libFuzzer, a minute each; `MINWON_FUZZ_SECONDS` says how
# long. Needs a nightly compiler. `make test` reads what is kept in the corpora.
fuzz: setup
	@tests/fuzz/run.sh

# Every day of a year, every service, three towns with ordinances of their own: what it
# costs and when it is to be had, as tables. `MINWON_YEAR` chooses another year than 2026.
year: setup
	cargo test --package catalog --test year -- --ignored --nocapture a_whole_year

# Against simulators that Debian 12 cannot install; says loudly when it cannot.
oracle-test: setup
	@tests/oracle/run.sh
	@tests/oracle/verapdf.sh
	@tests/oracle/prism.sh
	@tests/oracle/zvt.sh
	@tests/oracle/cashcode.sh

# Every driver before its twin in all moods, each heard through noise for a while, and by
# everybody who can judge it; prints a table of drivers and moods. In `make test` the same
# suite without the judges, and a little noise.
devices-test: setup
	@tests/oracle/devices.sh

# Kills a user-mode Linux with ext4 while a journal is written in it. The same
# cuts on a disk in memory, many thousands of them, are in `make test`.
powercut-test: setup
	@tests/setup/install.sh powercut
	cargo test --package powercut --test user_mode_linux -- --ignored --nocapture --test-threads 1

# The tiny image boots in QEMU, without KVM, and a citizen walks away with a certificate and a
# receipt; pictures are left in target/image. In `make test` what is derived for each hardware
# model, and the archive.
image-test: setup
	@tests/setup/install.sh image
	@images/test.sh

# The full image of a hardware model: signed, proven by dm-verity, in target/image/full. MODEL and
# VERSION say which.
MODEL = qemu-full
VERSION = 1
image: setup
	@tests/setup/install.sh image
	@images/image.sh $(MODEL) $(VERSION)
	@images/measure.sh $(MODEL) $(VERSION)

# The same a second time from nothing but the packages; both have one root, or it fails.
image-twice: image
	@images/twice.sh $(MODEL) $(VERSION)

# A machine that QEMU and swtpm play, from delivery to a rollback, and through ten power cuts.
image-vm-test: setup
	@tests/setup/install.sh image
	@images/vm-test.sh

# Three stations, a week without the exchange, 5,000 requests on each.
outage-test: setup
	MINWON_OUTAGE_REQUESTS=5000 cargo test --package tests --test outage -- --nocapture

# Figures, in release; the certificates' part takes some minutes.
bench: setup
	cargo bench --package journal --bench journal --bench audit
	cargo bench --package tests --bench catch_up --bench screen
	cargo bench --package locator --bench locator
	cargo bench --package certificate --bench certificates
	@tests/peers/run.sh
	@tests/peers/kiosk.sh
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
