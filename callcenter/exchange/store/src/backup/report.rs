//! The drill on paper.

use std::fmt::Write;

use request::Timestamp;

use super::{Drill, Report, folder::moment};
use crate::{Survey, Watermarks};

pub(crate) fn text(
    order: &Drill<'_>,
    report: &Report,
    live: Option<&Survey>,
    now: Timestamp,
) -> String {
    let mut lines = vec![
        format!(
            "RESTORE DRILL: {}",
            if report.passed() { "PASSED" } else { "FAILED" }
        ),
        String::new(),
        format!("Backup        {}", order.backup.display()),
        format!(
            "Tried         {}",
            moment(now.as_millis(), "%Y-%m-%d %H:%M:%S UTC")
        ),
        format!("By            release {}", order.release),
        format!("Took          {:.1} s", report.took.as_secs_f64()),
    ];
    if let Some(restored) = &report.restored {
        lines.push(format!("Whole copy    {}", restored.base));
        lines.push(format!(
            "Reached       change {}, archived {}",
            restored.number, restored.at
        ));
        lines.push(stations(&restored.survey, live));
        let documents = restored.survey.documents;
        lines.push(format!(
            "Documents     {} finished, each with the digest it was made with; \
             {} reserved; {} void",
            documents.finished, documents.reserved, documents.void
        ));
        for (table, rows) in &restored.survey.rows {
            lines.push(format!("Rows          {rows:>9}  {table}"));
        }
        if restored.unconfirmed {
            lines.push(
                "Left out      a last change that was only half written; nobody had \
                        been told that it was safe"
                    .to_owned(),
            );
        }
    }
    lines.push(String::new());
    match report.complaints.as_slice() {
        [] => lines.push("Nothing is wrong.".to_owned()),
        complaints => {
            lines.push("What is wrong:".to_owned());
            lines.extend(complaints.iter().map(|complaint| format!("- {complaint}")));
        }
    }
    lines.join("\n") + "\n"
}

fn stations(restored: &Survey, live: Option<&Survey>) -> String {
    let mut text = format!("Stations      {}", restored.stations.len());
    for (station, restored) in &restored.stations {
        let _ = write!(
            text,
            "\n              {station}: {}, {} publications",
            entries(restored),
            restored.publications
        );
        if let Some(live) = live.and_then(|live| live.stations.get(station)) {
            let _ = write!(
                text,
                " (the live store has {}, {})",
                entries(live),
                live.publications
            );
        }
    }
    text
}

fn entries(station: &Watermarks) -> String {
    let entries: u64 = station.entries.values().map(|chain| chain.entries).sum();
    match station.entries.len() {
        0 | 1 => format!("{entries} entries"),
        lives => format!("{entries} entries in {lives} incarnations"),
    }
}
