#!/bin/sh
# Has another maker's program, Prism, play the data networks from the description that
# the exchange writes of them. It comes from the npm registry and runs on Node.js.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/oracle/prism
version=5.14.2

cd "$root"
command -v npm > /dev/null || tests/setup/install.sh node
if [ ! -f "$folder/$version" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
        "@stoplight/prism-cli@$version"
    touch "$folder/$version"
fi
MINWON_PRISM=$folder/node_modules/.bin/prism cargo test --workspace --test exchange -- \
    --ignored --nocapture services::foreign
