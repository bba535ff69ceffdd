//! Issued with the cable cut, under a lease: a whole kiosk, a real exchange.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use kiosk::visit::view::{FailureReason, Screen, Trouble};
use request::{Outcome, PaperState, RequestEvent, Stage};
use tests::{office::TUESDAY_10_00, stand::Stand, walk::End};
use verify::{Trust, Verdict, examine};

/// Longer than the exchange takes to give a lease.
const PATIENCE: Duration = Duration::from_secs(60);
const LASTS: Duration = Duration::from_secs(72 * 3_600);

/// A kiosk that holds a lease of the land ledger and has lost its exchange.
fn cut_off() -> Stand {
    let mut stand = Stand::open(TUESDAY_10_00);
    let given_up = Instant::now() + PATIENCE;
    let held = |stand: &Stand| {
        let leases = stand.open_journal().leases().unwrap();
        leases.iter().any(|it| it.service.as_str() == "land-ledger")
    };
    while !held(&stand) {
        assert!(Instant::now() < given_up, "no lease came");
        std::thread::sleep(Duration::from_millis(50));
    }
    cut(&mut stand);
    stand
}

fn cut(stand: &mut Stand) {
    stand.cable.cut();
    stand.wait_until("the kiosk has noticed", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.contains(&Trouble::ExchangeAway),
        _ => false,
    });
}

/// The paper as a picture, as a scanner at a counter sees it.
fn photograph(pdf: &[u8]) -> Vec<u8> {
    let name = format!("minwon-leased-{}", std::process::id());
    let file = std::env::temp_dir().join(&name).with_extension("pdf");
    fs::write(&file, pdf).unwrap();
    let picture = Command::new("pdftoppm")
        .args(["-r", "203", "-png", "-singlefile"])
        .arg(&file)
        .output()
        .unwrap();
    fs::remove_file(file).unwrap();
    assert!(picture.status.success());
    picture.stdout
}

#[test]
fn a_land_ledger_is_issued_with_the_cable_cut_and_counts_when_it_is_mended() {
    let mut stand = cut_off();

    let sheet = stand.ask_for_land("12-3");
    stand.touch("이대로 신청하기");
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[100, 100, 100]);
    stand.wait_for("take-paper");
    let end = stand.go_on();
    let sheets = stand.sheets();
    let verdict = examine(
        &photograph(&sheets[0].1),
        &Trust::read(&stand.office.trust()).unwrap(),
    );
    let number = &stand.request().paper.documents[0].0.number.clone();
    let before = stand.office.status(number.as_str());
    stand.cable.mend();
    let request = stand.assert_agreement(300);

    assert!(sheet.unavailable.is_none() && sheet.records_at == "10:00");
    assert_eq!(end, End::Thanked);
    assert_eq!(sheets.len(), 1);
    let Verdict::Genuine {
        claims: Some(claims),
        lease: Some(lease),
        ..
    } = verdict
    else {
        panic!("not genuine: {verdict:?}");
    };
    assert_eq!(claims.document_number, number.as_str());
    assert!(number.as_str().starts_with(&lease.prefix));
    assert_eq!(before, "leased");
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.paper.count(PaperState::Issued), 1);
    let (_, events) = stand.journal().pop().unwrap();
    let under_lease =
        |event: &RequestEvent| matches!(event, RequestEvent::PreparedUnderLease { .. });
    assert_eq!(events.iter().filter(|it| under_lease(it)).count(), 1);
}

#[test]
fn a_parcel_that_is_not_in_the_records_and_a_lease_that_ran_out_give_no_paper() {
    let mut stand = cut_off();

    stand.ask_for_land("77");
    stand.touch("이대로 신청하기");
    let failed = stand.wait_for("failed");
    let end = stand.go_on();
    let sheets = stand.sheets();
    stand.switch_off();
    // The lease was granted some time after the kiosk had started.
    stand.let_pass(LASTS + PATIENCE);
    stand.switch_on();
    stand.wait_for("welcome");
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch("토지대장");
    let refused = stand.wait_for("service");
    stand.go_on();
    let given_up = Instant::now() + PATIENCE;
    while !stand.open_journal().leases().unwrap().is_empty() {
        assert!(Instant::now() < given_up, "a lease that ran out is kept");
        std::thread::sleep(Duration::from_millis(50));
    }

    assert!(
        matches!(&failed.screen, Screen::Failed(it) if it.reason == FailureReason::NotInRecords)
    );
    assert!(matches!(end, End::Failed(_)));
    assert!(sheets.is_empty());
    assert!(
        matches!(&refused.screen, Screen::Service(it) if it.unavailable == Some(Trouble::ExchangeAway))
    );
}
