//! Identity cards with a chip, through the machine's own PC/SC service.

#![allow(clippy::unwrap_used)]

#[path = "chip_card/opensc.rs"]
mod opensc;

use std::time::{Duration, Instant};

use bench::{
    chip_card::{ChipCardReader, Mood},
    people::PEOPLE,
};
use devices::{
    DeviceState,
    card_reader::{CardFault, CardReaderEvent, CardReaderOrder, CardReaderStatus},
};
use drivers::card_reader::pcsc::{PcscError, PcscSettings, start};
use jiff::civil::date;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The bench's reader with the driver on it.
struct Desk {
    reader: ChipCardReader,
    orders: UnboundedSender<CardReaderOrder>,
    told: UnboundedReceiver<CardReaderEvent>,
}

impl Desk {
    async fn open() -> Self {
        let reader = ChipCardReader::plug_in().unwrap();
        let settings = PcscSettings {
            reader: ChipCardReader::NAME.to_owned(),
        };
        let (tell, told) = unbounded_channel();
        let today = || date(2026, 11, 25);
        let orders = start(&settings, today, move |event| drop(tell.send(event))).unwrap();
        let mut desk = Self {
            reader,
            orders,
            told,
        };
        assert_eq!(desk.next().await, status(DeviceState::Ready));
        desk
    }

    fn order(&self, order: CardReaderOrder) {
        self.orders.send(order).unwrap();
    }

    async fn next(&mut self) -> CardReaderEvent {
        tokio::time::timeout(Duration::from_secs(30), self.told.recv())
            .await
            .expect("the driver says something in time")
            .unwrap()
    }
}

fn status(state: DeviceState) -> CardReaderEvent {
    CardReaderEvent::Status(CardReaderStatus { state })
}

/// Whether this is the first of the invented people.
fn is_first(event: &CardReaderEvent) -> bool {
    matches!(event, CardReaderEvent::Read(holder)
        if holder.name.reveal() == PEOPLE[0].name
        && holder.resident_number.reveal() == PEOPLE[0].resident_number)
}

#[test]
fn a_foreign_reader_sees_on_the_bench_card_what_the_profile_promises() {
    let mut reader = ChipCardReader::plug_in().unwrap();

    for (mood, atr_wanted) in [
        (Mood::Well, "3b:95:13:81:01:80:73:ff:01:00:0b"),
        (Mood::Old, "3b:06:4d:49:4e:57:4f:4e"),
    ] {
        reader.insert(PEOPLE[0], mood).unwrap();
        reader.wait_until_seen().unwrap();
        let atr = opensc::answer_to_reset();
        let answers = opensc::transmit(&[opensc::SELECT, opensc::READ]);

        assert_eq!(atr, atr_wanted);
        assert_eq!(answers[0].status, 0x9000, "{mood:?}");
        assert_eq!(answers[1].status, 0x9000, "{mood:?}");
        let file = &answers[1].data;
        assert_eq!(file[0], 0xe1);
        assert!(holds(file, PEOPLE[0].resident_number.as_bytes()));
        let name = holds(file, PEOPLE[0].name.as_bytes());
        // An old card gives its file in pieces.
        assert!(name || mood == Mood::Old, "{file:02x?}");
    }
}

#[test]
fn a_foreign_reader_sees_what_is_wrong_with_a_bench_card() {
    let mut reader = ChipCardReader::plug_in().unwrap();
    let mut read = |mood| {
        reader.insert(PEOPLE[0], mood).unwrap();
        reader.wait_until_seen().unwrap();
        opensc::transmit(&[opensc::SELECT, opensc::READ])
    };

    let stranger = read(Mood::Stranger);
    assert_eq!((stranger[0].status, stranger[1].status), (0x6a82, 0x6986));

    let well = read(Mood::Well).remove(1).data;
    let damaged = read(Mood::Damaged).remove(1).data;
    let differing = well.iter().zip(&damaged).filter(|(a, b)| a != b).count();
    assert_eq!((well.len(), differing), (damaged.len(), 1));
    assert!(!holds(&damaged, PEOPLE[0].name.as_bytes()));

    let truncated = read(Mood::Truncated).remove(1).data;
    assert_eq!(truncated, well[..well.len() / 2]);
    assert!(holds(&read(Mood::Overlong)[1].data, &[0xe1, 0x82, 0x40]));
    assert!(holds(&read(Mood::Expired)[1].data, b"20200229"));
}

fn holds(file: &[u8], part: &[u8]) -> bool {
    file.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_card_is_read_through_the_same_service_and_let_go() {
    let mut desk = Desk::open().await;
    for mood in [Mood::Well, Mood::Old] {
        desk.order(CardReaderOrder::Accept);
        desk.reader.insert(PEOPLE[0], mood).unwrap();

        assert_eq!(desk.next().await, CardReaderEvent::Inserted);
        let event = desk.next().await;
        assert!(is_first(&event), "{mood:?}: {event:?}");

        desk.order(CardReaderOrder::Release);
        desk.reader.pull();
        assert_eq!(desk.next().await, CardReaderEvent::Removed);
    }
}

#[tokio::test]
async fn a_card_that_cannot_be_used_is_told_by_its_kind() {
    let mut desk = Desk::open().await;
    desk.order(CardReaderOrder::Accept);
    for (mood, fault) in [
        (Mood::Stranger, CardFault::Unknown),
        (Mood::Damaged, CardFault::Damaged),
        (Mood::Truncated, CardFault::Unreadable),
        (Mood::Overlong, CardFault::Unreadable),
        (Mood::Expired, CardFault::Expired),
        (Mood::Mute, CardFault::Unreadable),
        (Mood::Garbled, CardFault::Unreadable),
    ] {
        desk.reader.insert(PEOPLE[1], mood).unwrap();

        assert_eq!(desk.next().await, CardReaderEvent::Inserted, "{mood:?}");
        assert_eq!(
            desk.next().await,
            CardReaderEvent::Refused(fault),
            "{mood:?}"
        );
        desk.reader.pull();
        assert_eq!(desk.next().await, CardReaderEvent::Removed, "{mood:?}");
    }
    desk.reader.insert(PEOPLE[0], Mood::Well).unwrap();
    assert_eq!(desk.next().await, CardReaderEvent::Inserted);
    assert!(is_first(&desk.next().await), "the reader is well");
}

#[tokio::test]
async fn a_card_pulled_while_it_is_read_is_gone_and_not_bad() {
    let mut desk = Desk::open().await;
    desk.order(CardReaderOrder::Accept);

    desk.reader.insert(PEOPLE[0], Mood::Snatched).unwrap();

    assert_eq!(desk.next().await, CardReaderEvent::Inserted);
    assert_eq!(desk.next().await, CardReaderEvent::Removed);
    desk.reader.insert(PEOPLE[0], Mood::Well).unwrap();
    assert_eq!(desk.next().await, CardReaderEvent::Inserted);
    assert!(is_first(&desk.next().await));
}

#[tokio::test]
async fn a_card_that_lies_in_already_is_read_as_soon_as_it_is_wanted() {
    let mut desk = Desk::open().await;
    desk.reader.insert(PEOPLE[0], Mood::Well).unwrap();
    assert_eq!(desk.next().await, CardReaderEvent::Inserted);

    desk.order(CardReaderOrder::Accept);

    assert!(is_first(&desk.next().await));
}

#[tokio::test]
async fn a_service_that_goes_away_takes_the_card_along_and_is_found_again() {
    let mut desk = Desk::open().await;
    if !desk.reader.owns_service() {
        println_skipped();
        return;
    }
    desk.reader.insert(PEOPLE[0], Mood::Well).unwrap();
    assert_eq!(desk.next().await, CardReaderEvent::Inserted);

    desk.reader.stop_service().unwrap();
    assert_eq!(desk.next().await, CardReaderEvent::Removed);
    assert_eq!(desk.next().await, status(DeviceState::Absent));

    desk.reader.start_service().unwrap();
    assert_eq!(desk.next().await, status(DeviceState::Ready));
    desk.order(CardReaderOrder::Accept);
    desk.reader.insert(PEOPLE[0], Mood::Well).unwrap();
    assert_eq!(desk.next().await, CardReaderEvent::Inserted);
    assert!(is_first(&desk.next().await));
}

/// A desktop's own service is not ours to stop.
#[allow(clippy::print_stdout)]
fn println_skipped() {
    println!("SKIPPED: pcscd was started by somebody else; stop it to run this test");
}

#[tokio::test]
async fn a_driver_that_is_not_needed_any_more_leaves_no_thread_behind() {
    let desk = Desk::open().await;
    assert!(threads() >= 2);

    let Desk { reader, orders, .. } = desk;
    drop(orders);

    let given_up = Instant::now() + Duration::from_secs(60);
    while threads() > 0 {
        assert!(Instant::now() < given_up, "{} threads live on", threads());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Kept until here, so that no other test starts threads meanwhile.
    drop(reader);
}

/// The driver's threads in this process.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task")
        .unwrap()
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
        .filter(|name| name.starts_with("chip-card-"))
        .count()
}

#[tokio::test]
async fn no_reader_is_taken_by_chance() {
    let settings = PcscSettings {
        reader: " ".to_owned(),
    };

    let started = start(&settings, || date(2026, 11, 25), |_| {});

    assert!(matches!(started, Err(PcscError::NoName)));
}
