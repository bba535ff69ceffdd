#!/bin/sh
# Runs the tests against simulators that need more than Debian 12 has: emupos, a
# receipt printer and a scanner, needs Python 3.13 or later. Says loudly when that is missing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! emupos=$("$root/tests/oracle/emupos.sh"); then
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

cd "$root"
MINWON_EMUPOS=$emupos cargo test --workspace --test receipt_printer_oracle \
    --test barcode_reader_oracle --test foreign_printers -- \
    --ignored --nocapture --skip an_a4_printer
