//! One receipt for all: each with its numbers and its fee, and what went back.

use privacy::mask_name;
use request::{FeeReason, Money, PaperState};
use sheet::{Line, Sheet};

use crate::visit::{Moment, Visit, ticket_slip::when};

impl Visit {
    pub(in crate::visit) fn basket_receipt(&self, now: Moment) -> Sheet {
        let (site, language) = (&self.site, self.language());
        let mut lines = vec![
            Line::Heading(self.say("영수증", "Receipt")),
            Line::Note(site.office.in_language(language).to_owned()),
        ];
        let applicant = self.requests().find_map(|it| it.applicant.as_ref());
        if let Some(applicant) = applicant {
            lines.push(self.field("신청인", "Applicant", mask_name(applicant.name.reveal())));
        }
        for request in self.requests() {
            lines.push(Line::Rule);
            let service = self.catalog.service(&request.service);
            let title = service.map_or("", |it| it.title.in_language(language));
            lines.push(self.field("증명서", "Certificate", title.to_owned()));
            for (document, state) in &request.paper.documents {
                if *state == PaperState::Issued {
                    lines.push(self.field("문서번호", "Document no.", document.number.to_string()));
                }
            }
            let issued = u32::try_from(request.paper.count(PaperState::Issued)).unwrap_or(0);
            if issued < request.copies {
                let missing = request.copies - issued;
                let value = self.say(
                    &format!("{missing}부, 수수료를 받지 않음"),
                    &format!("{missing}, not charged"),
                );
                lines.push(self.field("발급하지 못함", "Not issued", value));
            }
            lines.push(Line::Amount {
                label: self.say("수수료", "Fee"),
                amount_won: request.money.captured_won,
            });
            if let Some(fee) = &request.fee {
                let why = match fee.reason {
                    FeeReason::Everywhere => String::new(),
                    FeeReason::Inside => self.say(" (관내)", " (inside the jurisdiction)"),
                    FeeReason::Outside => self.say(" (관외)", " (outside the jurisdiction)"),
                };
                lines.push(self.field("근거", "Legal basis", fee.legal_basis.clone() + &why));
            }
            lines.push(Line::Note(request.id.to_string()));
        }
        lines.push(Line::Rule);
        let sum = |of: fn(&Money) -> u32| -> u32 {
            let each = self.requests().map(|it| of(&it.money));
            each.fold(0, u32::saturating_add)
        };
        for (ko, en, amount_won) in [
            ("낸 돈", "Paid in", sum(|it| it.taken_won)),
            ("수수료 합계", "Fees in all", sum(|it| it.captured_won)),
            ("돌려받은 돈", "Given back", sum(|it| it.paid_out_won)),
            ("돌려받을 돈", "Owed to you", sum(|it| it.owed_won)),
        ] {
            if amount_won > 0 {
                let label = self.say(ko, en);
                lines.push(Line::Amount { label, amount_won });
            }
        }
        lines.extend(self.card_lines());
        lines.extend([
            Line::Rule,
            self.field(
                "발급한 곳",
                "Issued at",
                site.place.in_language(language).to_owned(),
            ),
            self.field("발급한 때", "Issued on", when(now)),
            self.field("문의", "Questions", site.telephone.clone()),
        ]);
        Sheet::new(lines)
    }
}
