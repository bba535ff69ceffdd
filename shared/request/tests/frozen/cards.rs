//! What happens at a payment terminal.

use request::{CardApproval, CardDecline, CardFact, RequestEvent, TransactionId};

pub(crate) fn by_card() -> Vec<RequestEvent> {
    let first = || TransactionId::new("gaon-1-261130-000001-card-1");
    let second = || TransactionId::new("gaon-1-261130-000001-card-2");
    let declined = |reason| CardFact::Declined {
        transaction: first(),
        reason,
    };
    let facts = vec![
        CardFact::AuthorisationBegun {
            transaction: first(),
            amount_won: 600,
        },
        CardFact::Approved {
            transaction: first(),
            amount_won: 600,
            approval: CardApproval {
                number: "30000101".to_owned(),
                terminal: "12345678".to_owned(),
                trace: 101,
                receipt: 101,
            },
        },
        declined(CardDecline::Cancelled),
        declined(CardDecline::Refused),
        declined(CardDecline::NotAsked),
        CardFact::AuthorisationUnknown {
            transaction: first(),
            asked_won: 600,
        },
        CardFact::ReversalBegun {
            transaction: second(),
            amount_won: 600,
        },
        CardFact::Reversed {
            transaction: second(),
            amount_won: 600,
        },
        CardFact::NotReversed {
            transaction: second(),
        },
        CardFact::ReversalUnknown {
            transaction: second(),
            asked_won: 600,
        },
    ];
    facts.into_iter().map(RequestEvent::Card).collect()
}
