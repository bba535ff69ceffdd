#!/bin/sh
# Installs emupos, a receipt printer and a scanner that somebody else wrote, and says where
# its program is; fails where no Python is recent enough.
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

python=$(find_python)
[ -x "$venv/bin/emupos" ] && "$venv/bin/python" -c "
import importlib.metadata as m, sys; sys.exit(m.version('emupos') != '$version')" || {
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "emupos==$version" >&2
}
echo "$venv/bin/emupos"
