#!/bin/sh
# How large an image is, and how far its services are walled in (systemd-analyze security, where
# 0 is nothing allowed and 10 everything): `measure.sh MODEL VERSION`.
set -eu
cd "$(dirname "$0")/.."
version=${2:-1}
out=$(cd target/image && pwd -P)
cd "$out/full"
for part in "minwon_$version.root."*.raw "minwon_$version.root-verity."*.raw "minwon_$version.efi"; do
    printf '%8s kB  %s\n' "$(($(stat -c %s "$part") / 1000))" "$part"
done
printf '%8s kB  on the disk of %s kB\n' "$(du -k "minwon_$version.raw" | cut -f 1)" \
    "$(($(stat -c %s "minwon_$version.raw") / 1000))"
cd - > /dev/null
rm -rf "$out/root"
images/tools.sh "$out/tools" run "$out" unsquashfs -quiet -no-progress -dest "$out/root" \
    "$(ls "$out/full/minwon_$version.root."*.raw)" > /dev/null
for service in minwon-kiosk minwon-provision minwon-steward minwon-firewall minwon-health pcscd systemd-networkd systemd-resolved; do
    images/tools.sh "$out/tools" run "$out" systemd-analyze security --no-pager --offline=yes \
        --root="$out/root" "$service.service" 2> /dev/null | tail -n 1 || true
done
rm -rf "$out/root"
