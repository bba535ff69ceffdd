//! A fee paid by card: kiosk, exchange, payment terminal and printer, to the printed paper.

use bench::payment_terminal::{LAST_FOUR, Mood, PaymentTerminal};
use kiosk::visit::view::{CardPhase, FailureReason, MeansState, PaymentRefusal, Screen};
use request::{CardDecline, CardFact, Means, Outcome, PaperState, RequestEvent, Stage};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};
use verify::{Trust, Verdict, examine};

/// The terminal asks for a card, and nobody has held one to it.
fn asked_for_a_card() -> Stand {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Pay);
    stand.touch("카드로 내기");
    stand.wait_until(
        "a card is asked for",
        |view| matches!(&view.screen, Screen::PayByCard(card) if card.phase == CardPhase::Insert),
    );
    stand
}

fn taken_won(stand: &Stand) -> u32 {
    stand.bench.payment_terminal.with(|it| it.taken_won())
}

fn facts(stand: &Stand) -> Vec<CardFact> {
    let (_, events) = stand.journal().pop().unwrap();
    let facts = events.into_iter().filter_map(|event| match event {
        RequestEvent::Card(fact) => Some(fact),
        _ => None,
    });
    facts.collect()
}

#[test]
fn a_citizen_pays_by_card_and_walks_away_with_a_signed_certificate() {
    let mut stand = asked_for_a_card();

    stand
        .bench
        .payment_terminal
        .with(PaymentTerminal::hold_card);
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.money.means, Some(Means::Card));
    assert_eq!(taken_won(&stand), 200);
    let book = stand.bench.payment_terminal.with(|it| it.books()[0]);
    let (_, approval) = request.money.card.approved.unwrap();
    assert_eq!(
        (approval.trace, approval.receipt),
        (book.trace, book.receipt)
    );
    let trust = Trust::read(&stand.office.trust()).unwrap();
    let sheets = stand.sheets();
    assert_eq!(sheets.len(), 1);
    assert!(matches!(
        examine(&sheets[0].1, &trust),
        Verdict::Genuine { .. }
    ));
    // The card is nowhere in the journal, not even its last four digits.
    let (_, events) = stand.journal().pop().unwrap();
    let written = serde_json::to_string(&events).unwrap();
    assert!(written.contains(&approval.number));
    assert!(!written.contains(&format!("-{LAST_FOUR}")), "{written}");
}

#[test]
fn a_card_without_money_is_refused_and_coins_pay() {
    let mut stand = asked_for_a_card();
    (stand.bench.payment_terminal).with(|it| it.set_mood(Mood::Declines(51)));
    stand
        .bench
        .payment_terminal
        .with(PaymentTerminal::hold_card);
    stand.wait_until("the refusal is told", |view| match &view.screen {
        Screen::Pay(pay) => {
            pay.refusal == Some(PaymentRefusal::NotEnough) && pay.cash == MeansState::Available
        }
        _ => false,
    });

    stand.touch("현금으로 내기");
    stand.pay_coins(&[100, 100]);
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    stand.assert_agreement(200);
    assert_eq!(taken_won(&stand), 0);
    let declined = |it: &CardFact| {
        matches!(
            it,
            CardFact::Declined {
                reason: CardDecline::Refused,
                ..
            }
        )
    };
    assert!(facts(&stand).iter().any(declined));
}

#[test]
fn an_answer_lost_on_its_way_charges_the_card_once() {
    let mut stand = asked_for_a_card();
    (stand.bench.payment_terminal).with(|it| it.set_mood(Mood::LosesAnswer));
    stand
        .bench
        .payment_terminal
        .with(PaymentTerminal::hold_card);

    stand.wait_for("take-paper");
    (stand.bench.payment_terminal).with(|it| it.set_mood(Mood::Well));
    stand.go_on();

    assert_eq!(stand.bench.payment_terminal.with(|it| it.books().len()), 1);
    assert_eq!(taken_won(&stand), 200);
    stand.assert_agreement(200);
}

#[test]
fn a_kiosk_that_dies_while_a_card_is_charged_gives_the_money_back_when_it_wakes() {
    let mut stand = asked_for_a_card();
    (stand.bench.payment_terminal).with(|it| it.set_mood(Mood::Slow));
    stand
        .bench
        .payment_terminal
        .with(PaymentTerminal::hold_card);
    stand.wait_until("the card is read", |view| {
        matches!(&view.screen, Screen::PayByCard(card) if card.phase == CardPhase::Processing)
    });

    stand.switch_off();
    stand.pull_card();
    stand.switch_on();
    stand.wait_for("welcome");

    let request = stand.assert_agreement(200);
    assert_eq!(stand.bench.payment_terminal.with(|it| it.books().len()), 1);
    assert_eq!(taken_won(&stand), 0, "it went back to the card");
    assert_eq!(request.money.card.reversed_won, 200);
    assert_eq!(request.paper.count(PaperState::Spoiled), 1);
    let found_out = |it: &CardFact| matches!(it, CardFact::Approved { .. });
    assert!(
        facts(&stand).iter().any(found_out),
        "the terminal was asked"
    );
    (stand.bench.payment_terminal).with(|it| it.set_mood(Mood::Well));
    stand.until_everything_works();
    stand.walk_to(Stop::Service);
    assert_eq!(stand.go_on(), End::Thanked, "the next citizen is served");
}

#[test]
fn a_kiosk_that_dies_before_the_card_is_read_finds_that_nothing_was_charged() {
    let mut stand = asked_for_a_card();

    stand.switch_off();
    stand.pull_card();
    stand.switch_on();
    stand.wait_for("welcome");

    let request = stand.assert_agreement(0);
    assert_eq!(request.money.owed_won, 0);
    assert_eq!(taken_won(&stand), 0);
}

#[test]
fn a_certificate_that_is_not_printed_gives_the_card_its_money_back() {
    let mut stand = asked_for_a_card();
    let printer = &mut stand.bench.document_printer;
    printer
        .set_mood(bench::document_printer::Mood::Jam)
        .unwrap();
    stand
        .bench
        .payment_terminal
        .with(PaymentTerminal::hold_card);

    stand.wait_for("failed");
    let end = stand.go_on();

    let End::Failed(failed) = end else {
        panic!("{end:?}");
    };
    assert_eq!(failed.reason, FailureReason::PrinterJammed);
    assert_eq!(taken_won(&stand), 0);
    assert_eq!(stand.request().money.owed_won, 0);
}
