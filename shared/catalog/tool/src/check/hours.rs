//! Hours in which somebody could come.

use catalog::Hours;

use crate::{folder::Folder, report::Report, source::Source, words::Words};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for part in &folder.networks {
        if let Some(network) = &part.value {
            look(&part.source, &network.hours, report);
        }
    }
    for (part, service) in folder.services() {
        if let Some(hours) = &service.hours {
            look(&part.source, hours, report);
        }
    }
}

fn look(source: &Source, hours: &Hours, report: &mut Report) {
    for (number, window) in hours.windows.iter().enumerate() {
        let place = format!("/hours/{number}");
        if window.days.is_empty() {
            let words = Words::new("days: 여는 날이 없어요", "days: it opens on no day");
            report.at(source, &format!("{place}/days"), "hours", words);
        }
        let days = &window.days;
        if (1..days.len()).any(|at| days[..at].contains(&days[at])) {
            let words = Words::new(
                "days: 같은 요일이 두 번 있어요",
                "days: a day is there twice",
            );
            report.at(source, &format!("{place}/days"), "hours", words);
        }
    }
}
