"""Judges a container with nothing of ours: Python's ZIP and XML, and OpenSSL.

judge FILE ANCHOR TIME   says whether it is ASiC-E with CAdES (ETSI EN 319 162-1, 4.4)
deflate|add|drop|twice FROM TO   packs it anew, or tampers with it
"""

import base64
import hashlib
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as xml
import zipfile

ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
XML_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"


def judge(file, anchor, time):
    with open(file, "rb") as raw:
        head = raw.read(30 + 8 + len(MEDIA_TYPE))
    expect(head[:4] == b"PK\3\4" and head[8:10] == b"\0\0" and head[28:30] == b"\0\0",
           "the first entry is not stored without extra fields")
    expect(head[30:38] == b"mimetype" and head[38:] == MEDIA_TYPE, "the type is not where it belongs")
    with zipfile.ZipFile(file) as archive:
        expect(archive.testzip() is None, f"{archive.testzip()} is damaged")
        names = archive.namelist()
        expect(len(set(names)) == len(names), "a name comes twice")
        manifest = archive.read("META-INF/ASiCManifest001.xml")
        root = xml.fromstring(manifest)
        expect(root.tag == ASIC + "ASiCManifest", "the manifest is another one")
        named = set()
        for reference in root.iter(ASIC + "DataObjectReference"):
            name = reference.get("URI")
            named.add(name)
            method = reference.find(XML_SIGNATURE + "DigestMethod").get("Algorithm")
            expect(method == "http://www.w3.org/2001/04/xmlenc#sha256", "another digest")
            digest = base64.b64decode(reference.find(XML_SIGNATURE + "DigestValue").text)
            expect(hashlib.sha256(archive.read(name)).digest() == digest, f"{name} was altered")
        others = {it for it in names if not it.startswith("META-INF/")} - {"mimetype"}
        expect(others == named, "there is more or less than is signed")
        signature = root.find(ASIC + "SigReference").get("URI")
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("m", manifest), ("s", archive.read(signature))):
                with open(f"{folder}/{name}", "wb") as out:
                    out.write(content)
            said = subprocess.run(
                ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER",
                 "-in", f"{folder}/s", "-content", f"{folder}/m", "-CAfile", anchor,
                 "-purpose", "any", "-attime", time, "-out", "/dev/null"],
                capture_output=True, text=True, check=False)
            expect(said.returncode == 0, said.stderr)


def pack(how, source, target):
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if how == "drop" and entry.filename == "consent.json":
                continue
            first = entry.filename == "mimetype"
            kind = zipfile.ZIP_STORED if first or how != "deflate" else zipfile.ZIP_DEFLATED
            new.writestr(entry.filename, old.read(entry), compress_type=kind)
        if how == "add":
            new.writestr("unsigned.txt", "nobody signed this")
        if how == "twice":
            new.writestr("consent.json", "{}")


def expect(holds, otherwise):
    if not holds:
        sys.exit(otherwise)


if sys.argv[1] == "judge":
    judge(*sys.argv[2:])
else:
    pack(*sys.argv[1:])
