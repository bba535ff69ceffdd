#!/bin/sh
# Installs what the machine lacks of the Debian packages named in the lists
# beside this file: `install.sh build test demo`.
set -eu
lists=$(dirname "$0")
missing=
for list in "$@"; do
    while read -r package _; do
        case $package in ''|'#'*) continue ;; esac
        status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing="$missing $package"
    done < "$lists/$list.packages"
done
if [ -n "$missing" ]; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    echo "installing:$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends $missing > /dev/null
fi
if ! command -v cargo > /dev/null; then
    echo "Rust 1.92 or later is needed (rustup); it was not found" >&2
    exit 1
fi

# Foreign judges from the Python package index, for the tests only.
case " $* " in *" test "*)
    venv=$lists/../../.venv
    # What stands alone is used without what it says it needs.
    wanted=$(cat "$lists/requirements.txt" "$lists/requirements-alone.txt")
    if [ "$wanted" != "$(cat "$venv/requirements.txt" 2> /dev/null)" ]; then
        if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "Python 3.11 or later is needed; it was not found" >&2
            exit 1
        fi
        echo "installing: Python packages into .venv"
        python3 -m venv --clear "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$lists/requirements.txt"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$lists/requirements-alone.txt"
        echo "$wanted" > "$venv/requirements.txt"
    fi
esac
