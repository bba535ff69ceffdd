"""The certificate as a page of HTML, for the engines that print those."""

from html import escape

import paper

STYLE = f"""
@page {{ size: A4; margin: 0; }}
body {{ font-family: "Noto Sans CJK KR"; font-size: 9.5pt; margin: 0; line-height: 1.2;
       padding: 15mm 19mm 0; }}
.background {{ position: absolute; z-index: -1; top: 0; left: 0; width: 210mm; height: 296mm;
              overflow: hidden; }}
h1 {{ font-family: "Noto Serif CJK KR"; font-size: 27pt; letter-spacing: 9pt; margin: 8pt 0 0;
     text-align: center; }}
.english {{ font-size: 7.5pt; color: {paper.FAINT}; }}
.title {{ text-align: center; font-size: 10.5pt; color: {paper.FAINT}; margin: 1pt 0 14pt; }}
h2 {{ font-size: 10.5pt; margin: 10pt 0 5pt; }}
h2 span {{ font-size: 8.5pt; font-weight: normal; color: {paper.FAINT}; }}
table {{ border-collapse: collapse; width: 100%; border-top: 1pt solid #1e2124;
        border-bottom: 1pt solid #1e2124; }}
th, td {{ border: 0.4pt solid #6d7882; padding: 3pt 6pt; text-align: center; }}
th {{ background: {paper.QUIET}; }}
th:first-child, td:first-child {{ border-left: none; }}
th:last-child, td:last-child {{ border-right: none; }}
.left td {{ text-align: left; }}
.left th {{ width: 84pt; }}
.end {{ text-align: center; font-size: 8pt; color: {paper.FAINT}; margin: 6pt 0 10pt; }}
.witness {{ text-align: center; font-size: 12pt; margin-bottom: 7pt; }}
.office {{ font-family: "Noto Serif CJK KR"; font-weight: bold; font-size: 19pt; }}
.foot td {{ border: none; vertical-align: middle; }}
.foot {{ border: none; }}
.micro {{ font-size: 2pt; white-space: nowrap; overflow: hidden; height: 2.2pt; }}
.number {{ font-size: 8pt; color: {paper.FAINT}; }}
.number b {{ font-size: 10pt; color: black; }}
"""


def html(order):
    record, number = order["record"], order["number"]
    members = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in (
            str(index), both(paper.RELATIONS[it["relation"]]),
            both((f"<b>{escape(it['name'])}</b>", escape(it["name_latin"]))),
            escape(paper.masked(it["resident_number"])), escape(it["moved_in"]),
            both(paper.REASONS[it["reason"]]))) + "</tr>"
        for index, it in enumerate(record["members"], 1))
    history = "".join(
        f"<tr><td>{index}</td><td>{escape(it['moved_in'])}</td><td style='text-align:left'>"
        f"{both((escape(it['address']['ko']), escape(it['address']['en'])))}</td></tr>"
        for index, it in enumerate(record["history"], 1))
    heads = "".join(f"<th scope='col'>{both((ko, en))}</th>" for ko, en, _ in paper.COLUMNS)
    owner, address = record["householder"], record["address"]
    return f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8">
<title>{paper.TITLE[0]} {paper.TITLE[1]}</title><style>{STYLE}</style></head><body>
<div class="background" aria-hidden="true">{drawing(number)}</div>
<div class="number">문서확인번호 Document no. <b>{escape(number)}</b></div>
<h1>{paper.TITLE[0]}</h1><div class="title" lang="en">{paper.TITLE[1]}</div>
<table class="left"><tr><th scope="row">{both(('세대주', 'Householder'))}</th>
<td>{both((escape(owner['name']), escape(owner['name_latin'])))}</td></tr>
<tr><th scope="row">{both(('주소', 'Address'))}</th>
<td>{both((escape(address['ko']), escape(address['en'])))}</td></tr></table>
<h2>세대원 <span lang="en">Household members</span></h2>
<table><thead><tr>{heads}</tr></thead><tbody>{members}</tbody></table>
<h2>주소 변동 <span lang="en">Earlier addresses</span></h2>
<table><thead><tr><th scope="col">{both(('번호', 'No.'))}</th>
<th scope="col">{both(('전입일', 'Since'))}</th><th scope="col">{both(('주소', 'Address'))}</th></tr></thead>
<tbody>{history}</tbody></table>
<div class="end">— 이하 여백 · nothing follows —</div>
<div class="witness">{paper.WITNESS[0]}<br><span class="english" lang="en">{paper.WITNESS[1]}</span></div>
<table class="foot"><tr><td>{code(order['seal'])}</td><td>2026년 11월 24일<br>
<span class="english" lang="en">24 November 2026</span><br><br>
<span class="office">{paper.OFFICE[0]}</span> {stamp()}<br>
<span class="english" lang="en">{paper.OFFICE[1]}</span></td></tr></table>
<div class="micro" aria-hidden="true">{(escape(number) + ' ') * 26}</div>
<div class="number">유효기간: 발급일부터 90일 · 수수료 200원 · 1부 가운데 1번째 · Valid for 90 days · Fee 200 won</div>
</body></html>"""


def both(pair):
    return f"{pair[0]}<br><span class='english' lang='en'>{pair[1]}</span>"


def drawing(number):
    parts = [f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {paper.WIDTH} {paper.HEIGHT}' "
             "width='210mm' height='297mm'><g fill='none'>"]
    for inset, width in zip(paper.FRAME, (1.0, 0.4)):
        parts.append(f"<rect x='{inset}' y='{inset}' width='{paper.WIDTH - 2 * inset}' "
                     f"height='{paper.HEIGHT - 2 * inset}' stroke='#6d7f98' stroke-width='{width}'/>")
    for color, width, curves in paper.background(number):
        path = "".join(verb + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
                       for verb, points in curves)
        parts.append(f"<path stroke='{color}' stroke-width='{width}' d='{path}'/>")
    parts.append("</g></svg>")
    return "".join(parts)


def code(text):
    rows = paper.modules(text)
    side = len(rows) * paper.MODULE
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows)
                   for x, dark in enumerate(row) if dark)
    return (f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {len(rows)} {len(rows)}' "
            f"width='{side:.2f}pt' height='{side:.2f}pt' role='img' "
            f"aria-label='전자서명이 든 QR 코드'><path d='{path}'/></svg>")


def stamp():
    letters = "가온구청장의인"
    places = "".join(
        f"<text x='{76 - 33 * (index // 3)}' y='{30 + 30 * (index % 3)}'>{letter}</text>"
        for index, letter in enumerate(letters))
    return ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' width='58pt' height='58pt' "
            "role='img' aria-label='직인'><rect x='2.5' y='2.5' width='95' height='95' rx='2.5' "
            "fill='none' stroke='#c4231b' stroke-width='5'/><g font-family='Noto Serif CJK KR' "
            "font-weight='700' font-size='28' fill='#c4231b' text-anchor='middle'>"
            f"{places}</g></svg>")
