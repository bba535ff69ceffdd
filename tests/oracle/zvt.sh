#!/bin/sh
# The zvt crate as a judge of the payment terminal's driver and of the bench's terminal.
# A workspace of its own: what the crate brings along would change how half of the house
# is built.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/oracle/zvt
mkdir -p "$folder"
cat > "$folder/Cargo.toml" << END
[workspace]

[package]
name = "zvt-oracle"
edition = "2024"
version = "0.1.0"

[lib]
path = "$root/tests/oracle/zvt.rs"

[dependencies]
bench = { path = "$root/hardware/bench" }
devices = { path = "$root/hardware/devices" }
drivers = { path = "$root/hardware/drivers" }
tokio = { version = "1", features = ["macros", "net", "rt", "io-util"] }
tokio-stream = "0.1"
zvt = "=0.1.0"
END
cd "$folder"
cargo test --quiet --lib
echo "the zvt crate understands driver and bench"
