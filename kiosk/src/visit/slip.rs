//! The receipt.

use privacy::mask_name;
use request::{FeeReason, PaperState};
use sheet::{Line, Sheet};

use super::{Moment, Visit};

/// What was issued, for whom (masked), what it cost and on what legal ground.
pub(super) fn receipt(visit: &Visit, now: Moment) -> Option<Sheet> {
    let (service, request) = (visit.service()?, visit.person.request.as_ref()?);
    let (site, korean) = (
        &visit.site,
        visit.person.language == super::Language::Korean,
    );
    let language = visit.language();
    let say = |ko: &str, en: &str| if korean { ko.to_owned() } else { en.to_owned() };
    let local = now.wall.local();
    let (hour, minute) = (local.minute_of_day / 60, local.minute_of_day % 60);
    let field = |ko, en, value: String| Line::Field {
        label: say(ko, en),
        value,
    };

    let mut lines = vec![
        Line::Heading(say("영수증", "Receipt")),
        Line::Note(site.office.in_language(language).to_owned()),
        Line::Rule,
        field(
            "받은 증명서",
            "Certificate",
            service.title.in_language(language).to_owned(),
        ),
    ];
    if let Some(applicant) = &request.applicant {
        lines.push(field(
            "신청인",
            "Applicant",
            mask_name(applicant.name.reveal()),
        ));
    }
    for (document, state) in &request.paper.documents {
        if *state == PaperState::Issued {
            lines.push(field(
                "문서번호",
                "Document no.",
                document.number.to_string(),
            ));
        }
    }
    lines.push(Line::Rule);
    lines.push(Line::Amount {
        label: say("수수료", "Fee"),
        amount_won: request.money.captured_won,
    });
    if request.money.paid_out_won > 0 {
        let label = say("거스름돈", "Change");
        lines.push(Line::Amount {
            label,
            amount_won: request.money.paid_out_won,
        });
    }
    if let Some(fee) = &request.fee {
        let why = match fee.reason {
            FeeReason::Everywhere => String::new(),
            FeeReason::Inside => say(" (관내)", " (inside the jurisdiction)"),
            FeeReason::Outside => say(" (관외)", " (outside the jurisdiction)"),
        };
        lines.push(field("근거", "Legal basis", fee.legal_basis.clone() + &why));
    }
    lines.extend([
        Line::Rule,
        field(
            "발급한 곳",
            "Issued at",
            site.place.in_language(language).to_owned(),
        ),
        field(
            "발급한 때",
            "Issued on",
            format!("{local} {hour:02}:{minute:02}"),
        ),
        field("문의", "Questions", site.telephone.clone()),
        Line::Note(request.id.to_string()),
    ]);
    Some(Sheet::new(lines))
}
