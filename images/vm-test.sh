#!/bin/sh
# The whole life of a station in QEMU, without KVM: `make image-vm-test`. Three versions of the
# image are built, the third lacks a file of the catalogue on purpose; then a technician brings
# a machine into service, a citizen is served, the machine goes over to the second version by
# night over the exchange's line and comes back from the third, which a stick brings; and the
# power is cut at ten moments of a first start (MINWON_CUTS). Pictures, logs and papers are left in
# target/image/machines.
set -eu
cd "$(dirname "$0")/.."
model=qemu-full
images/image.sh "$model" 1
images/image.sh "$model" 2
MINWON_BREAK=usr/share/minwon/catalog/topics.toml images/image.sh "$model" 3
out=$PWD/target/image
for version in 1 2 3; do
    "$out/programs/release/minwon-steward" release "$out/full" "$model" "$version" "$out/keys/release.key"
done
images/measure.sh "$model" 1
MINWON_IMAGE=$out cargo test --quiet --workspace --test full_image -- --ignored --nocapture --test-threads 1 "$@"
