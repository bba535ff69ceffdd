"""ReportLab: every word placed by hand on its canvas, which is its fastest way.

It cannot embed fonts with PostScript outlines, as Noto's are; the letters that occur are
given to it as TrueType before the time is taken."""

import io
import os
import sys
import tempfile

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, newTable
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import paper

NOTO = "/usr/share/fonts/opentype/noto"
LEFT, RIGHT = 53.86, 541.42


def in_true_type(collection, name, letters, file):
    font = next(it for it in TTCollection(collection).fonts if it["name"].getDebugName(1) == name)
    options = Options()
    options.layout_features = []
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, {}
    for glyph in order:
        pen = TTGlyphPen(glyphs)
        glyphs[glyph].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        table.glyphs[glyph] = pen.glyph()
    del font["CFF "]
    for gone in ("VORG", "vhea", "vmtx", "GSUB", "GPOS", "BASE"):
        if gone in font:
            del font[gone]
    font["loca"] = newTable("loca")
    font["glyf"] = table
    font["maxp"].tableVersion = 0x00010000
    for limit in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs",
                  "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions",
                  "maxComponentElements"):
        setattr(font["maxp"], limit, 1 if limit == "maxZones" else 0)
    font["post"].formatType = 3.0
    font["head"].indexToLocFormat = 1
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(file)


def register(orders):
    letters = "".join(sorted({it for order in orders for it in repr(order)} | set(
        open(paper.__file__, encoding="utf-8").read()) | set(open(__file__, encoding="utf-8").read())))
    for name, file, face in (
            ("sans", "NotoSansCJK-Regular.ttc", "Noto Sans CJK KR"),
            ("bold", "NotoSansCJK-Bold.ttc", "Noto Sans CJK KR"),
            ("serif", "NotoSerifCJK-Bold.ttc", "Noto Serif CJK KR")):
        made = os.path.join(tempfile.gettempdir(), f"minwon-peer-{os.getpid()}-{name}.ttf")
        in_true_type(os.path.join(NOTO, file), face, letters, made)
        pdfmetrics.registerFont(TTFont(name, made))
        os.remove(made)


class Sheet:
    def __init__(self, order):
        self.bytes = io.BytesIO()
        self.canvas = Canvas(self.bytes, pagesize=(paper.WIDTH, paper.HEIGHT), lang="ko")
        self.order = order

    def text(self, x, y, words, font="sans", size=9.5, color="#000000", center=False, spread=0):
        self.canvas.setFillColor(HexColor(color))
        self.canvas.setFont(font, size)
        draw = self.canvas.drawCentredString if center else self.canvas.drawString
        draw(x, paper.HEIGHT - y, words, charSpace=spread)

    def both(self, x, y, pair, center=True, font="sans"):
        self.text(x, y, pair[0], font=font, center=center)
        self.text(x, y + 11, pair[1], size=7.5, color=paper.FAINT, center=center)

    def rule(self, x, y, x2, y2, width=0.4, color="#6d7882"):
        self.canvas.setStrokeColor(HexColor(color))
        self.canvas.setLineWidth(width)
        self.canvas.line(x, paper.HEIGHT - y, x2, paper.HEIGHT - y2)

    def head(self, x, y, width, height):
        self.canvas.setFillColor(HexColor(paper.QUIET))
        self.canvas.rect(x, paper.HEIGHT - y - height, width, height, stroke=0, fill=1)

    def table(self, y, columns, rows, height=31):
        edges = [LEFT]
        for *_, width in columns:
            edges.append(edges[-1] + width)
        self.head(LEFT, y, edges[-1] - LEFT, height)
        for at, (ko, en, _) in enumerate(columns):
            self.both((edges[at] + edges[at + 1]) / 2, y + 13, (ko, en), font="bold")
        for index, row in enumerate([None, *rows]):
            top = y + index * height
            strong = index == 0
            self.rule(LEFT, top, edges[-1], top, 1 if strong else 0.4)
            for at, cell in enumerate(row or ()):
                middle = (edges[at] + edges[at + 1]) / 2
                if isinstance(cell, str):
                    self.text(middle, top + 18, cell, center=True)
                else:
                    self.both(middle, top + 13, cell, font="bold" if at == 2 else "sans")
        end = y + (len(rows) + 1) * height
        self.rule(LEFT, end, edges[-1], end, 1)
        for edge in edges[1:-1]:
            self.rule(edge, y, edge, end)
        return end

    def background(self):
        for inset, width in zip(paper.FRAME, (1.0, 0.4)):
            self.canvas.setStrokeColor(HexColor("#6d7f98"))
            self.canvas.setLineWidth(width)
            self.canvas.rect(inset, inset, paper.WIDTH - 2 * inset, paper.HEIGHT - 2 * inset)
        for color, width, curves in paper.background(self.order["number"]):
            self.canvas.setStrokeColor(HexColor(color))
            self.canvas.setLineWidth(width)
            path = self.canvas.beginPath()
            for verb, points in curves:
                flat = [part for x, y in points for part in (x, paper.HEIGHT - y)]
                {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo}[verb](*flat)
            self.canvas.drawPath(path)

    def code(self, x, y):
        rows = paper.modules(self.order["seal"])
        path = self.canvas.beginPath()
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    path.rect(x + across * paper.MODULE, paper.HEIGHT - y - (down + 1) * paper.MODULE,
                              paper.MODULE, paper.MODULE)
        self.canvas.setFillColor(HexColor("#000000"))
        self.canvas.drawPath(path, stroke=0, fill=1)

    def stamp(self, x, y):
        self.canvas.setStrokeColor(HexColor("#c4231b"))
        self.canvas.setLineWidth(2.9)
        self.canvas.rect(x, paper.HEIGHT - y - 55, 55, 55)
        for index, letter in enumerate("가온구청장의인"):
            self.text(x + 44 - 19 * (index // 3), y + 17 + 17 * (index % 3), letter, "serif", 16,
                      "#c4231b", center=True)

    def finish(self):
        record, number = self.order["record"], self.order["number"]
        self.canvas.setTitle(" ".join(paper.TITLE))
        self.background()
        self.text(LEFT, 52, f"문서확인번호 Document no. {number}", size=8, color=paper.FAINT)
        middle = paper.WIDTH / 2
        self.text(middle, 105, paper.TITLE[0], "serif", 27, center=True, spread=9)
        self.text(middle, 122, paper.TITLE[1], size=10.5, color=paper.FAINT, center=True)
        y = 145
        owner, address = record["householder"], record["address"]
        for label, value in ((("세대주", "Householder"), (owner["name"], owner["name_latin"])),
                             (("주소", "Address"), (address["ko"], address["en"]))):
            self.head(LEFT, y, 96, 31)
            self.both(LEFT + 48, y + 13, label, font="bold")
            self.both(LEFT + 102, y + 13, value, center=False)
            self.rule(LEFT, y, RIGHT, y)
            y += 31
        self.rule(LEFT, y, RIGHT, y, 1)
        self.text(LEFT, y + 22, "세대원 Household members", "bold", 10.5)
        y = self.table(y + 30, paper.COLUMNS, [
            (str(index), paper.RELATIONS[it["relation"]], (it["name"], it["name_latin"]),
             paper.masked(it["resident_number"]), it["moved_in"], paper.REASONS[it["reason"]])
            for index, it in enumerate(record["members"], 1)])
        self.text(LEFT, y + 22, "주소 변동 Earlier addresses", "bold", 10.5)
        y = self.table(y + 30, [("번호", "No.", 34), ("전입일", "Since", 72), ("주소", "Address", 381)], [
            (str(index), it["moved_in"], (it["address"]["ko"], it["address"]["en"]))
            for index, it in enumerate(record["history"], 1)])
        self.text(middle, y + 16, "— 이하 여백 · nothing follows —", size=8, color=paper.FAINT, center=True)
        self.text(middle, 606, paper.WITNESS[0], size=12, center=True)
        self.text(middle, 619, paper.WITNESS[1], size=8.5, color=paper.FAINT, center=True)
        self.code(LEFT, 628)
        self.text(LEFT, 762, "QR을 읽고 나온 내용을 이 종이와 견주세요", size=7)
        self.text(380, 655, "2026년 11월 24일", size=12.5, center=True)
        self.text(380, 668, "24 November 2026", size=7.5, color=paper.FAINT, center=True)
        self.stamp(480, 690)
        self.text(380, 725, paper.OFFICE[0], "serif", 19, center=True, spread=2.7)
        self.text(380, 755, paper.OFFICE[1], size=8.5, color=paper.FAINT, center=True)
        self.text(LEFT, 772, (number + " ") * 26, size=2)
        self.text(LEFT, 784, "유효기간: 발급일부터 90일 · 수수료 200원 · 1부 가운데 1번째", size=7.5, color=paper.FAINT)
        self.text(LEFT, 795, "Valid for 90 days · Fee 200 won · copy 1 of 1", size=7.5, color=paper.FAINT)
        self.canvas.showPage()
        self.canvas.save()
        return self.bytes.getvalue()


def main():
    orders, out = paper.orders(sys.argv[1]), sys.argv[2]
    register(orders)
    Sheet(orders[0]).finish()
    meter = paper.Meter()
    for order in orders:
        pdf = meter.timed(lambda order=order: Sheet(order).finish())
    with open(out, "wb") as file:
        file.write(pdf)
    meter.report()


main()
