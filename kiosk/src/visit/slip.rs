//! The receipt.

use privacy::mask_name;
use request::{FeeReason, PaperState};
use sheet::{Line, Sheet};

use super::{Moment, Visit, ticket_slip::when};

/// What was issued, for whom (masked), what it cost and on what legal ground.
pub(super) fn receipt(visit: &Visit, now: Moment) -> Option<Sheet> {
    if !visit.is_alone() {
        return Some(visit.basket_receipt(now));
    }
    let (service, request) = (visit.service()?, visit.person.request.as_ref()?);
    let (site, language) = (&visit.site, visit.language());
    let mut lines = vec![
        Line::Heading(visit.say("영수증", "Receipt")),
        Line::Note(site.office.in_language(language).to_owned()),
        Line::Rule,
        visit.field(
            "받은 증명서",
            "Certificate",
            service.title.in_language(language).to_owned(),
        ),
    ];
    if let Some(applicant) = &request.applicant {
        lines.push(visit.field("신청인", "Applicant", mask_name(applicant.name.reveal())));
    }
    for (document, state) in &request.paper.documents {
        if *state == PaperState::Issued {
            lines.push(visit.field("문서번호", "Document no.", document.number.to_string()));
        }
    }
    lines.push(Line::Rule);
    lines.push(Line::Amount {
        label: visit.say("수수료", "Fee"),
        amount_won: request.money.captured_won,
    });
    lines.extend(visit.card_lines());
    if request.money.paid_out_won > 0 {
        let label = visit.say("거스름돈", "Change");
        lines.push(Line::Amount {
            label,
            amount_won: request.money.paid_out_won,
        });
    }
    if let Some(fee) = &request.fee {
        let why = match fee.reason {
            FeeReason::Everywhere => String::new(),
            FeeReason::Inside => visit.say(" (관내)", " (inside the jurisdiction)"),
            FeeReason::Outside => visit.say(" (관외)", " (outside the jurisdiction)"),
        };
        lines.push(visit.field("근거", "Legal basis", fee.legal_basis.clone() + &why));
    }
    lines.extend([
        Line::Rule,
        visit.field(
            "발급한 곳",
            "Issued at",
            site.place.in_language(language).to_owned(),
        ),
        visit.field("발급한 때", "Issued on", when(now)),
        visit.field("문의", "Questions", site.telephone.clone()),
        Line::Note(request.id.to_string()),
    ]);
    Some(Sheet::new(lines))
}
