//! What is accepted now and collected later, issued from a lease, and tickets for money.

use kiosk::visit::view::{
    Accepted, CodeEntry, CodeRefusal, Failed, FailureReason as Reason, Messages, MoneyOutcome,
    Screen, ServiceSheet, Standing, StandingLine, TelephoneEntry, TicketOffer, Trouble,
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
    let code = |shown: &str, digits, refusal, scanner| {
        Screen::TicketCode(CodeEntry {
            shown: shown.to_owned(),
            digits,
            refusal,
            scanner,
        })
    };
    hang("", code("3104 69", 6, None, false));
    let refused = Some(CodeRefusal::WrongDigit);
    hang("-refused", code("3104 6914 9391 8490", 16, refused, false));
    hang("-scanner", code("", 0, None, true));
    let other = Some(CodeRefusal::NotATicket);
    hang("-no-ticket", code("", 0, other, true));
    let unreadable = Some(CodeRefusal::Unreadable);
    hang("-unreadable", code("", 0, unreadable, true));
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
                answered_within: None,
                messages,
            }),
        );
    }
    petitions(words, hang);
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

/// What was filed, and how it stands.
fn petitions(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    hang(
        "-petition",
        Screen::Accepted(Accepted {
            code: "5104 6914 9391 8498".to_owned(),
            printed: true,
            needs_card: false,
            answered_within: Some(words.say(
                "접수한 날부터 근무일 7일 이내에 답변해요",
                "Answered within 7 working days",
            )),
            messages: Messages::None,
        }),
    );
    let line = |day: u32, ko: &str, en: &str, office: String| StandingLine {
        on: words.say(
            &format!("2026년 11월 {day}일"),
            &format!("November {day}, 2026"),
        ),
        what: words.say(ko, en),
        office,
    };
    let office = words.say("다솜구 생활안전과", "Public safety, Dasom-gu");
    let roads = words.say("한빛시 도로과", "Roads, Hanbit-si");
    let steps = vec![
        line(24, "접수했어요", "Received", String::new()),
        line(24, "담당 부서로 보냈어요", "Sent to an office", office),
        line(
            25,
            "다른 부서로 넘겼어요",
            "Handed over to another office",
            roads.clone(),
        ),
    ];
    let standing = Standing {
        service: words.say("국민신문고 민원", "Petition to the ombudsman"),
        office: roads,
        telephone: "02-0000-1010".to_owned(),
        due_on: words.say("2026년 12월 2일", "December 2, 2026"),
        late: false,
        answered: false,
        may_rate: false,
        may_appeal: false,
        open_until: String::new(),
        steps,
    };
    hang("", Screen::Standing(standing.clone()));
    let late = true;
    hang(
        "-late",
        Screen::Standing(Standing {
            late,
            ..standing.clone()
        }),
    );
    hang(
        "-answered",
        Screen::Standing(Standing {
            answered: true,
            may_rate: true,
            may_appeal: true,
            due_on: String::new(),
            open_until: "2027-01-23".to_owned(),
            ..standing
        }),
    );
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
