//! Cards, as readers tell them.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use bench::{
    Twin,
    magnetic_stripe_reader::{MagneticStripeReader as BenchReader, Mood},
    people::PEOPLE,
    pty::Plug,
};
use devices::card_reader::{CardFault, CardReaderEvent, CardReaderOrder};
use drivers::{
    Driver, Input, Output,
    card_reader::magnetic_stripe::MagneticStripeReader,
    port::{SerialSettings, start},
};
use jiff::civil::date;
use proptest::prelude::*;

fn reader() -> MagneticStripeReader {
    MagneticStripeReader::new(|| date(2026, 11, 24))
}

/// Puts a card into a reader of this mood and lets the two talk.
fn insert(mood: Mood) -> Vec<CardReaderEvent> {
    insert_into(reader(), mood)
}

fn insert_into(mut driver: MagneticStripeReader, mood: Mood) -> Vec<CardReaderEvent> {
    let now = Instant::now();
    let mut twin = BenchReader::default();
    twin.mood = mood;
    driver.handle(Input::Connected, now);
    driver.handle(Input::Order(CardReaderOrder::Accept), now);
    twin.insert(PEOPLE[0], now);
    let mut told = talk(&mut twin, &mut driver, now);
    let later = now + Duration::from_secs(1);
    twin.handle_timeout(later);
    told.extend(talk(&mut twin, &mut driver, later));
    driver.handle_timeout(now + Duration::from_secs(10));
    twin.pull();
    told.extend(talk(&mut twin, &mut driver, later));
    told.retain(|event| !matches!(event, CardReaderEvent::Status(_)));
    told
}

fn talk(
    twin: &mut BenchReader,
    driver: &mut MagneticStripeReader,
    now: Instant,
) -> Vec<CardReaderEvent> {
    let mut told = Vec::new();
    loop {
        let said = twin.poll_wire();
        if let Some(bytes) = &said {
            // In the smallest pieces a line can give.
            bytes
                .iter()
                .for_each(|byte| driver.handle(Input::Wire(vec![*byte]), now));
        }
        match driver.poll_output() {
            Some(Output::Wire(bytes)) => twin.receive(&bytes, now),
            Some(Output::Tell(event)) => told.push(event),
            Some(Output::HangUp) => panic!("it breaks nothing off"),
            None if said.is_none() => return told,
            None => {}
        }
    }
}

#[test]
fn a_card_counts_up_to_the_end_of_its_last_month() {
    assert!(
        insert(Mood::Well)
            .iter()
            .any(|it| matches!(it, CardReaderEvent::Read(_)))
    );
    assert!(insert(Mood::Expired).contains(&CardReaderEvent::Refused(CardFault::Expired)));
}

#[test]
fn a_card_that_lay_in_before_it_was_wanted_has_to_come_out_again() {
    let now = Instant::now();
    let (mut twin, mut driver) = (BenchReader::default(), reader());
    driver.handle(Input::Connected, now);
    twin.insert(PEOPLE[0], now);
    twin.handle_timeout(now + Duration::from_secs(1));
    talk(&mut twin, &mut driver, now);

    driver.handle(Input::Order(CardReaderOrder::Accept), now);
    driver.handle_timeout(now + Duration::from_secs(10));

    assert_eq!(
        talk(&mut twin, &mut driver, now),
        [CardReaderEvent::Refused(CardFault::Unreadable)]
    );
}

#[test]
fn a_card_is_read_once_even_when_the_reader_stutters() {
    for mood in [Mood::Well, Mood::Stuttering] {
        let told = insert(mood);

        let [
            CardReaderEvent::Inserted,
            CardReaderEvent::Read(holder),
            CardReaderEvent::Removed,
        ] = &told[..]
        else {
            panic!("{mood:?}: {told:?}");
        };
        assert_eq!(holder.name.reveal(), PEOPLE[0].name);
        assert_eq!(holder.resident_number.reveal(), PEOPLE[0].resident_number);
    }
}

#[test]
fn a_card_that_cannot_be_used_is_told_by_its_kind() {
    let cases = [
        (Mood::Damaged, CardFault::Damaged),
        (Mood::Truncated, CardFault::Unreadable),
        (Mood::Stranger, CardFault::Unknown),
        (Mood::Blind, CardFault::Unreadable),
    ];
    for (mood, fault) in cases {
        let told = insert(mood);
        assert_eq!(
            told,
            [
                CardReaderEvent::Inserted,
                CardReaderEvent::Refused(fault),
                CardReaderEvent::Removed
            ],
            "{mood:?}"
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
        driver.handle(Input::Order(CardReaderOrder::Accept), now);
        driver.handle(Input::Wire(noise), now);
        driver.handle(Input::Wire(b"\rR\rI\r".to_vec()), now);
        while let Some(output) = driver.poll_output() {
            prop_assert!(!matches!(output, Output::Tell(CardReaderEvent::Read(_))));
        }
    }
}

#[test]
fn a_reader_that_was_started_so_tells_what_stands_on_any_stripe_and_no_other_does() {
    let track = |mood| {
        let told = insert_into(reader().telling_tracks(), mood);
        let [
            CardReaderEvent::Inserted,
            CardReaderEvent::Track(track),
            _,
            CardReaderEvent::Removed,
        ] = &told[..]
        else {
            panic!("{told:?}");
        };
        track
            .as_ref()
            .map(|it| it.data.reveal().clone())
            .map_err(|it| *it)
    };

    let own = track(Mood::Well).unwrap();
    assert!(own.starts_with(b"KRID1=9001012990014=") && own.ends_with(b"=3012"));
    let stranger = track(Mood::Stranger).unwrap();
    assert_eq!(stranger, b"9999012345678=991212100000");
    assert_eq!(track(Mood::Damaged), Err(CardFault::Damaged));
    assert_eq!(track(Mood::Truncated), Err(CardFault::Unreadable));
    let usual = insert(Mood::Well);
    assert!(!(usual.iter()).any(|it| matches!(it, CardReaderEvent::Track(_))));
}

#[tokio::test]
async fn a_card_comes_over_a_real_line_which_may_be_pulled_and_put_back() {
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
        tokio::time::timeout(Duration::from_secs(20), told.recv())
            .await
            .unwrap()
            .unwrap()
    };
    assert!(matches!(next().await, CardReaderEvent::Status(_)));

    orders.send(CardReaderOrder::Accept).unwrap();
    plug.with(|reader| reader.insert(PEOPLE[4], Instant::now()));
    assert_eq!(next().await, CardReaderEvent::Inserted);
    assert!(matches!(next().await, CardReaderEvent::Read(_)));

    plug.unplug();
    assert_eq!(next().await, CardReaderEvent::Removed);
    assert!(matches!(next().await, CardReaderEvent::Status(_)));
    plug.plug();
    assert!(matches!(next().await, CardReaderEvent::Status(_)));
    assert_eq!(next().await, CardReaderEvent::Inserted);
}
