#!/bin/sh
# Runs the tests against simulators that need more than Debian 12 has: emupos, a
# receipt printer and a scanner, needs Python 3.13 or later. Says loudly when that is missing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
venv=$root/target/oracle/venv
version=0.4.0

recent() {
    "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 13))' 2> /dev/null
}

find_python() {
    for python in "${MINWON_PYTHON:-}" python3.14 python3.13 python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[3-9]*/bin/python3; do
        if [ -n "$python" ] && command -v "$python" > /dev/null && recent "$python"; then
            echo "$python"
            return
        fi
    done
    return 1
}

if ! python=$(find_python); then
    cat >&2 << 'BANNER'
************************************************************************
**  SKIPPED: receipt printer and scanner were NOT tried with emupos.  **
**  It needs Python 3.13 or later, on the path, below ~/.pyenv or     **
**  named by MINWON_PYTHON. What emupos said last time is kept as     **
**  frozen bytes, and `make test` compares with them.                 **
************************************************************************
BANNER
    exit 0
fi

[ -x "$venv/bin/emupos" ] && "$venv/bin/python" -c "
import importlib.metadata as m, sys; sys.exit(m.version('emupos') != '$version')" || {
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "emupos==$version"
}
cd "$root"
MINWON_EMUPOS=$venv/bin/emupos cargo test --workspace --test receipt_printer_oracle \
    --test barcode_reader_oracle --test foreign_printers -- \
    --ignored --nocapture --skip an_a4_printer
