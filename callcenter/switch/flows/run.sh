#!/bin/sh
# Telephones whole stories, then plays every flow of the table with its telephones, and
# prints the table, whatever became of them. It builds as `make test` does, so that
# nothing is compiled twice.
set -u
cd "$(dirname "$0")/../../.." || exit 1
: "${RUSTC_WORKSPACE_WRAPPER:=$PWD/tests/clippy.sh}"
export RUSTC_WORKSPACE_WRAPPER
MINWON_FLOWS=$(mktemp)
export MINWON_FLOWS
trap 'rm -f "$MINWON_FLOWS"' EXIT
failed=0
# These speak in real time, and want the machine to themselves.
cargo test --workspace --test two_doors -- --ignored --nocapture || failed=1
# They wait for telephones more than they work.
cargo test --workspace --no-fail-fast --test calls --test desks --test flows -- \
    --include-ignored --nocapture --test-threads 6 || failed=1
cargo run --quiet --package flows -- "$MINWON_FLOWS" || failed=1
exit $failed
