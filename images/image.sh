#!/bin/sh
# Builds the full image of a hardware model: `image.sh MODEL VERSION` (make image). It lies in
# target/image/full: the disk, its parts for an update, the list of what is in it, and keys that
# were made for this build alone unless target/image/keys has others.
# MINWON_INTO names another folder than full, with caches of its own; MINWON_BREAK a file that the
# image lacks on purpose, for the test of the way back.
set -eu
cd "$(dirname "$0")/.."
model=${1:-qemu-full} version=${2:-1}
out=$(mkdir -p target/image && cd target/image && pwd -P)
tools=$out/tools
built=$out/programs
into=${MINWON_INTO:-full}
work=$out/work-$into
mkdir -p "$out/$into" "$out/packages" "$out/cache-$into" "$out/keys"
images/tools.sh "$tools"

# The programs of an appliance have no window system, and are what a station runs: optimised.
if [ -z "${MINWON_PROGRAMS:-}" ]; then
    CARGO_TARGET_DIR=$built cargo build --quiet --release --no-default-features \
        --features kiosk/appliance,provision/appliance \
        --package kiosk --package provision --package steward \
        --bin minwon-kiosk --bin minwon-provision --bin minwon-steward
    MINWON_PROGRAMS=$built/release
fi
[ -n "${MINWON_IMAGE_TOOL:-}" ] || cargo build --quiet --workspace --bin minwon-image
derive=${MINWON_IMAGE_TOOL:-${CARGO_TARGET_DIR:-$PWD/target}/debug/minwon-image}

# Whose image a machine starts, whose releases and sites it believes: an operator brings keys of
# their own; a build without them makes some, which are good for nothing but trying it.
for key in db pcr; do
    [ -e "$out/keys/$key.key" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 \
        -keyout "$out/keys/$key.key" -out "$out/keys/$key.crt" -subj "/CN=Minwon $key, for trying/" 2> /dev/null
done
for key in release site; do
    [ -e "$out/keys/$key.key" ] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
        -out "$out/keys/$key.key" 2> /dev/null
    openssl pkey -in "$out/keys/$key.key" -pubout -out "$out/keys/$key.pem"
done

# What the model and this version add to the tree that all images have.
rm -rf "$work"
mkdir -p "$work"
cp -a images/mkosi/. "$work/"
tree=$work/tree
lib=$tree/usr/lib
mkdir -p "$tree/usr/bin" "$lib/minwon/model" "$lib/udev/rules.d" "$lib/modules-load.d" \
    "$lib/systemd/system" "$lib/sysupdate.d" "$tree/usr/share/minwon" "$tree/etc"
"$derive" derive "images/models/$model.toml" "$work/derived"
cp "$work/derived/devices.toml" "$work/derived/self-test.toml" "$lib/minwon/model/"
cp "$work/derived/70-minwon.rules" "$lib/udev/rules.d/"
cp "$work/derived/modules.conf" "$lib/modules-load.d/minwon.conf"
cp "$work/derived/minwon-kiosk.service" "$work/derived/minwon-provision.service" "$lib/systemd/system/"
cp images/steward/units/*.service "$lib/systemd/system/"
cp images/steward/units/sysupdate.d/*.transfer "$lib/sysupdate.d/"
for program in kiosk provision steward; do
    strip -o "$tree/usr/bin/minwon-$program" "$MINWON_PROGRAMS/minwon-$program"
done
cp -r shared/catalog "$tree/usr/share/minwon/catalog"
for own in src tests tool Cargo.toml; do rm -rf "$tree/usr/share/minwon/catalog/$own"; done
cp "$out/keys/release.pem" "$lib/minwon/release-signer.pem"
cp "$out/keys/site.pem" "$lib/minwon/site-authority.pem"
epoch=$(sed -n 's/^SourceDateEpoch=//p' "$work/mkosi.conf")
printf 'model = "%s"\nversion = "%s"\nbuilt_at = %s000\n' "$model" "$version" "$epoch" > "$lib/minwon/image.toml"
if [ -n "${MINWON_BREAK:-}" ]; then
    rm "$tree/$MINWON_BREAK"
fi
find "$tree" -exec touch -h -d "@$epoch" {} +

# The model's kernel modules, as mkosi matches them.
{
    echo "[Content]"
    echo "KernelModulesInclude="
    sed 's/[_-]/[_-]/g; s|^|    /|; s|$|\\.ko|' "$work/derived/modules.conf"
} > "$work/mkosi.local.conf"

mkdir -p "$work/mkosi.sandbox/etc/apt/sources.list.d"
mirror() { apt-get indextargets --format '$(SITE) $(LABEL)' | sed -n "s/ $1\$//p" | head -n 1; }
{
    printf 'Types: deb\nURIs: %s\nSuites: trixie trixie-updates\nComponents: main\n' "$(mirror Debian)"
    printf 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n'
    printf 'Types: deb\nURIs: %s\nSuites: trixie-security\nComponents: main\n' "$(mirror Debian-Security)"
    printf 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n'
} > "$work/mkosi.sandbox/etc/apt/sources.list.d/mkosi.sources"

rm -f "$out/$into/minwon_$version"*
images/tools.sh "$tools" run "$out" mkosi --directory "$work" --force \
    --image-version "$version" --output-directory "$out/$into" \
    --package-cache-dir "$out/packages" --cache-directory "$out/cache-$into" --workspace-directory "$out" \
    --extra-tree "$tree" \
    --secure-boot-key "$out/keys/db.key" --secure-boot-certificate "$out/keys/db.crt" \
    --sign-expected-pcr-key "$out/keys/pcr.key" --sign-expected-pcr-certificate "$out/keys/pcr.crt" \
    build

# What it is made of (CycloneDX): Debian's packages, and the crates of its programs.
cargo metadata --format-version 1 --locked --no-default-features \
    --features kiosk/appliance,provision/appliance \
    --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" > "$work/metadata.json"
"$derive" sbom "$out/$into/minwon_$version.manifest" "$work/metadata.json" kiosk provision steward \
    > "$out/$into/minwon_$version.cdx.json"
