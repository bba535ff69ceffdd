//! Terms that do not contradict each other.

use catalog::{ExchangeDays, Retention};

use crate::{folder::Folder, report::Report, source::Source, words::Words};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for (part, service) in folder.services() {
        look(&part.source, &service.retention, service.valid_days, report);
    }
    for part in &folder.accepted {
        if let Some(service) = &part.value {
            look(&part.source, &service.retention, 0, report);
        }
    }
}

fn look(source: &Source, retention: &Retention, valid_days: u32, report: &mut Report) {
    let station = retention.station_days;
    let ExchangeDays {
        identity,
        answer,
        options,
        consent,
        document,
    } = retention.exchange_days;
    let mut say = |name: &str, ko: String, en: String| {
        let place = format!("/retention/exchange_days/{name}");
        report.at(source, &place, "retention", Words::new(ko, en));
    };
    for (name, days) in [
        ("identity", identity),
        ("answer", answer),
        ("options", options),
        ("consent", consent),
    ] {
        if days < station {
            say(
                name,
                format!(
                    "{name}: 무인기에 {station}일 두는 것을 교환기에서 {days}일 만에 지울 수는 없어요"
                ),
                format!(
                    "{name}: what a station keeps for {station} days is not erased after {days} at the exchange"
                ),
            );
        }
    }
    if identity < consent {
        say(
            "identity",
            format!(
                "identity: 동의한 사람을 동의 기록({consent}일)보다 먼저 지우면 증거가 되지 않아요"
            ),
            format!(
                "identity: a consent kept for {consent} days without its person is no evidence"
            ),
        );
    }
    if document < valid_days {
        say(
            "document",
            format!("document: 증명서는 유효기간({valid_days}일) 동안 보관해야 해요"),
            format!(
                "document: a certificate must be kept as long as it is valid ({valid_days} days)"
            ),
        );
    }
}
