"""Verifies a seal with python-cwt: seal.py PUBLIC_KEY.pem < SEAL prints its claims."""

import hashlib
import sys
import zlib

import base45
import cbor2
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from cwt import COSE, COSEKey

pem = open(sys.argv[1], "rb").read()
spki = load_pem_public_key(pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
key = COSEKey.from_pem(pem, kid=hashlib.sha256(spki).digest()[:8], alg="ES256")

text = sys.stdin.read().strip()
packed = base45.b45decode(text.removeprefix("MW1:"))
message = zlib.decompress(packed) if packed[0] == 0x78 else packed
claims = cbor2.loads(COSE.new().decode(message, key))
print(claims[1], *claims[-65537], *claims[-65538], sep="\n")
