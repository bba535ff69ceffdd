//! What is accepted now and collected later, issued from a lease, and tickets for money.

use kiosk::visit::view::{
    Accepted, CodeEntry, Failed, FailureReason as Reason, Messages, MoneyOutcome, Screen,
    ServiceSheet, TelephoneEntry, TicketOffer, Trouble,
};

use super::{Words, finding::around, sheet, tiles};

pub(crate) fn tickets(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let mut queueing = tiles(words, Some(Trouble::AwayTooLong));
    queueing[1].queues = true;
    hang("-queues", Screen::Find(around(words, queueing)));
    let queues = true;
    hang(
        "-queues",
        Screen::Service(ServiceSheet {
            queues,
            ..sheet(words, None)
        }),
    );
    leases(words, hang);
    let code = |shown: &str, digits, refused| {
        Screen::TicketCode(CodeEntry {
            shown: shown.to_owned(),
            digits,
            refused,
        })
    };
    hang("", code("3104 69", 6, false));
    hang("-refused", code("3104 6914 9391 8490", 16, true));
    let offer = |amount_won, pays_out, unavailable| {
        Screen::Ticket(TicketOffer {
            amount_won,
            pays_out,
            unavailable,
        })
    };
    hang("", offer(0, false, None));
    hang("-fee", offer(1_500, false, Some(Trouble::Cash)));
    hang("-money", offer(12_700, true, None));
    hang("-short", offer(12_700, true, Some(Trouble::NoChange)));
    for (state, printed, messages) in [
        ("", true, Messages::None),
        ("-unprinted", false, Messages::Offered),
        ("-message", true, Messages::Wanted("5678".to_owned())),
    ] {
        hang(
            state,
            Screen::Accepted(Accepted {
                code: "3104 6914 9391 8490".to_owned(),
                printed,
                needs_card: true,
                messages,
            }),
        );
    }
    for (state, shown, refused) in [("", "010-12", false), ("-refused", "031-000-0000", true)] {
        hang(
            state,
            Screen::Telephone(TelephoneEntry {
                shown: shown.to_owned(),
                complete: refused,
                refused,
            }),
        );
    }
    for (state, reason, accepted_at) in [
        ("-unreachable", Reason::TicketUnreachable, None),
        ("-unknown", Reason::TicketUnknown, None),
        ("-not-ready", Reason::TicketNotReady, Some("09:12")),
        ("-used", Reason::TicketUsed, None),
        ("-busy", Reason::TicketBusy, None),
        ("-not-yours", Reason::TicketNotYours, None),
        ("-many-codes", Reason::TicketTries, None),
    ] {
        hang(
            state,
            Screen::Failed(Failed {
                reason,
                money: MoneyOutcome::NotAsked,
                code: "NET-02".to_owned(),
                request: None,
                accepted_at: accepted_at.map(str::to_owned),
                may_retry: false,
            }),
        );
    }
}

/// Issued here while the agency is out of reach.
fn leases(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let records_at = words.say("11월 27일 18:00", "2026-11-27 18:00");
    let mut leased = tiles(words, Some(Trouble::ExchangeAway));
    for tile in &mut leased {
        if tile.service == "land-ledger" {
            tile.unavailable = None;
            tile.records_at.clone_from(&records_at);
        }
    }
    hang("-leased", Screen::Find(around(words, leased)));
    let needs_card = false;
    hang(
        "-leased",
        Screen::Service(ServiceSheet {
            needs_card,
            records_at,
            ..sheet(words, None)
        }),
    );
}
