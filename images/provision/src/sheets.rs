//! What comes out of the receipt printer: the commissioning sheet, and a request that goes to
//! the exchange by hand.

use fleet::{CheckResult, site::Site};
use request::Timestamp;
use sheet::{Line, Sheet};

use crate::book::Book;

/// How the machine was brought into service, for the folder at the site.
pub(crate) fn commissioning(
    book: &Book,
    site: &Site,
    model: &str,
    version: &str,
    now: Timestamp,
) -> Sheet {
    let station = book.station.as_ref().map_or("", |it| it.as_str());
    let field = |label: &str, value: &str| Line::Field {
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let mut lines = vec![
        Line::Heading("설치 확인서".to_owned()),
        Line::Note("Commissioning sheet".to_owned()),
        Line::Rule,
        field("기기", station),
    ];
    if let Some(place) = site.place(station) {
        lines.push(field("놓인 곳", &place.place.ko));
    }
    let at = now.local();
    let moment = format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        at.year,
        at.month,
        at.day,
        at.minute_of_day / 60,
        at.minute_of_day % 60
    );
    lines.extend([
        field("시각", &moment),
        field("기술자", book.technician.as_deref().unwrap_or_default()),
        field("모델", model),
        field("이미지", version),
        Line::Rule,
    ]);
    for check in &book.checks {
        let result = match check.result {
            CheckResult::Passed => "정상",
            CheckResult::Failed => "이상",
            CheckResult::Skipped => "건너뜀",
        };
        lines.push(field(&check.what, result));
        if check.result == CheckResult::Failed {
            lines.push(Line::Note(check.detail.clone()));
        }
    }
    lines.extend([
        Line::Rule,
        Line::Note("이 기기의 서류철에 보관하세요".to_owned()),
    ]);
    Sheet::new(lines)
}

/// The request for a certificate, where there is no network: whoever has one takes it to the
/// exchange as a picture.
pub(crate) fn request(text: &str) -> Sheet {
    Sheet::new([
        Line::Heading("인증서 신청".to_owned()),
        Line::Note("Request for a certificate".to_owned()),
        Line::Text("이 코드를 교환소에 보내고, 받은 답을 이 기기의 스캐너에 대 주세요.".to_owned()),
        Line::Qr {
            text: text.to_owned(),
            caption: "Send this code to the exchange, and show its answer to the scanner"
                .to_owned(),
        },
    ])
}
