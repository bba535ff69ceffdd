//! What a receipt says of a payment by card.

use sheet::Line;

use super::Visit;

impl Visit {
    /// By which numbers it is found again; empty for whoever paid in cash.
    pub(super) fn card_lines(&self) -> Vec<Line> {
        let Some(approval) = self.person.card_paying.approval() else {
            return Vec::new();
        };
        let mut lines = vec![
            self.field("결제 방법", "Paid by", self.say("카드", "Card")),
            Line::Amount {
                label: self.say("카드 결제 금액", "Charged to the card"),
                amount_won: approval.amount_won,
            },
        ];
        if let Some(card) = &approval.card {
            lines.push(self.field("카드 번호", "Card", card.reveal().to_owned()));
        }
        lines.extend([
            self.field("승인 번호", "Approval no.", approval.number.clone()),
            self.field(
                "단말기·거래 번호",
                "Terminal, transaction",
                format!("{} / {:06}", approval.terminal, approval.trace),
            ),
        ]);
        lines
    }
}
