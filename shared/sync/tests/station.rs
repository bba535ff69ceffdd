//! A station's end of the line: what it offers, takes and forgives.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};
use sync::{
    Acknowledgement, Content, Entry, Hash, Incarnation, Publication, Publications, Station,
    StationCommand, StationEvent,
};

fn entry(number: u64) -> Entry {
    Entry {
        station: StationId::new("gaon-1"),
        incarnation: Incarnation::from_bytes([7; 16]),
        number,
        request: RequestId::new("r"),
        recorded_at: Timestamp::from_millis(0),
        content: Content::Erased {
            commitment: Hash::from_bytes([u8::try_from(number).unwrap(); 32]),
        },
    }
}

fn publication(number: u64) -> Publication {
    Publication {
        number,
        request: RequestId::new("r"),
        recorded_at: Timestamp::from_millis(0),
        event: RequestEvent::Closed {
            outcome: Outcome::Withdrawn,
        },
    }
}

fn commands(station: &mut Station) -> Vec<StationCommand> {
    std::iter::from_fn(|| station.poll_command()).collect()
}

#[test]
fn what_is_recorded_is_offered_until_it_is_acknowledged() {
    let now = Instant::now();
    let mut station = Station::new(4, 0, 1, now);
    assert!(commands(&mut station).contains(&StationCommand::Read {
        after: 4,
        limit: 100
    }));

    station.handle(StationEvent::Pending(vec![entry(5)]), now);
    assert!(matches!(
        &commands(&mut station)[..],
        [StationCommand::Offer(_)]
    ));
    station.handle(StationEvent::OfferFailed, now);
    assert_eq!(commands(&mut station), [StationCommand::Away]);

    let due = station.poll_timeout().unwrap();
    assert!(due <= now + Duration::from_millis(500));
    station.handle_timeout(due);
    assert_eq!(
        commands(&mut station),
        [StationCommand::Read {
            after: 4,
            limit: 100
        }]
    );
    station.handle(StationEvent::Pending(vec![entry(5)]), due);
    commands(&mut station);
    station.handle(
        StationEvent::Acknowledged(Acknowledgement { acknowledged: 5 }),
        due,
    );

    assert_eq!(
        commands(&mut station),
        [
            StationCommand::Connected,
            StationCommand::Acknowledge(5),
            StationCommand::Read {
                after: 5,
                limit: 100
            },
        ]
    );
}

#[test]
fn a_second_event_waits_for_the_first_offer_and_then_goes_at_once() {
    let now = Instant::now();
    let mut station = Station::new(0, 0, 1, now);
    station.handle(StationEvent::Pending(vec![entry(1)]), now);
    commands(&mut station);

    station.handle(StationEvent::Recorded, now);
    assert_eq!(commands(&mut station), []);
    station.handle(
        StationEvent::Acknowledged(Acknowledgement { acknowledged: 1 }),
        now,
    );

    assert!(commands(&mut station).contains(&StationCommand::Read {
        after: 1,
        limit: 100
    }));
}

#[test]
fn a_publication_said_twice_or_with_a_gap_is_received_once_and_in_order() {
    let now = Instant::now();
    let mut station = Station::new(0, 2, 1, now);
    commands(&mut station);

    let said = [2, 3, 3, 5].map(publication).to_vec();
    station.handle(
        StationEvent::Published(Publications { publications: said }),
        now,
    );

    let told = commands(&mut station);
    let received: Vec<_> = told
        .iter()
        .filter(|it| matches!(it, StationCommand::Receive(_)))
        .collect();
    assert_eq!(received, [&StationCommand::Receive(publication(3))]);
    assert!(
        told.iter()
            .any(|it| matches!(it, StationCommand::Listen { after: 3, .. })),
        "it listens on from the last it has: {told:?}"
    );
}

#[test]
fn an_exchange_that_never_answers_is_told_away_and_asked_again() {
    let now = Instant::now();
    let mut station = Station::new(0, 0, 1, now);
    station.handle(StationEvent::Pending(vec![entry(1)]), now);
    commands(&mut station);

    let due = station.poll_timeout().unwrap();
    station.handle_timeout(due);

    let told = commands(&mut station);
    assert!(told.contains(&StationCommand::Away), "{told:?}");
    assert!(
        told.contains(&StationCommand::Read {
            after: 0,
            limit: 100
        }),
        "{told:?}"
    );
}

#[test]
fn whether_the_exchange_is_there_is_asked_without_waiting_for_news() {
    let now = Instant::now();
    let mut station = Station::new(0, 7, 1, now);

    let first = commands(&mut station);
    station.handle(StationEvent::Published(Publications::default()), now);
    let then = commands(&mut station);

    let asks = |after, wait| StationCommand::Listen { after, wait };
    assert!(first.contains(&asks(7, Duration::ZERO)), "{first:?}");
    assert!(then.contains(&StationCommand::Connected), "{then:?}");
    assert!(then.contains(&asks(7, Duration::from_secs(25))), "{then:?}");
}
