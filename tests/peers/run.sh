#!/bin/sh
# Certificates through the exchange, and the same ones by ReportLab, WeasyPrint and
# Chromium in the same run; veraPDF judges a file of each. `run.sh PROFILE`, of Cargo:
# shipped (as it is delivered), bench or dev.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/peers
profile=${1:-shipped}

cd "$root"
tests/setup/install.sh bench
mkdir -p "$folder"
if ! cmp -s tests/peers/requirements.txt "$folder/venv/requirements.txt"; then
    python3 -m venv --clear "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check -r tests/peers/requirements.txt
    cp tests/peers/requirements.txt "$folder/venv/requirements.txt"
fi

cargo bench --profile "$profile" --package exchange --bench issue -- "$folder"
for engine in reportlab weasyprint chromium; do
    PYTHONDONTWRITEBYTECODE=1 "$folder/venv/bin/python" "tests/peers/by_$engine.py" \
        "$folder/orders.json" "$folder/$engine.pdf" > "$folder/$engine.json" 2> "$folder/$engine.log" ||
        { cat "$folder/$engine.log" >&2; exit 1; }
done
cd "$folder"
# Files that fail are what most of them are expected to be.
"$root/tests/oracle/vera.sh" 2a,ua1 exchange.pdf reportlab.pdf weasyprint.pdf chromium.pdf > verdicts 2> judge.log || true
python3 "$root/tests/peers/table.py" "$folder"
