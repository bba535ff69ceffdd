//! A card goes in by motor, is read, and comes back to whom it belongs.

#![allow(clippy::unwrap_used)]

#[path = "motor_card_reader/counter.rs"]
mod counter;

use std::time::{Duration, Instant};

use bench::{
    motor_card_reader::{Mood, MotorCardReader as BenchReader, Place},
    people::PEOPLE,
    pty::Plug,
};
use counter::{Counter, reader};
use devices::{
    DeviceState,
    card_reader::{CardFault, CardReaderEvent as Event, CardReaderOrder as Order},
};
use drivers::{
    Driver, Input, Output,
    port::{SerialSettings, start},
};
use proptest::prelude::*;

const MOMENT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(10);

#[test]
fn a_card_is_drawn_in_read_held_and_given_back() {
    let mut counter = Counter::open(Mood::Well);

    let told = counter.visit();

    let [Event::Inserted, Event::Read(holder)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(holder.name.reveal(), PEOPLE[0].name);
    assert_eq!(holder.resident_number.reveal(), PEOPLE[0].resident_number);
    assert!(!counter.twin.pull(), "it is held");

    counter.order(Order::Release);
    counter.pass(MOMENT);
    assert_eq!(counter.twin.place(), Some(Place::Gate));
    assert!(counter.told().is_empty(), "it still lies in the mouth");
    assert!(counter.twin.pull());
    counter.pass(MOMENT);
    assert_eq!(counter.told(), [Event::Removed]);
}

#[test]
fn the_slot_is_shut_while_nobody_wants_a_card() {
    let mut counter = Counter::open(Mood::Well);
    assert!(!counter.twin.insert(PEOPLE[0], counter.now));

    counter.order(Order::Accept);
    counter.pass(MOMENT);
    counter.order(Order::Release);
    counter.pass(MOMENT);

    assert!(!counter.twin.insert(PEOPLE[0], counter.now));
}

#[test]
fn a_card_that_cannot_be_used_is_told_by_its_kind_and_comes_out_by_itself() {
    let cases = [
        (Mood::Damaged, CardFault::Unreadable),
        (Mood::Blank, CardFault::Unreadable),
        (Mood::Stranger, CardFault::Unknown),
        (Mood::Expired, CardFault::Expired),
    ];
    for (mood, fault) in cases {
        let mut counter = Counter::open(mood);

        let told = counter.visit();

        assert_eq!(told, [Event::Inserted, Event::Refused(fault)], "{mood:?}");
        assert!(counter.twin.pull(), "{mood:?}: it came out");
        counter.pass(MOMENT);
        assert_eq!(counter.told(), [Event::Removed], "{mood:?}");

        counter.twin.mood = Mood::Well;
        assert!(matches!(
            counter.visit()[..],
            [Event::Inserted, Event::Read(_)]
        ));
    }
}

#[test]
fn spoilt_and_stray_answers_are_asked_for_again() {
    for mood in [Mood::Spoiling, Mood::Straying] {
        let told = Counter::open(mood).visit();

        assert!(
            matches!(told[..], [Event::Inserted, Event::Read(_)]),
            "{mood:?}: {told:?}"
        );
    }
}

#[test]
fn a_card_that_nobody_takes_is_told_until_a_hand_has_helped() {
    let mut counter = Counter::open(Mood::Well);
    counter.visit();
    counter.order(Order::Release);
    counter.pass(Duration::from_secs(29));
    assert_eq!(counter.state(), DeviceState::Ready);

    counter.pass(MOMENT);
    assert_eq!(counter.state(), DeviceState::Faulted);
    counter.twin.pull();
    counter.pass(MOMENT);

    assert_eq!(counter.state(), DeviceState::Ready);
    assert_eq!(counter.told(), [Event::Removed]);
}

#[test]
fn a_card_in_the_mouth_has_to_come_out_before_another_is_read() {
    let mut counter = Counter::open(Mood::Well);
    counter.visit();
    counter.order(Order::Release);
    counter.pass(MOMENT);

    counter.order(Order::Accept);
    counter.pass(LONG);
    assert_eq!(counter.told(), [Event::Refused(CardFault::Unreadable)]);
    counter.twin.pull();
    counter.pass(MOMENT);
    assert_eq!(counter.told(), [Event::Removed]);

    assert!(matches!(
        counter.visit()[..],
        [Event::Inserted, Event::Read(_)]
    ));
}

#[test]
fn when_the_power_failed_with_a_card_inside_it_comes_out_and_is_told() {
    let mut counter = Counter::open(Mood::Well);
    counter.visit();

    counter.twin.lose_power();
    counter.pass(LONG);

    assert_eq!(counter.twin.place(), Some(Place::Gate));
    assert!(counter.twin.pull());
    counter.pass(MOMENT);
    assert_eq!(counter.told(), [Event::Removed]);
}

#[test]
fn a_station_that_starts_gives_a_card_back_that_it_finds_inside() {
    let mut before = Counter::open(Mood::Well);
    before.visit();
    let mut counter = Counter::with(before.twin, before.now);

    counter.pass(LONG);

    assert_eq!(counter.told(), [Event::Inserted]);
    assert!(counter.twin.pull());
    counter.pass(MOMENT);
    assert_eq!(counter.told(), [Event::Removed]);
}

#[test]
fn a_card_that_sticks_is_told_and_the_next_is_read_when_a_hand_has_helped() {
    let mut counter = Counter::open(Mood::Jammed);

    let told = counter.visit();

    assert_eq!(told, [Event::Refused(CardFault::Unreadable)]);
    assert_eq!(counter.state(), DeviceState::Faulted);
    counter.twin.mood = Mood::Well;
    counter.twin.pull();
    counter.pass(LONG);
    assert_eq!(counter.state(), DeviceState::Ready);
    assert!(matches!(
        counter.visit()[..],
        [Event::Inserted, Event::Read(_)]
    ));
}

#[test]
fn a_card_that_is_not_there_is_nobodys() {
    let mut counter = Counter::open(Mood::Well);
    counter.order(Order::Accept);
    counter.twin.mood = Mood::SeeingGhosts;
    counter.pass(LONG);

    let told = counter.told();

    assert_eq!(
        told,
        [Event::Inserted, Event::Refused(CardFault::Unreadable)]
    );
}

#[test]
fn a_reader_that_falls_silent_is_absent_until_it_answers() {
    let mut counter = Counter::open(Mood::Dead);
    counter.pass(LONG);
    assert_eq!(counter.state(), DeviceState::Absent);

    counter.twin.mood = Mood::Well;
    counter.pass(LONG);

    assert_eq!(counter.state(), DeviceState::Ready);
}

/// Pulled after each byte of a visit in turn: it ends, and the card is had back.
#[test]
fn a_line_that_is_pulled_at_any_byte_costs_nobody_a_card() {
    let mut whole = Counter::open(Mood::Well);
    whole.visit();
    for bytes in 0..whole.carried {
        let mut counter = Counter::with(BenchReader::default(), Instant::now());
        counter.pulled_after = Some(bytes);
        counter.pass(LONG);
        counter.visit();
        counter.order(Order::Release);
        counter.plug();
        counter.pass(LONG);

        if counter.twin.place().is_some() {
            assert!(counter.twin.pull(), "after {bytes} bytes it is kept");
        }
        counter.pass(LONG);
        counter.told();
        assert!(
            matches!(counter.visit()[..], [Event::Inserted, Event::Read(_)]),
            "after {bytes} bytes the next is not read"
        );
    }
}

proptest! {
    #[test]
    fn noise_neither_breaks_the_reader_nor_makes_a_person(
        noise in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let now = Instant::now();
        let mut driver = reader();
        driver.handle(Input::Connected, now);
        driver.handle(Input::Order(Order::Accept), now);
        driver.handle(Input::Wire(noise), now);
        driver.handle(Input::Wire(vec![0xf2, 0xff, 0xf2, 0, 0, 4, 0x50]), now);
        while let Some(output) = driver.poll_output() {
            prop_assert!(!matches!(output, Output::Tell(Event::Read(_))));
        }
    }
}

#[tokio::test]
async fn a_card_comes_over_a_real_line() {
    let plug = Plug::host(BenchReader::default()).unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let settings = SerialSettings {
        path: plug.path().to_path_buf(),
        baud: 9600,
    };
    let orders = start(reader(), settings, move |event| {
        let _ = tell.send(event);
    });
    let mut next = async || {
        loop {
            let event = tokio::time::timeout(Duration::from_secs(20), told.recv());
            let event = event.await.unwrap().unwrap();
            let Event::Status(status) = event else {
                return Some(event);
            };
            if status.state == DeviceState::Ready {
                return None;
            }
        }
    };
    assert_eq!(next().await, None, "it is ready");

    orders.send(Order::Accept).unwrap();
    let insert = |reader: &mut BenchReader| reader.insert(PEOPLE[4], Instant::now());
    until(|| plug.with(insert)).await;
    assert_eq!(next().await, Some(Event::Inserted));
    assert!(matches!(next().await, Some(Event::Read(_))));
    orders.send(Order::Release).unwrap();
    until(|| plug.with(BenchReader::pull)).await;
    assert_eq!(next().await, Some(Event::Removed));
}

/// What a hand tries until it can.
async fn until(can: impl Fn() -> bool) {
    let tried = async {
        while !can() {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, tried).await.unwrap();
}
