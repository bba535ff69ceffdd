#!/bin/sh
# The demonstration: networks, exchange, kiosk, switch and desk, each a process of
# its own, and somebody who telephones. With a display a person uses it; without
# one scripted hands do, under Xvfb, and the pictures and papers are left in
# target/demo.
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

# $1 is the file that appears when a program is ready, $2 how many tenths of a
# second that may take.
await() {
    tries=0
    while [ ! -s "$1" ]; do
        tries=$((tries + 1))
        if [ $tries -gt "${2:-300}" ]; then
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

"$programs/minwon-sandbox" 127.0.0.1:0 "$run/networks.url" shared/catalog 2> "$run/networks.log" &
pids="$pids $!"
await "$run/networks.url"

"$programs/minwon-exchange" station-add gaon-1 --data "$run/exchange" \
    --stations "$run/stations.toml" --into "$run/credentials" --clock "$clock"
mkdir "$run/messages"
passphrase="blue kite over gaon"
echo "$passphrase" | "$programs/minwon-exchange" operator add operator-1 --role administrator \
    --data "$run/exchange"
RUST_LOG=info NO_COLOR=1 "$programs/minwon-exchange" --catalog shared/catalog --data "$run/exchange" \
    --networks "$(cat "$run/networks.url")" --stations "$run/stations.toml" \
    --listen 127.0.0.1:0 --public 127.0.0.1:0 --console 127.0.0.1:0 --clock "$clock" --address-file "$run/exchange.url" \
    --text-messages "$run/messages" 2> "$run/exchange.log" &
pids="$pids $!"
await "$run/exchange.url"
exchange=$(sed 's|^https://||' "$run/exchange.url")

"$programs/minwon-exchange" station-add desk-1 --kind desk --data "$run/exchange" \
    --stations "$run/stations.toml" --into "$run/desk/credentials" --clock "$clock"
"$programs/minwon-exchange" station-add desk-2 --kind desk --data "$run/exchange" \
    --stations "$run/stations.toml" --into "$run/desk-2/credentials" --clock "$clock"
"$programs/minwon-exchange" switch-certify 127.0.0.1 --data "$run/exchange" \
    --stations "$run/stations.toml" --into "$run/switch/credentials" --clock "$clock"
cp callcenter/desk/rehearsal/switch.toml "$run/switch/"
: > "$run/switch/accounts"
for account in agent-1 supervisor-1; do
    echo "$passphrase" | "$programs/minwon-switch" agent $account "$run/switch/switch.toml" \
        2>> "$run/agent.log"
done
"$programs/minwon-switch" "$run/switch/switch.toml" --address-file "$run/switch/address" \
    --clock "$clock" 2> "$run/switch.log" &
pids="$pids $!"
echo "the switch learns what it says to callers (the first time this takes a while)"
await "$run/switch/address" 3000
switch=$(sed -n 1p "$run/switch/address")
espeak-ng -v ko -w "$run/speech.wav" "안녕하세요. 새빛동 십이 다시 삼 토지대장 한 통 부탁합니다."
# $1 is the station, $2 its folder.
desk_settings() {
    sed "s/^station = .*/station = \"$1\"/" callcenter/desk/rehearsal/site.toml
    printf 'journal = "%s"\n' "$PWD/$2/journal.sqlite"
    printf '[exchange]\nurl = "%s"\ncredentials = "%s"\n' "$(cat "$run/exchange.url")" "$PWD/$2/credentials"
    printf '[switch]\naddress = "%s"\ncredentials = "%s"\n' "$(sed -n 2p "$run/switch/address")" "$PWD/$2/credentials"
    printf '[sound]\nmicrophone = "null"\nloudspeaker = "null"\n'
}
desk_settings desk-1 "$run/desk" > "$run/desk/desk.toml"
desk_settings desk-2 "$run/desk-2" > "$run/desk-2/desk.toml"

# $1 is the desk's folder.
desk() {
    folder=$1
    shift
    SLINT_SCALE_FACTOR=1 "$programs/minwon-rehearsal" --desk "$folder/desk.toml" \
        --switch "$switch" --speech "$run/speech.wav" --clock "$clock" "$@" 2> "$folder/desk.log"
}

kiosk() {
    SLINT_SCALE_FACTOR=1 "$programs/minwon-dock" --site kiosk/dock/site.toml \
        --exchange "$exchange" --folder "$run" --clock "$clock" "$@" 2> "$run/kiosk.log"
}

if [ -n "${DISPLAY:-}" ] && [ -z "${CI:-}" ]; then
    echo "kiosk and desk are open; the agent is agent-1, the passphrase \"$passphrase\","
    echo "and somebody calls as soon as the agent is ready; close the kiosk's window to end."
    echo "The second desk is for supervisor-1, with the same passphrase: who types a wrong number"
    echo "to a card three times can be identified by both (Ctrl+F1 at the desks). Text messages"
    echo "to citizens lie in $run/messages"
    console=$(sed -n 's/.*The exchange is up.* console=\([0-9.:]*\).*/\1/p' "$run/exchange.log")
    echo "The operators' console is at https://$console for operator-1, with the same passphrase;"
    echo "the browser does not know who vouches for it ($run/exchange/keys/line/authority.pem)"
    desk "$run/desk" &
    pids="$pids $!"
    desk "$run/desk-2" &
    pids="$pids $!"
    kiosk
    exit
fi

Xvfb -displayfd 3 -screen 0 1920x3000x24 -nolisten tcp 3> "$run/display" 2> "$run/xvfb.log" &
pids="$pids $!"
await "$run/display"
DISPLAY=:$(cat "$run/display")
export DISPLAY
echo "no display: scripted hands take a call and prepare what it asks for"
desk "$run/desk" --pictures "$out" --passphrase "$passphrase" --code-file "$run/code" &
desk_process=$!
pids="$pids $desk_process"
await "$run/code" 3000
echo "a scripted finger asks for three services, is helped from the desk, and collects what was prepared"
if ! kiosk --pictures "$out" --code "$(cat "$run/code")"; then
    tail -n 20 "$run/kiosk.log" "$run/desk/desk.log" >&2
    exit 1
fi
if ! wait "$desk_process"; then
    tail -n 20 "$run/desk/desk.log" >&2
    exit 1
fi

echo "somebody who sees nothing visits a kiosk; what was said is spoken once more"
RUST_LOG=error "$programs/minwon-visit-by-ear" "$out" 2> "$run/visit-by-ear.log" || {
    tail -n 20 "$run/visit-by-ear.log" >&2
    exit 1
}

# The household's certificate is the first sheet that came out.
first=$(ls -tr "$run"/a4/printed/*.pdf | head -n 1)
cp "$first" "$out/certificate.pdf"
pdftoppm -png -singlefile -r 150 "$out/certificate.pdf" "$out/certificate"
cp "$run/receipt-1.png" "$out/receipt.png"
"$programs/minwon-verify" "$out/certificate.pdf" --trust "$run/exchange/trust"
echo
echo "screens, certificate.pdf, certificate.png, receipt.png, and visit-by-ear.wav with its text are in $out:"
ls "$out"
