//! Accepted now, collected later; owed here, paid elsewhere.

use std::time::Duration;

use request::{Outcome, PaperState, Stage};

use super::{
    citizen::{Citizen, HOUSEHOLD, JOB, Piece, type_number},
    laws,
    town::{ExchangeMood, PrinterMood, Town, tickets},
};
use crate::visit::{
    Key, Touch,
    step::Step,
    view::{Around, CodeRefusal, FailureReason, Means, Messages, Screen, Trouble},
};

/// A town whose kiosk has lost the exchange this morning.
fn cut_off() -> Town {
    let mut town = Town::default();
    town.set_exchange(ExchangeMood::Away);
    town
}

/// Somebody hands a job-seeker registration in; answers the ticket's number.
fn accepted(town: &mut Town) -> String {
    let mut citizen = Citizen::asking_for(JOB);
    citizen.walk_until(town, |step| matches!(step, Step::Accepted { .. }));
    let ticket = tickets().claim_code(town.request().id.as_str());
    citizen.walk_home(town);
    ticket.digits()
}

fn failure(town: &Town) -> FailureReason {
    match town.screen() {
        Screen::Failed(failed) => failed.reason,
        other => panic!("not failed: {other:?}"),
    }
}

/// Comes with a ticket and is turned away; answers why.
fn turned_away(town: &mut Town, ticket: &str) -> FailureReason {
    let mut citizen = Citizen::holding(ticket);
    citizen.walk_until(town, |step| step == Step::Failing);
    let reason = failure(town);
    citizen.walk_home(town);
    reason
}

#[test]
fn what_is_only_accepted_is_said_in_the_list_and_before_anything_begins() {
    let mut town = cut_off();
    town.touch(Touch::Start);

    let Screen::Find(Around {
        most_asked: tiles, ..
    }) = town.screen().clone()
    else {
        panic!("not the list");
    };
    let queues: Vec<_> = tiles.iter().filter(|it| it.queues).collect();
    assert_eq!(queues.len(), 1);
    assert_eq!(
        (queues[0].service.as_str(), queues[0].unavailable),
        (JOB, None)
    );
    town.touch(Touch::ChooseService(JOB.to_owned()));
    let Screen::Service(sheet) = town.screen() else {
        panic!("not explained");
    };
    assert!(sheet.queues && sheet.unavailable.is_none());
    assert_eq!(sheet.last_contact, "09:30");
}

#[test]
fn an_application_without_a_connection_leaves_a_ticket_and_is_collected_once() {
    let mut town = cut_off();

    let ticket = accepted(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Queued));
    let (_, slip) = &town.receipts.slips[0];
    let printed = slip.to_string().replace(' ', "");
    assert!(printed.contains(&ticket), "{slip}");
    assert!(!printed.contains("한빛나"), "a ticket names nobody: {slip}");
    town.set_exchange(ExchangeMood::Well);
    assert_eq!(
        turned_away(&mut town, &ticket),
        FailureReason::TicketNotReady
    );
    town.exchange.tickets.ready = true;
    Citizen::holding(&ticket).walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.printer.sheets.len(), 1);
    assert_eq!(turned_away(&mut town, &ticket), FailureReason::TicketUsed);
    laws::reckon(&town);
}

#[test]
fn who_leaves_with_a_ticket_may_say_where_to_be_told_and_leaves_no_number_at_the_kiosk() {
    let mut town = cut_off();
    let mut citizen = Citizen::asking_for(JOB);
    citizen.walk_until(&mut town, |step| matches!(step, Step::Accepted { .. }));
    let messages = |town: &Town| match town.screen() {
        Screen::Accepted(shown) => shown.messages.clone(),
        other => panic!("not accepted: {other:?}"),
    };
    assert_eq!(messages(&town), Messages::Offered);

    town.touch(Touch::WantMessages);
    type_number(&mut town, "0310000000");
    let Screen::Telephone(entry) = town.screen() else {
        panic!("not asked");
    };
    assert!(entry.refused);
    town.touch(Touch::Key(Key::Clear));
    type_number(&mut town, "01012345678");

    assert_eq!(messages(&town), Messages::Wanted("5678".to_owned()));
    let request = town.request();
    let telephone = request.telephone.clone().unwrap();
    assert_eq!(telephone.digits().reveal(), "821012345678");
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Queued));
    let (_, slip) = &town.receipts.slips[0];
    assert!(!slip.to_string().contains("5678"), "{slip}");
    laws::reckon(&town);
}

#[test]
fn who_walks_away_while_typing_a_number_is_told_nothing() {
    let mut town = cut_off();
    let mut citizen = Citizen::asking_for(JOB);
    citizen.walk_until(&mut town, |step| matches!(step, Step::Accepted { .. }));
    town.touch(Touch::WantMessages);
    town.touch(Touch::Key(Key::Character('0')));

    town.pass_seconds(90);
    citizen.walk_home(&mut town);

    assert_eq!(town.request().telephone, None);
    laws::reckon(&town);
}

#[test]
fn a_month_without_the_exchange_ends_the_accepting_and_a_clock_set_back_does_not_help() {
    let mut town = cut_off();
    town.pass(Duration::from_secs(720 * 3_600 + 1));
    town.now.wall = request::Timestamp::from_millis(0);

    town.touch(Touch::Start);

    let Screen::Find(Around {
        most_asked: tiles, ..
    }) = town.screen()
    else {
        panic!("not the list");
    };
    let tile = tiles.iter().find(|it| it.service == JOB).unwrap();
    assert_eq!(tile.unavailable, Some(Trouble::AwayTooLong));
    town.touch(Touch::ChooseService(JOB.to_owned()));
    town.touch(Touch::Next);
    assert_eq!(town.requests.len(), 0, "what is refused was begun");
}

#[test]
fn nobody_goes_without_the_paper_that_finds_the_request_again() {
    let mut town = cut_off();
    let mut citizen = Citizen::asking_for(JOB);
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.receipts.mood = PrinterMood::Silent { sheet: false };

    town.touch(Touch::Next);
    town.wait_for("accepted");

    let Screen::Accepted(shown) = town.screen() else {
        panic!("not accepted");
    };
    assert!(!shown.printed, "nothing was printed");
    let code = tickets().claim_code(town.request().id.as_str());
    assert_eq!(shown.code, code.to_string());
    citizen.walk_home(&mut town);
    town.set_receipts(PrinterMood::OutOfPaper);
    town.touch(Touch::Start);
    let Screen::Find(Around {
        most_asked: tiles, ..
    }) = town.screen()
    else {
        panic!("not the list");
    };
    let tile = tiles.iter().find(|it| it.service == JOB).unwrap();
    assert_eq!(tile.unavailable, Some(Trouble::ReceiptPrinter));
}

#[test]
fn an_agency_that_falls_silent_meanwhile_leaves_a_ticket_too() {
    for mood in [
        ExchangeMood::Fails(request::NetworkFault::Unreachable),
        ExchangeMood::ForgetsDocuments,
        ExchangeMood::Overtaken,
    ] {
        let mut town = Town::default();
        town.exchange.mood = mood;
        let mut citizen = Citizen::asking_for(JOB);

        citizen.walk_until(&mut town, |step| {
            matches!(step, Step::Accepted { .. } | Step::Failing)
        });

        let queued = town.request().stage == Stage::Queued;
        // Documents that were announced and never came are no queue.
        assert_eq!(queued, mood != ExchangeMood::ForgetsDocuments, "{mood:?}");
        town.pass_seconds(120);
        let closed = town.request().stage == Stage::Closed(Outcome::Queued);
        assert_eq!(closed, queued, "{mood:?}");
        assert_eq!(town.request().paper.count(PaperState::Ready), 0, "{mood:?}");
        laws::reckon(&town);
    }
}

#[test]
fn a_wrong_digit_is_found_before_anybody_is_asked() {
    let mut town = Town::default();
    town.touch(Touch::Start);
    town.touch(Touch::HaveTicket);

    type_number(&mut town, "3000000000000001");

    assert_eq!(
        town.visit.step,
        Step::TypingCode {
            refusal: Some(CodeRefusal::WrongDigit)
        }
    );
    let unknown = tickets().claim_code("nobody's request").digits();
    type_number(&mut town, &unknown);
    town.wait_for("failed");
    assert_eq!(failure(&town), FailureReason::TicketUnknown);
}

#[test]
fn a_kiosk_without_a_connection_pays_and_hands_out_nothing_for_a_ticket() {
    let mut town = cut_off();
    let ticket = accepted(&mut town);

    let reason = turned_away(&mut town, &ticket);

    assert_eq!(reason, FailureReason::TicketUnreachable);
    assert_eq!(town.requests.len(), 1, "a request was opened for nothing");
}

/// The kiosk owes `won` of a visit that was broken off; answers the ticket's number.
fn indebted(town: &mut Town, won: u32) -> String {
    let mut citizen = Citizen::asking_for(HOUSEHOLD).with(&[Piece::Coin(won)]);
    citizen.copies = 5;
    citizen.walk_until(town, |step| step == Step::Paying);
    town.cash.hopper_won = 0;
    town.touch(Touch::PayWith(Means::Cash));
    town.insert_coin(won);
    town.pass_seconds(3);
    town.touch(Touch::CancelPayment);
    let ticket = tickets().refund_code(town.request().id.as_str()).digits();
    citizen.walk_home(town);
    town.cash.hopper_won = 1_000_000;
    ticket
}

#[test]
fn money_that_is_owed_is_paid_for_the_ticket_and_only_once() {
    let mut town = Town::default();
    let ticket = indebted(&mut town, 500);
    assert_eq!(town.cash.out_won, 0);

    Citizen::holding(&ticket).walk_home(&mut town);

    assert_eq!(town.cash.out_won, 500);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(turned_away(&mut town, &ticket), FailureReason::TicketUsed);
    assert_eq!(town.cash.out_won, 500);
    laws::reckon(&town);
}

#[test]
fn what_a_kiosk_cannot_pay_in_full_it_owes_under_a_new_ticket() {
    let mut town = Town::default();
    let first = indebted(&mut town, 500);
    town.cash.hopper_won = 200;

    let mut citizen = Citizen::holding(&first);
    citizen.walk_until(&mut town, |step| step == Step::Failing);

    assert_eq!(failure(&town), FailureReason::NoChange);
    let second = tickets().refund_code(town.request().id.as_str()).digits();
    citizen.walk_home(&mut town);
    town.cash.hopper_won = 1_000_000;
    Citizen::holding(&second).walk_home(&mut town);
    assert_eq!(town.cash.out_won, 500);
    assert_eq!(turned_away(&mut town, &first), FailureReason::TicketUsed);
    assert_eq!(turned_away(&mut town, &second), FailureReason::TicketUsed);
    laws::reckon(&town);
}

#[test]
fn a_kiosk_that_knows_it_has_too_little_reserves_nothing() {
    let mut town = Town::default();
    let ticket = indebted(&mut town, 500);
    town.cash.told_change_won = 400;
    town.set_cash(town.cash.mood);

    let mut citizen = Citizen::holding(&ticket);
    citizen.walk_until(&mut town, |step| step == Step::OfferingTicket);
    town.touch(Touch::Next);

    let Screen::Ticket(offer) = town.screen() else {
        panic!("not offered");
    };
    assert_eq!(offer.unavailable, Some(Trouble::NoChange));
    assert_eq!(town.requests.len(), 1);
}

#[test]
fn a_power_cut_at_any_command_of_a_refund_pays_it_once_or_owes_it_anew() {
    for commands in 0.. {
        let mut town = Town::default();
        let ticket = indebted(&mut town, 500);
        town.crash_in = Some(commands);
        let mut citizen = Citizen::holding(&ticket);
        citizen.walk_home(&mut town);
        if town.crashes == 0 {
            assert!(commands > 10, "the cuts were tried");
            return;
        }

        town.pass_seconds(120);
        for _ in 0..3 {
            for code in town
                .exchange
                .tickets
                .ledger
                .keys()
                .cloned()
                .collect::<Vec<_>>()
            {
                if town.exchange.tickets.ledger[&code].left > 0 {
                    Citizen::holding(&code).walk_home(&mut town);
                }
            }
        }

        // What a cut left uncounted is owed anew: the books pay it once.
        let requests = town.requests.iter();
        let refunded: u32 = requests
            .filter_map(|id| town.journal.request(id).unwrap())
            .filter(|request| request.money.credited_won > 0)
            .map(|request| request.money.paid_out_won)
            .sum();
        assert_eq!(refunded, 500, "cut at {commands}");
        laws::reckon(&town);
    }
}
