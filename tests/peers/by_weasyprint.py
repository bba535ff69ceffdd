"""WeasyPrint, at its most demanding: it is asked for PDF/A-2a, which wants tags."""

import sys

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

import page
import paper

orders, out = paper.orders(sys.argv[1]), sys.argv[2]
fonts = FontConfiguration()


def make(order):
    return HTML(string=page.html(order)).write_pdf(font_config=fonts, pdf_variant="pdf/a-2a")


make(orders[0])
meter = paper.Meter()
for order in orders:
    pdf = meter.timed(lambda order=order: make(order))
with open(out, "wb") as file:
    file.write(pdf)
meter.report()
