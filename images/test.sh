#!/bin/sh
# Builds the tiny image and boots it in QEMU, without KVM: the first screen, a card, a finger,
# money, a certificate and a receipt. Pictures, the console and what was printed are left in
# target/image.
set -eu
cd "$(dirname "$0")/.."
out=$PWD/target/image
target=${CARGO_TARGET_DIR:-$PWD/target}
mkdir -p "$out"

# Debian's own kernel, unpacked and not installed: the cloud's has no screen.
package=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1)
version=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
if [ "$(cat "$out/kernel/version" 2> /dev/null)" != "$package $version" ]; then
    rm -rf "$out/kernel" "$out/download"
    mkdir -p "$out/download"
    (cd "$out/download" && apt-get -qq -o APT::Sandbox::User=root download "$package=$version")
    dpkg-deb -x "$out/download/"*.deb "$out/kernel"
    rm -rf "$out/download"
    echo "$package $version" > "$out/kernel/version"
fi

# The first process leans on nothing that lies in the image.
RUSTFLAGS='-C target-feature=+crt-static' CARGO_TARGET_DIR=$out/build cargo build --quiet \
    --release --package appliance-init --target x86_64-unknown-linux-gnu
# The kiosk of an appliance is another selection of features; what it has in common with the
# usual build is not built twice.
cargo build --quiet --package kiosk --bin minwon-kiosk --no-default-features --features appliance
strip -o "$out/minwon-kiosk" "$target/debug/minwon-kiosk"
# Lest somebody takes it for the one with a window.
rm "$target/debug/minwon-kiosk"
cargo build --quiet --workspace --bin minwon-image
"$target/debug/minwon-image" tiny images/models/qemu-tiny.toml "$out/kernel" \
    "$out/build/x86_64-unknown-linux-gnu/release/minwon-init" "$out/minwon-kiosk" \
    shared/catalog "$out/tiny.cpio"

if emupos=$(tests/oracle/emupos.sh); then
    MINWON_EMUPOS=$emupos
    export MINWON_EMUPOS
fi
MINWON_IMAGE=$out cargo test --quiet --workspace --test tiny_image -- --ignored --nocapture
echo "first-screen.png, receipt.png, certificate.pdf and console.txt are in target/image"
