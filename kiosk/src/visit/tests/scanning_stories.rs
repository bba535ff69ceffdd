//! Tickets held to the scanner, and when the scanner looks at all.

use devices::{
    DeviceState,
    barcode_reader::{
        Barcode, BarcodeReaderEvent, BarcodeReaderFault, BarcodeReaderOrder, BarcodeReaderStatus,
        ScanFault, Symbology,
    },
};
use privacy::Personal;
use request::{Outcome, Stage};

use super::{
    citizen::{Citizen, JOB},
    laws,
    town::{ExchangeMood, Town, tickets},
};
use crate::visit::{
    Event, Touch,
    step::Step,
    view::{CodeEntry, CodeRefusal, FailureReason, Screen},
};

pub(super) fn is_well(town: &mut Town) {
    town.tell(Event::Barcode(BarcodeReaderEvent::Status(
        BarcodeReaderStatus {
            state: DeviceState::Ready,
            fault: None,
        },
    )));
}

pub(super) fn floods(town: &mut Town) {
    town.tell(Event::Barcode(BarcodeReaderEvent::Status(
        BarcodeReaderStatus {
            state: DeviceState::Faulted,
            fault: Some(BarcodeReaderFault::Flood),
        },
    )));
}

pub(super) fn scan(town: &mut Town, text: &str) {
    town.tell(Event::Barcode(BarcodeReaderEvent::Scanned(Barcode {
        symbology: Symbology::Unknown,
        text: Personal::new(text.to_owned()),
    })));
}

pub(super) fn cannot_read(town: &mut Town) {
    town.tell(Event::Barcode(BarcodeReaderEvent::Refused(
        ScanFault::Garbage,
    )));
}

/// Somebody who has touched "I have a ticket", at a kiosk with a scanner.
fn with_a_ticket(town: &mut Town) {
    is_well(town);
    town.touch(Touch::Start);
    town.touch(Touch::HaveTicket);
}

fn entry(town: &Town) -> &CodeEntry {
    match town.screen() {
        Screen::TicketCode(entry) => entry,
        other => panic!("no code is asked for: {other:?}"),
    }
}

/// What the square code of the last slip says.
fn printed_code(town: &Town) -> String {
    let (_, slip) = town.receipts.slips.last().unwrap();
    let code = slip.lines().iter().find_map(|line| match line {
        sheet::Line::Qr { text, .. } => Some(text.clone()),
        _ => None,
    });
    code.unwrap()
}

#[test]
fn a_claim_ticket_held_to_the_scanner_is_collected_without_a_digit_typed() {
    let mut town = Town::default();
    town.set_exchange(ExchangeMood::Away);
    Citizen::asking_for(JOB).walk_home(&mut town);
    let printed = printed_code(&town);
    town.set_exchange(ExchangeMood::Well);
    town.exchange.tickets.ready = true;

    with_a_ticket(&mut town);
    assert!(entry(&town).scanner);
    scan(&mut town, &printed);
    town.wait_for("ticket");
    Citizen::default().walk_until(&mut town, |step| step == Step::Resting);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.printer.sheets.len(), 1);
    with_a_ticket(&mut town);
    scan(&mut town, &printed);
    town.wait_for("failed");
    let used = |screen: &Screen| matches!(screen, Screen::Failed(it) if it.reason == FailureReason::TicketUsed);
    assert!(used(town.screen()), "{:?}", town.screen());
    laws::reckon(&town);
}

#[test]
fn the_digits_alone_do_as_well_and_a_forged_ticket_is_the_exchanges_to_refuse() {
    for text in [
        tickets().refund_code("nobody's").digits(),
        tickets().refund_code("nobody's").to_string(),
        tickets()
            .sign(&tickets().refund_code("nobody's"), 99_000, 0)
            .unwrap(),
    ] {
        let mut town = Town::default();
        with_a_ticket(&mut town);
        scan(&mut town, &text);
        town.wait_for("failed");
        let unknown = |screen: &Screen| matches!(screen, Screen::Failed(it) if it.reason == FailureReason::TicketUnknown);
        assert!(unknown(town.screen()), "{text}: {:?}", town.screen());
    }
}

#[test]
fn what_is_no_ticket_is_said_to_be_none_and_the_scanner_looks_again() {
    let mut town = Town::default();
    with_a_ticket(&mut town);
    for (text, refusal) in [
        ("https://example.com/", CodeRefusal::NotATicket),
        ("MW1:6BF+70790T9WJWG", CodeRefusal::NotATicket),
        ("MT1:", CodeRefusal::NotATicket),
        ("3000000000000001", CodeRefusal::NotATicket),
    ] {
        scan(&mut town, text);
        assert_eq!(entry(&town).refusal, Some(refusal), "{text}");
        assert_eq!(town.scanner.last(), Some(&BarcodeReaderOrder::Read));
    }
    cannot_read(&mut town);
    assert_eq!(entry(&town).refusal, Some(CodeRefusal::Unreadable));
    assert_eq!(entry(&town).digits, 0);
}

#[test]
fn the_scanner_looks_only_where_the_screen_asks_for_something_to_read() {
    use BarcodeReaderOrder::{Cancel, Read};
    let mut town = Town::default();
    is_well(&mut town);
    town.touch(Touch::Start);
    scan(&mut town, "MT1:nobody asked");
    assert_eq!(town.scanner, []);

    town.touch(Touch::HaveTicket);
    assert_eq!(town.scanner, [Read]);
    town.touch(Touch::Back);
    assert_eq!(town.scanner, [Read, Cancel]);
    scan(&mut town, &tickets().claim_code("too late").digits());
    assert_eq!(town.visit.step, Step::Finding);

    town.touch(Touch::HaveTicket);
    floods(&mut town);
    assert!(!entry(&town).scanner);
    is_well(&mut town);
    assert_eq!(town.scanner, [Read, Cancel, Read, Cancel, Read]);
    town.pass_seconds(100);
    assert_eq!(town.visit.step, Step::Resting);
    assert_eq!(town.scanner.last(), Some(&Cancel));
}
