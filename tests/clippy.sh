#!/bin/bash
# The compiler of this workspace's own crates, with Clippy looking on. Not in sh,
# which would drop the variables by which tests find programs: `CARGO_BIN_EXE_a-b`.
exec clippy-driver "$@" -D warnings
