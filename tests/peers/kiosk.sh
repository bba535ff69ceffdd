#!/bin/sh
# The kiosk's program beside the same screens as a page in Chromium's kiosk mode, both on
# an X server without a monitor. `kiosk.sh PROFILE`, of Cargo: bench (optimised) or dev.
set -eu
cd "$(dirname "$0")/../.."
profile=${1:-bench}
tests/setup/install.sh test
# In one call, so that program and measurement are built of the same parts.
cargo build --profile "$profile" --package kiosk --package tests --bin minwon-kiosk --bench beside_browser
cargo bench --profile "$profile" --package kiosk --package tests --bench beside_browser
