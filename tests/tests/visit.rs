//! Whole visits: the window is touched where its labels stand, devices answer on
//! their wires, the exchange signs, paper falls into trays.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "visit/announced.rs"]
mod announced;
#[path = "visit/basket.rs"]
mod basket;
#[path = "visit/board.rs"]
mod board;
#[path = "visit/cabinet.rs"]
mod cabinet;
#[path = "visit/card.rs"]
mod card;
#[path = "visit/editions.rs"]
mod editions;
#[path = "visit/left_behind.rs"]
mod left_behind;
#[path = "visit/upkeep.rs"]
mod upkeep;
#[path = "visit/verified.rs"]
mod verified;
#[path = "visit/without_touch.rs"]
mod without_touch;

use std::{fs, path::PathBuf};

use bench::{chip_card::Mood, people::PEOPLE};
use kiosk::visit::view::{FailureReason, NumberProof, Screen, Trouble};
use request::{Outcome, PaperState, Stage};
use sync::{KeyPair, PublicKey};
use tests::{
    office::{TUESDAY_10_00, TUESDAY_21_30},
    stand::Stand,
    walk::{CITIZEN, End, Stop},
};
use verify::{Trust, Verdict, examine};

#[test]
fn a_citizen_walks_away_with_a_signed_certificate() {
    let mut stand = Stand::open(TUESDAY_10_00);

    stand.walk_to(Stop::Service);
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.paper.count(PaperState::Issued), 1);
    assert_eq!(request.money.captured_won, 200);
    assert!(request.receipt_printed);
    let receipts = stand
        .bench
        .receipt_printer
        .with(|printer| printer.papers().len());
    assert_eq!(receipts, 1);
    let trust = Trust::read(&stand.office.trust()).unwrap();
    let sheets = stand.sheets();
    assert_eq!(sheets.len(), 1);
    assert!(matches!(
        examine(&sheets[0].1, &trust),
        Verdict::Genuine { .. }
    ));
}

#[test]
fn what_a_kiosk_has_written_is_signed_for_by_its_exchange() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Service);
    assert_eq!(stand.go_on(), End::Thanked);
    stand.assert_agreement(200);

    // A head is signed for with the first entry, and all of it after the next start.
    stand.switch_off();
    stand.switch_on();
    let entries = stand.open_journal().head().number;
    stand.until("everything is signed for", |stand| {
        let kept = stand.open_journal().checkpoints().unwrap();
        kept.last().is_some_and(|it| it.head().number == entries)
    });

    let pem = |file: PathBuf| fs::read_to_string(file).unwrap();
    let station = KeyPair::from_pem(&pem(stand.journal_key())).unwrap();
    let exchange = stand.office.trust().join("co-signer.pem");
    let exchange = PublicKey::from_pem(&pem(exchange)).unwrap();
    let journal = stand.open_journal();
    let kept = journal.checkpoints().unwrap();
    assert!(kept.len() > 1, "one of the visit and one of the new start");
    for head in &kept {
        assert_eq!(head.verify(&station.public(), &exchange), Ok(()));
    }
    let heads = kept.into_iter().map(|it| it.head().clone());
    assert_eq!(journal.audit(heads).unwrap().finding, None);
}

#[test]
fn a_chip_card_serves_as_well_as_a_stripe() {
    let mut stand = Stand::with_chip_reader(TUESDAY_10_00);
    stand.walk_to(Stop::Service);
    stand.touch("신청 시작하기");
    stand.wait_for("insert-card");

    let reader = stand.bench.chip_reader.as_mut().unwrap();
    reader.insert(CITIZEN, Mood::Well).unwrap();
    stand.wait_for("resident-number");
    stand.bench.chip_reader.as_mut().unwrap().pull();
    stand.wait_for("failed");
    let end = stand.go_on();

    assert!(
        matches!(&end, End::Failed(failed) if failed.reason == FailureReason::CardPulled),
        "{end:?}"
    );
    stand.assert_agreement(0);
}

#[test]
fn two_copies_are_two_numbers_and_a_note_gives_change() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Options);

    stand.touch("한 부 늘리기");
    stand.wait_until(
        "two copies are wanted",
        |view| matches!(&view.screen, Screen::Options(options) if options.copies == 2),
    );
    stand.touch("계속하기");
    stand.wait_for("consent");
    stand.touch("동의해요");
    stand.wait_for("review");
    stand.touch("이대로 신청하기");
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    assert!(stand.slot_opens());
    stand.bench.cash.with(|cash| cash.insert_note(1_000));
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(1_000);
    assert_eq!(request.paper.count(PaperState::Issued), 2);
    assert_eq!(request.money.captured_won, 400);
    assert_eq!(request.money.paid_out_won, 600);
    assert_eq!(stand.sheets().len(), 2);
}

#[test]
fn nobody_is_asked_who_they_are_for_a_land_ledger() {
    let mut stand = Stand::open(TUESDAY_10_00);

    stand.ask_for_land("12-3");
    stand.touch("이대로 신청하기");
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[500]);
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(500);
    assert!(request.applicant.is_none());
    assert_eq!(request.money.captured_won, 300);
    assert_eq!(request.money.paid_out_won, 200);
}

#[test]
fn a_parcel_nobody_knows_is_said_before_money_is_asked_for() {
    let mut stand = Stand::open(TUESDAY_10_00);

    stand.ask_for_land("9999");
    stand.touch("이대로 신청하기");
    let failed = stand.wait_for("failed");

    let Screen::Failed(failed) = failed.screen else {
        unreachable!("waited for it");
    };
    assert_eq!(failed.reason, FailureReason::NoSuchRecord);
    stand.go_on();
    stand.assert_agreement(0);
}

#[test]
fn family_relations_keep_the_courts_hours() {
    let mut stand = Stand::open(TUESDAY_21_30);

    stand.touch("한국어");
    stand.touch("English");
    let find = stand.wait_for("find");

    let Screen::Find(around) = find.screen else {
        unreachable!("waited for it");
    };
    let closed: Vec<_> = around
        .most_asked
        .iter()
        .filter(|tile| tile.unavailable == Some(Trouble::OutsideHours))
        .map(|tile| (tile.service.as_str(), tile.opens_at.as_str()))
        .collect();
    assert_eq!(closed, [("family-relations", "tomorrow at 09:00")]);
}

#[test]
fn a_number_wrong_three_times_gives_the_card_back_and_tells_nobody_why() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Number);

    for tries_left in [2, 1] {
        stand.type_digits(PEOPLE[1].resident_number);
        stand.touch("다 입력했어요");
        stand.wait_until("the number is refused", |view| match &view.screen {
            Screen::ResidentNumber(entry) => {
                entry.proof == NumberProof::Card { tries_left } && entry.digits == 0
            }
            _ => false,
        });
    }
    stand.type_digits(PEOPLE[1].resident_number);
    stand.touch("다 입력했어요");
    stand.wait_for("check");
    stand.touch("괜찮아요");
    stand.wait_for("failed");
    let end = stand.go_on();

    assert!(
        matches!(&end, End::Failed(failed) if failed.reason == FailureReason::TooManyTries),
        "{end:?}"
    );
    let request = stand.assert_agreement(0);
    assert!(
        request.applicant.is_none(),
        "the card's holder was written down"
    );
}

#[test]
fn a_kiosk_that_dies_with_money_in_it_owes_it_when_it_wakes() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Pay);
    stand.touch("현금으로 내기");
    stand.pay_coins(&[100]);
    stand.wait_until(
        "the coin counts",
        |view| matches!(&view.screen, Screen::Pay(pay) if pay.inserted_won == 100),
    );

    stand.switch_off();
    stand.pull_card();
    stand.switch_on();
    stand.wait_for("welcome");

    let request = stand.assert_agreement(100);
    assert_eq!(request.money.owed_won, 100);
    assert_eq!(request.paper.count(PaperState::Spoiled), 1);
    stand.until_everything_works();
    stand.walk_to(Stop::Service);
    assert_eq!(stand.go_on(), End::Thanked, "the next citizen is served");
}
