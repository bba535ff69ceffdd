//! What a year comes to, as a table.

use std::io::{Write, stdout};

use crate::{town::Town, walk::Walked};

pub(crate) fn print(town: &Town, year: i16, walked: &Walked) {
    let mut out = stdout().lock();
    let (accounts, wrong) = (walked.accounts, walked.contradictions.len());
    let mut text = format!(
        "\n{} {year}: {} services, {accounts} fees and moments, {wrong} contradictions\n\
         {:<28} {:>9} {:>9} {:>8}  fee inside/outside in won, from when\n",
        town.name.en,
        walked.services.len(),
        "service",
        "closed at",
        "days in",
        "longest",
    );
    text += &format!(
        "{:<28} {:>9} {:>9} {:>8}\n",
        "", "holidays", "service", "closed"
    );
    for (service, line) in &walked.services {
        let fees: Vec<String> = line
            .fees
            .iter()
            .map(|(day, inside, outside)| format!("{inside}/{outside} {}", day.strftime("%m-%d")))
            .collect();
        let (hours, minutes) = (line.closed_longest / 60, line.closed_longest % 60);
        text += &format!(
            "{service:<28} {:>9} {:>9} {:>8}  {}\n",
            line.holidays,
            line.maintained,
            format!("{hours}:{minutes:02} h"),
            fees.join(", "),
        );
    }
    out.write_all(text.as_bytes()).expect("somebody reads");
}
