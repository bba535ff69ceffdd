//! Two certificates in one visit: one card, one payment, two signed papers, one receipt.

use kiosk::visit::view::{BasketStage, Screen};
use request::{Outcome, Stage};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};
use verify::{Trust, Verdict, examine};

/// Beside the household's certificate the one of the family, up to the last look.
fn fill_the_basket(stand: &mut Stand) {
    stand.walk_to(Stop::Review);
    stand.touch("다른 증명서도 담기");
    stand.wait_for("find");
    stand.touch("가족관계증명서");
    stand.wait_for("service");
    stand.touch("신청 시작하기");
    stand.wait_for("options");
    stand.touch("계속하기");
    stand.wait_for("consent");
    stand.touch("동의해요");
    stand.wait_for("basket");
}

#[test]
fn two_certificates_are_one_payment_two_signed_papers_and_one_receipt() {
    let mut stand = Stand::open(TUESDAY_10_00);
    fill_the_basket(&mut stand);

    stand.touch("이대로 신청하기");
    let pay = stand.wait_for("pay");
    assert!(matches!(&pay.screen, Screen::Pay(pay) if pay.amount_won == 700));
    stand.touch("현금으로 내기");
    assert!(stand.slot_opens());
    stand.bench.cash.with(|cash| cash.insert_note(1_000));
    let papers = stand.wait_for("take-paper");
    assert!(matches!(&papers.screen, Screen::TakePaper(it) if it.document_numbers.len() == 2));
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    // The first has kept its fee; the rest is the second's.
    stand.assert_agreement(1_000 - 200);
    let requests = stand.journal();
    let captured: Vec<u32> = (requests.iter())
        .map(|(it, _)| it.money.captured_won)
        .collect();
    assert_eq!(captured, [200, 500]);
    for (request, _) in &requests {
        assert_eq!(request.stage, Stage::Closed(Outcome::Done));
        assert!(request.receipt_printed);
    }
    assert_eq!(requests[1].0.money.brought_won, 800);
    assert_eq!(requests[1].0.money.paid_out_won, 300);
    let slips = (stand.bench.receipt_printer).with(|printer| printer.papers().len());
    assert_eq!(slips, 1);
    let trust = Trust::read(&stand.office.trust()).unwrap();
    let sheets = stand.sheets();
    assert_eq!(sheets.len(), 2);
    for (_, sheet) in &sheets {
        assert!(matches!(examine(sheet, &trust), Verdict::Genuine { .. }));
    }
}

#[test]
fn one_is_left_out_again_by_touching_its_own_button() {
    let mut stand = Stand::open(TUESDAY_10_00);
    fill_the_basket(&mut stand);

    stand.touch("바꾸기: 주민등록표 등본");
    stand.wait_for("options");
    stand.touch("계속하기");
    let basket = stand.wait_for("basket");
    assert!(matches!(&basket.screen, Screen::Basket(it) if it.stage == BasketStage::Review));
    stand.touch("빼기: 주민등록표 등본");
    stand.wait_for("review");
    stand.touch("이대로 신청하기");
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[500]);
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    stand.assert_agreement(500);
    let stages: Vec<Stage> = (stand.journal().iter()).map(|(it, _)| it.stage).collect();
    let ends = [Outcome::Withdrawn, Outcome::Done];
    assert_eq!(stages, ends.map(Stage::Closed));
    assert_eq!(stand.sheets().len(), 1);
}

#[test]
fn a_kiosk_that_dies_between_two_papers_owes_what_was_brought_to_the_second() {
    let mut stand = Stand::open(TUESDAY_10_00);
    fill_the_basket(&mut stand);
    stand.touch("이대로 신청하기");
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[500, 500]);
    stand.until("the money has gone on", |stand| {
        stand.request().money.brought_won > 0
    });

    stand.switch_off();
    stand.pull_card();
    stand.switch_on();
    stand.wait_for("welcome");

    // The first has kept its fee; the rest is the second's.
    stand.assert_agreement(1_000 - 200);
    let requests = stand.journal();
    let (first, second) = (&requests[0].0, &requests[1].0);
    assert_eq!(first.stage, Stage::Closed(Outcome::Done));
    assert_eq!(
        (first.money.captured_won, first.money.carried_won),
        (200, 800)
    );
    let money = &second.money;
    assert_eq!(money.captured_won + money.owed_won, 800);
    assert!(money.owed_won >= 300);
}
