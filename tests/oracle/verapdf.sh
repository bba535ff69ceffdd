#!/bin/sh
# Has veraPDF judge the papers of all services, signed and unsigned: PDF/A-2a and
# PDF/UA-1.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/oracle/verapdf

cd "$root"
judge() { tests/oracle/vera.sh 2a,ua1 "$@"; }

# The signed one, and the sample of every service.
cargo test --workspace --quiet --test oracles strangers_find > /dev/null
cargo build --workspace --quiet --example sample
target/debug/examples/sample shared/catalog "$folder/papers"
judge target/tmp/sound/certificate.pdf "$folder"/papers/*.pdf

# A judge who never says no is none: these pages lost their tags and their profile.
qpdf --empty --pages target/tmp/sound/certificate.pdf -- "$folder/plain.pdf"
if judge "$folder/plain.pdf" > /dev/null; then
    echo "veraPDF accepts what it must refuse" >&2
    exit 1
fi
