#!/bin/sh
# Every driver before its twin in all moods, and everybody who can judge driver or twin; then
# a table of what was seen. `MINWON_FUZZ_SECONDS` says how long each driver hears noise.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seen=$root/target/conformance
rm -rf "$seen"
mkdir -p "$seen/judges"
MINWON_CONFORMANCE=$seen
MINWON_FUZZ_SECONDS=${MINWON_FUZZ_SECONDS:-20}
export MINWON_CONFORMANCE MINWON_FUZZ_SECONDS
cd "$root"

failed=
# What somebody else's program says of a driver or its twin.
judge() {
    judge=$1
    shift
    echo "asking $judge"
    if "$@" > "$seen/judges/said" 2>&1; then
        verdict=agrees
        grep -q SKIPPED "$seen/judges/said" && verdict='not here'
    else
        cat "$seen/judges/said"
        verdict=disagrees
        failed=yes
    fi
    echo "$verdict" > "$seen/judges/$judge"
}

# The fingerprint reader's driver starts it.
cargo build --workspace --bin minwon-fingerprint
cargo test --workspace --no-fail-fast --test conformance --test flood || failed=yes
# How a citizen's visit ends, whatever happens to the printer and whenever.
cargo test --workspace --test foreign_printers -- --ignored --nocapture an_a4_printer || failed=yes
judge ippeveprinter cargo test --workspace --test document_printer
judge pcscd+vpcd cargo test --workspace --test chip_card
judge cc_talk_host cargo test --workspace --test cash_box
judge libfprint cargo test --workspace --test prints
judge ffmpeg cargo test --workspace --test camera_oracle
judge pymodbus cargo test --workspace --test auxiliaries
judge nut cargo test --workspace --test power_supply
judge emupos tests/oracle/run.sh
judge zvt tests/oracle/zvt.sh
judge cashcode tests/oracle/cashcode.sh

# Another make of client, and the published messages, of the devices over WebSocket.
judge xfs4iot cargo test --workspace --test edge

tests/oracle/devices-table.sh "$seen" || failed=yes
[ -z "$failed" ]
