#!/bin/sh
# The CycloneDX project's own library judges the bill of materials of an image that `make image`
# has built: `sbom.sh FILE`. It comes from PyPI.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
venv=$root/target/oracle/sbom
version=11.12.0
if [ ! -f "$venv/$version" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "cyclonedx-python-lib[json-validation]==$version"
    touch "$venv/$version"
fi
"$venv/bin/python" - "$1" << 'END'
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = open(sys.argv[1]).read()
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
if fault:
    sys.exit(f"not CycloneDX 1.6: {fault}")
print(f"{sys.argv[1]}: CycloneDX 1.6, as it should be")
END
