#!/bin/sh
# The cashcode crate, somebody else's CCNET host, as a judge of the bench's bill validator.
# A workspace of its own: it wants libudev, and would give it to half of the house.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/oracle/cashcode
"$root/tests/setup/install.sh" cashcode
mkdir -p "$folder"
cat > "$folder/Cargo.toml" << END
[workspace]

[package]
name = "cashcode-oracle"
edition = "2024"
version = "0.1.0"

[lib]
path = "$root/tests/oracle/cashcode.rs"

[dependencies]
bench = { path = "$root/hardware/bench" }
cashcode = "=0.1.2"
END
cd "$folder"
cargo test --quiet --lib
echo "the cashcode crate is served by the bench's bill validator"
