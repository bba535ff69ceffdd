#!/bin/sh
# Plays every flow of the table with its telephones, and prints the table, whatever
# became of them.
set -u
MINWON_FLOWS=$(mktemp)
export MINWON_FLOWS
trap 'rm -f "$MINWON_FLOWS"' EXIT
failed=0
# They wait for telephones more than they work.
cargo test --package signalling --test calls -- --nocapture || failed=1
cargo test --package switch --test calls --test desks --test flows -- \
    --include-ignored --nocapture --test-threads 6 || failed=1
cargo run --quiet --package flows -- "$MINWON_FLOWS" || failed=1
exit $failed
