#!/bin/sh
# `devices-table.sh FOLDER`: drivers and moods as a table, from what the conformance suite and
# the judges have written there. Fails when a cell is empty: nobody has seen it.
set -eu
cd "$1"
exec awk -F '\t' '
function wide(text) { return text == "–" ? 1 : length(text) }
function add(row, column, text) {
    cell[row, column] = text
    if (wide(text) > width[column]) width[column] = wide(text)
}
function line(row,   column, text) {
    text = ""
    for (column = 0; column <= columns; column++)
        text = text cell[row, column] sprintf("%*s", width[column] - wide(cell[row, column]) + 2, "")
    sub(/ +$/, "", text)
    print text
}
BEGIN {
    rows = split("magnetic stripe,motor card reader,chip card,fingerprint,barcode scanner,camera,receipt printer,document printer," \
        "coin acceptor,bill validator,ccnet validator,hopper,payment terminal,auxiliaries,power supply", driver, ",")
    moods = split("well,slow,near end,used up,cover open,jammed,dead,lying,unplugged,garbage", mood, ",")
    columns = moods + 1
    add(0, 0, "driver")
    for (place = 1; place <= moods; place++) add(0, place, mood[place])
    add(0, columns, "judge")
    for (row = 1; row <= rows; row++) {
        add(row, 0, driver[row])
        file = driver[row] ".tsv"
        while ((getline < file) > 0) {
            for (place = 1; place <= moods; place++) if ($1 == mood[place]) add(row, place, $2)
            if ($1 == "judge") judge = $2
        }
        for (place = 1; place <= moods; place++)
            if (cell[row, place] == "") empty = empty "\n  " driver[row] ", " mood[place]
        verdict = ""
        if (judge != "none" && judge != "") {
            getline verdict < ("judges/" judge)
            close("judges/" judge)
        }
        add(row, columns, judge (verdict == "" ? "" : ": " verdict))
        if (judge == "" || (judge != "none" && verdict == "")) empty = empty "\n  " driver[row] ", its judge"
        judge = ""
    }
    print ""
    for (row = 0; row <= rows; row++) line(row)
    print ""
    print "Done: with evidence. NotDone: proven. Unknown: it may have been done. called off: nothing was"
    print "told while somebody waited. After it a fault as the driver or its status names it. –: no device"
    print "of this class comes into this mood."
    if (empty != "") { print "Nobody has seen:" empty; exit 1 }
}'
