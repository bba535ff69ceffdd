"""Writes other words over a signed page in a later revision: overlay.py IN.pdf OUT.pdf."""

import sys

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

with open(sys.argv[1], "rb") as file:
    writer = IncrementalPdfFileWriter(file, strict=False)
    white = generic.StreamObject(stream_data=b"q 1 1 1 rg 100 600 400 90 re f Q")
    writer.add_stream_to_page(0, writer.add_object(white))
    with open(sys.argv[2], "wb") as out:
        writer.write(out)
