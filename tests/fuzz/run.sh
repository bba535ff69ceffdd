#!/bin/sh
# Makes up bytes for every parser of foreign bytes, so many seconds each, and stops at the
# first that panics, hangs or asks for too much memory. What reaches new code lies in
# target/fuzz; `run.sh keep` takes the smallest part of it over into the corpora.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${MINWON_FUZZ_SECONDS:-60}
found=$root/target/fuzz
folder=$found/program
host=$(rustc -vV | sed -n 's/^host: //p')
program=$folder/target/$host/release/parser

if ! rustup toolchain list | grep -q ^nightly; then
    echo "a nightly compiler is needed: rustup toolchain install nightly" >&2
    exit 1
fi
cargo fuzz --version > /dev/null 2>&1 || cargo install --quiet cargo-fuzz

# A workspace of its own: it is built by another compiler, which watches every branch.
mkdir -p "$folder" "$found/faults"
cat > "$folder/Cargo.toml" << END
[workspace]

[package]
name = "parser"
edition = "2024"
version = "0.1.0"

[package.metadata]
cargo-fuzz = true

[[bin]]
name = "parser"
path = "$here/parser.rs"

[dependencies]
foreign = { path = "$here" }
libfuzzer-sys = "0.4"

[profile.release]
debug = "line-tables-only"

# Takes minutes to optimise and a moment to run.
[profile.release.package.lopdf]
opt-level = 1
END
(cd "$folder" && cargo +nightly fuzz build --fuzz-dir . parser)

for corpus in "$here"/corpus/*/; do
    MINWON_PARSER=$(basename "$corpus")
    export MINWON_PARSER
    mkdir -p "$found/$MINWON_PARSER"
    if [ "${1:-}" = keep ]; then
        rm -rf "$found/kept"
        mkdir "$found/kept"
        "$program" -merge=1 -max_len=4096 "$found/kept" "$corpus" "$found/$MINWON_PARSER" 2> /dev/null
        find "$corpus" -type f ! -name 'genuine-*' -delete
        # A corpus is read by people, too: a few, and none that is long.
        find "$found/kept" -type f -size -3 -printf '%s %p\n' | sort -n | tail -n 24 |
            while read -r _ file; do cp "$file" "$corpus"; done
        continue
    fi
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=16384 \
        -artifact_prefix="$found/faults/$MINWON_PARSER-" -verbosity=0 -print_final_stats=1 \
        "$found/$MINWON_PARSER" "$corpus" > "$found/said" 2>&1 || {
        cat "$found/said"
        echo "$MINWON_PARSER: a fault, kept in target/fuzz/faults" >&2
        exit 1
    }
    printf '%-18s %12s inputs in %s s, no fault\n' "$MINWON_PARSER" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/said")" "$seconds"
done
