#!/bin/sh
# The demonstration: networks, exchange and kiosk, each a process of its own.
# With a display a person uses it; without one a scripted finger does, under
# Xvfb, and the pictures and papers are left in target/demo.
set -eu
cd "$(dirname "$0")/../.."
out=target/demo
programs=${CARGO_TARGET_DIR:-target}/debug

echo "building (the first time this takes a while)"
cargo build --quiet --workspace --bins

rm -rf "$out"
mkdir -p "$out/run"
run=$out/run
pids=
trap 'kill $pids 2> /dev/null || true; wait 2> /dev/null || true' EXIT INT TERM

# $1 is the file that appears when a program is ready.
await() {
    tries=0
    while [ ! -s "$1" ]; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ]; then
            echo "waited in vain for $1; see $run/*.log" >&2
            exit 1
        fi
        sleep 0.1
    done
}

# Offices are open on weekdays at ten: the last such hour that has passed.
ten=$(TZ=Asia/Seoul date -d 'today 10:00' +%s)
while [ "$ten" -gt "$(date +%s)" ] || [ "$(TZ=Asia/Seoul date -d "@$ten" +%u)" -gt 5 ]; do
    ten=$((ten - 86400))
done
clock=${ten}000

"$programs/minwon-sandbox" 127.0.0.1:0 "$run/networks.url" 2> "$run/networks.log" &
pids="$pids $!"
await "$run/networks.url"

"$programs/minwon-exchange" station-add gaon-1 --data "$run/exchange" \
    --stations "$run/stations.toml" --into "$run/credentials" --clock "$clock"
"$programs/minwon-exchange" --catalog shared/catalog --data "$run/exchange" \
    --networks "$(cat "$run/networks.url")" --stations "$run/stations.toml" \
    --listen 127.0.0.1:0 --public 127.0.0.1:0 --clock "$clock" --address-file "$run/exchange.url" \
    2> "$run/exchange.log" &
pids="$pids $!"
await "$run/exchange.url"
exchange=$(sed 's|^https://||' "$run/exchange.url")

kiosk() {
    SLINT_SCALE_FACTOR=1 "$programs/minwon-dock" --site kiosk/dock/site.toml \
        --exchange "$exchange" --folder "$run" --clock "$clock" "$@" 2> "$run/kiosk.log"
}

if [ -n "${DISPLAY:-}" ] && [ -z "${CI:-}" ]; then
    echo "the kiosk is open; close its window to end"
    kiosk
    exit
fi

Xvfb -displayfd 3 -screen 0 1760x1920x24 -nolisten tcp 3> "$run/display" 2> "$run/xvfb.log" &
pids="$pids $!"
await "$run/display"
DISPLAY=:$(cat "$run/display")
export DISPLAY
echo "no display: a scripted finger asks for the three services"
if ! kiosk --pictures "$out"; then
    tail -n 20 "$run/kiosk.log" >&2
    exit 1
fi

# The household's certificate is the first sheet that came out.
first=$(ls -tr "$run"/a4/printed/*.pdf | head -n 1)
cp "$first" "$out/certificate.pdf"
pdftoppm -png -singlefile -r 150 "$out/certificate.pdf" "$out/certificate"
cp "$run/receipt-1.png" "$out/receipt.png"
"$programs/minwon-verify" "$out/certificate.pdf" --trust "$run/exchange/trust"
echo
echo "screens, certificate.pdf, certificate.png and receipt.png are in $out:"
ls "$out"
