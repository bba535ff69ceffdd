//! Each day has one fee, inside the jurisdiction and outside.

use calendar::parse_day;
use catalog::{FeeRow, Ordinance, Scope};

use crate::{folder::Folder, report::Report, source::Source, words::Words};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for part in &folder.ordinances {
        let Some(ordinance) = &part.value else {
            continue;
        };
        for (number, row) in ordinance.rows.iter().enumerate() {
            days(&part.source, number, row, report);
        }
        if ordinance.rows.is_empty() {
            let words = Words::new("row: 수수료가 하나도 없어요", "row: there is no fee");
            report.at(&part.source, "/row", "fee-gap", words);
        }
        for (scope, ko, en) in [
            (Scope::Inside, "관내", "inside the jurisdiction"),
            (Scope::Outside, "관외", "outside the jurisdiction"),
        ] {
            follow(&part.source, &in_order(ordinance, scope), (ko, en), report);
        }
    }
}

fn days(source: &Source, number: usize, row: &FeeRow, report: &mut Report) {
    if let Some(until) = row.until.as_ref().filter(|it| **it <= row.from) {
        let from = &row.from;
        let words = Words::new(
            format!("{from}에 시작해서 {until}에 끝나는 수수료는 하루도 쓰이지 않아요"),
            format!("A fee from {from} until {until} is in force on no day"),
        );
        report.at(source, &format!("/row/{number}/until"), "day", words);
    }
}

/// Whether a text is a day such as `2026-01-01` (ISO 8601-1, 5.2.2.1, extended), of the
/// years a fee or an edition may be of.
pub fn is_day(text: &str) -> bool {
    parse_day(text).is_some_and(|it| it.year() >= 1900)
}

/// The rows that count for a place, the earliest first.
fn in_order(ordinance: &Ordinance, scope: Scope) -> Vec<(usize, &FeeRow)> {
    let counts = |row: &FeeRow| row.scope == Scope::Everywhere || row.scope == scope;
    let rows = ordinance.rows.iter().enumerate();
    let mut rows: Vec<_> = rows.filter(|(_, row)| counts(row)).collect();
    rows.sort_by_key(|(_, row)| row.from);
    rows
}

fn follow(source: &Source, rows: &[(usize, &FeeRow)], place: (&str, &str), report: &mut Report) {
    let (ko, en) = place;
    if rows.is_empty() && source.has("/row") {
        let words = Words::new(
            format!("{ko} 수수료가 없어요"),
            format!("There is no fee {en}"),
        );
        report.at(source, "/row", "fee-gap", words);
    }
    for pair in rows.windows(2) {
        let [(_, before), (number, after)] = pair else {
            continue;
        };
        let from = &after.from;
        match &before.until {
            Some(until) if until < from => {
                let words = Words::new(
                    format!("{until}부터 {from} 전까지 {ko} 수수료가 없어요"),
                    format!("There is no fee {en} from {until} until {from}"),
                );
                report.at(source, &format!("/row/{number}/from"), "fee-gap", words);
            }
            Some(until) if until == from => {}
            Some(_) | None => {
                let words = Words::new(
                    format!(
                        "{from}에 {ko} 수수료가 둘이에요. 앞의 것에 until = \"{from}\"을 적어 주세요"
                    ),
                    format!(
                        "On {from} there are two fees {en}; the earlier one needs until = \"{from}\""
                    ),
                );
                report.at(source, &format!("/row/{number}/from"), "fee-overlap", words);
            }
        }
    }
}
