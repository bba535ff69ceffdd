"""Prints what each engine did, and fails when our file fails where it must not."""

import json
import os
import sys

ROWS = [
    ("exchange", "exchange, one by one"),
    ("exchange-together", "exchange, eight at once"),
    ("press", "our press alone"),
    ("reportlab", "ReportLab"),
    ("weasyprint", "WeasyPrint"),
    ("chromium", "Chromium"),
]
PEERS = ("reportlab", "weasyprint", "chromium")
GOAL = 3


def main():
    folder = sys.argv[1]
    figures, verdicts = {}, {}
    for name, _ in ROWS:
        with open(os.path.join(folder, f"{name}.json"), encoding="utf-8") as file:
            figures[name] = json.load(file)
    with open(os.path.join(folder, "verdicts"), encoding="utf-8") as file:
        for line in file:
            words = line.split()
            verdicts[words[0].removesuffix(".pdf"), words[1]] = words[2]

    rates = {name: it["papers"] / it["processor_seconds"] for name, it in figures.items()}
    fastest = max(PEERS, key=rates.get)
    print(f"{'':26}{'a CPU-second':>13}{'ratio':>7}{'p50 ms':>9}{'p99 ms':>9}  PDF/A-2a  PDF/UA-1")
    for name, title in ROWS:
        verdict = [verdicts.get((name, flavour), "") for flavour in ("2a", "ua1")]
        print(f"{title:26}{rates[name]:13.1f}{rates[name] / rates[fastest]:7.2f}"
              f"{figures[name]['p50_ms']:9.1f}{figures[name]['p99_ms']:9.1f}  "
              f"{verdict[0]:9} {verdict[1]}")
    reached = rates["exchange-together"] / rates[fastest]
    print(f"goal {GOAL} times {fastest}: {'reached' if reached >= GOAL else 'not reached'} ({reached:.2f})")
    if {verdicts.get(("exchange", flavour)) for flavour in ("2a", "ua1")} != {"PASS"}:
        sys.exit("our file does not pass veraPDF")


main()
