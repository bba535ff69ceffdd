//! Whoever a paper is for asks for something that the service has.

use crate::{folder::Folder, report::Report, words::Words};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for (part, service) in folder.services() {
        for (number, recipient) in service.recipients.iter().enumerate() {
            let place = format!("/recipient/{number}");
            if recipient.options.is_empty() {
                let words = Words::new(
                    "무엇이 필요한지 적지 않았어요",
                    "It does not say what they need",
                );
                report.at(&part.source, &place, "recipient-needs-nothing", words);
            }
            for option in service.lost_choices(recipient) {
                let words = Words::new(
                    format!("`{option}`: 이 민원에 없는 선택이나 값이에요"),
                    format!("`{option}`: no such option or choice of this service"),
                );
                let place = format!("{place}/options/{option}");
                report.at(&part.source, &place, "unknown-option", words);
            }
        }
    }
}
