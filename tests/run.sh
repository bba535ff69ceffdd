#!/bin/sh
# Builds every test program of the workspace and runs them three at a time: many of
# them wait for devices more than they work. What a program says is shown when it
# fails. The slowest come first.
set -eu
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
export said

# Clippy looks on while the crates of the workspace are compiled: a pass of its own
# would compile all that they lean on once more.
RUSTC_WORKSPACE_WRAPPER=$(cd "$(dirname "$0")" && pwd)/clippy.sh
export RUSTC_WORKSPACE_WRAPPER
cargo test --workspace --no-run --message-format=json-render-diagnostics > "$said/built"
cargo test --workspace --bench '*' --no-run --quiet
# A screen reader reads the program itself. Beside a test it is built of the same parts.
cargo build --workspace --test screen_reader --bin minwon-kiosk --quiet
# A test program's line has its manifest, `"test":true` in its profile, and its file.
sed -n 's|.*"manifest_path":"\([^"]*\)/Cargo.toml".*"profile":{[^}]*"test":true}.*"executable":"\([^"]*\)".*|\2 \1|p' \
    "$said/built" > "$said/programs"
for slow in faults power_cuts simulation exchange full_disk visit chip_card conformance screens helped clerk; do
    grep "/$slow-[0-9a-f]* " "$said/programs" || true
done > "$said/order"
grep -v -x -F -f "$said/order" "$said/programs" >> "$said/order" || true
[ -s "$said/order" ] || { echo "no test program was built" >&2; exit 1; }

# shellcheck disable=SC2016
xargs -P 3 -L 1 sh -c '
    name=$(basename "$1")
    if (cd "$2" && "$1" --quiet) > "$said/$name" 2>&1; then
        sed -n "s/^test result: ok\. \([0-9]* passed\).* \([0-9]* ignored\).*finished in \(.*\)$/\1, \2, \3/p" "$said/$name" |
            sed "/^0 passed, 0 ignored/d; s/^/${name%-*}: /"
    else
        echo "$name failed:"
        cat "$said/$name"
        exit 1
    fi' run < "$said/order"
