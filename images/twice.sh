#!/bin/sh
# Is an image what its sources say? Builds it a second time, from nothing but the packages, and
# compares the roots: `twice.sh MODEL VERSION`.
set -eu
cd "$(dirname "$0")/.."
model=${1:-qemu-full} version=${2:-1}
out=target/image
rm -rf "$out/again" "$out/cache-again"
MINWON_INTO=again images/image.sh "$model" "$version"
# A root's hash is the ids of its two partitions, which their files are named by.
root_hash() {
    for part in root root-verity; do
        for file in "$out/$1/minwon_$version.$part."*.raw; do
            id=${file%.raw}
            printf '%s' "${id##*.}"
        done
    done
}
first=$(root_hash full) second=$(root_hash again)
echo "the first build's root:  $first"
echo "the second build's root: $second"
[ -n "$first" ] && [ "$first" = "$second" ]
for part in root root-verity; do
    cmp "$out/full/minwon_$version.$part."*.raw "$out/again/minwon_$version.$part."*.raw
done
echo "two builds, one root"
