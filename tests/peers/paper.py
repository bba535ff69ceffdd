"""One certificate, as other engines print it: the same words, fonts, background and seal.

`orders.json` comes from the bench: for each certificate its record, number and the text of
its seal. QR code and background are made for each certificate, as ours are; signing it,
asking a network and keeping it is not asked of anybody here.
"""

import hashlib
import json
import math
import os
import time

import segno

WIDTH, HEIGHT = 595.28, 841.89
FRAME = (24.0, 33.0)
REACH = 4 / (3 * math.pi)
LIFT = 4 / 3
# Four dots a module at 203 dpi.
MODULE = 4 / 203 * 72
FAINT = "#495057"
QUIET = "#f0f3f7"

TITLE = ("주민등록표 등본", "Resident register, household")
OFFICE = ("한빛시 가온구청장", "Mayor of Gaon-gu, Hanbit-si")
WITNESS = ("위 내용은 주민등록표의 사실과 다름이 없음을 증명합니다.",
           "This certifies that the above is a true extract of the resident register.")
COLUMNS = [("번호", "No.", 34), ("관계", "Relation", 62), ("성명", "Name", 161),
           ("주민등록번호", "Resident no.", 106), ("전입일", "Since", 66), ("사유", "Reason", 58)]
RELATIONS = {
    "self": ("본인", "Householder"), "spouse": ("배우자", "Spouse"), "child": ("자녀", "Child"),
    "parent": ("부모", "Parent"), "grandparent": ("조부모", "Grandparent"),
    "sibling": ("형제자매", "Sibling"), "cohabitant": ("동거인", "Cohabitant"),
}
REASONS = {
    "moved_in": ("전입", "Moved in"), "birth": ("출생", "Birth"),
    "marriage": ("혼인", "Marriage"), "registered": ("등록", "Registered"),
}


def orders(file):
    with open(file, encoding="utf-8") as text:
        return json.load(text)


def masked(number):
    return f"{number[:6]}-{number[6]}******"


def modules(text):
    """The seal's QR code, row by row; error correction M, without a margin."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    return [list(row) for row in code.matrix]


def background(number):
    """Strokes (color, width) with their curves: chains of half sine waves whose shape
    follows from the number, as in `shared/certificate/src/guilloche.rs`."""
    digest = hashlib.sha256(number.encode()).digest()
    share = [byte / 255 for byte in digest]
    strokes = []
    for index, y in enumerate((112.0, 690.0)):
        at = 4 * index
        waves = 3 + digest[at] % 3
        height = 26 + 12 * share[at + 1]
        strokes.append(("#c3d5ea", 0.35, band(y, waves, height)))
        waves += 1 + digest[at + 2] % 3
        strokes.append(("#cde4d8", 0.35, band(y, waves, height * (0.5 + 0.3 * share[at + 3]))))
    petals = 9 + digest[8] % 8
    strokes.append(("#d3e4dc", 0.35, ring(petals, 118, 34 + 10 * share[9], 12)))
    petals += 3 + digest[10] % 5
    strokes.append(("#ebe0cb", 0.35, ring(petals, 56, 20 + 8 * share[11], 10)))
    strokes.append(("#8fa5c2", 0.35, chain(digest)))
    return strokes


def band(y, waves, height):
    curves = []
    for strand in range(-5, 6):
        wave(curves, (FRAME[1], y), (WIDTH - FRAME[1], y), 2 * waves, height * strand / 5)
    return curves


def ring(petals, radius, height, strands):
    curves = []
    half = math.pi / petals

    def at(angle, lift):
        return (WIDTH / 2 + (radius + lift) * math.cos(angle),
                412 + (radius + lift) * math.sin(angle))

    for strand in range(strands):
        start = math.tau / petals * strand / strands
        curves.append(("M", [at(start, 0)]))
        for step in range(2 * petals):
            angle = start + half * step
            lift = height if step % 2 == 0 else -height
            curves.append(("C", [at(angle + half * REACH, lift * LIFT),
                                 at(angle + half * (1 - REACH), lift * LIFT),
                                 at(angle + half, 0)]))
    return curves


def chain(digest):
    curves = []
    middle = sum(FRAME) / 2
    right, bottom = WIDTH - middle, HEIGHT - middle
    corners = [(middle, middle), (right, middle), (right, bottom), (middle, bottom)]
    halves = [36 + 2 * (digest[12] % 8), 52 + 2 * (digest[13] % 12)]
    room = (FRAME[1] - FRAME[0]) / 2 - 1
    for side, start in enumerate(corners):
        for height in (room, -room, 0.4 * room):
            wave(curves, start, corners[(side + 1) % 4], halves[side % 2], height)
    return curves


def wave(curves, start, end, halves, height):
    along, across = (end[0] - start[0]) / halves, (end[1] - start[1]) / halves
    length = math.hypot(along, across)
    aside = (-across / length, along / length)
    curves.append(("M", [start]))
    if height == 0:
        curves.append(("L", [end]))
        return
    for half in range(halves):
        lift = LIFT * (height if half % 2 == 0 else -height)

        def at(share, lift):
            steps = half + share
            return (start[0] + steps * along + lift * aside[0],
                    start[1] + steps * across + lift * aside[1])

        curves.append(("C", [at(REACH, lift), at(1 - REACH, lift), at(1, 0)]))


class Meter:
    """Processor time of this process and all below it, and how long each paper took."""

    def __init__(self):
        self.times = []
        self.start = processor_seconds()

    def timed(self, make):
        begin = time.perf_counter()
        made = make()
        self.times.append(time.perf_counter() - begin)
        return made

    def report(self):
        spent = processor_seconds() - self.start
        times = sorted(self.times)
        last = len(times) - 1
        print(json.dumps({
            "papers": len(times),
            "processor_seconds": spent,
            "p50_ms": 1000 * times[round(last * 0.5)],
            "p99_ms": 1000 * times[round(last * 0.99)],
        }))


def processor_seconds():
    """proc(5): user and system time of this process and its descendants, ended ones too."""
    tick = os.sysconf("SC_CLK_TCK")
    parents, spent = {}, {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as text:
                fields = text.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(name)] = int(fields[1])
        spent[int(name)] = sum(map(int, fields[11:15])) / tick
    ours = {os.getpid()}
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in ours} - ours
        ours |= more
        grown = bool(more)
    return sum(spent.get(pid, 0) for pid in ours)
