//! A station's end of the line: what it says first, offers, takes and forgives.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "station/salvage.rs"]
mod salvage;

use std::time::{Duration, Instant};

use privacy::Personal;
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};
use sync::{
    Agreement, Announcement, Answer, Attempt, Content, Contradiction, Entry, Greeting, Hash,
    Incarnation, Offer, Publication, Publications, Salt, Station, StationCommand, StationEvent,
    Welcome,
};

const HASH: Hash = Hash::from_bytes([9; 32]);

fn entry(number: u64) -> Entry {
    heavy_entry(number, 2)
}

fn heavy_entry(number: u64, bytes: usize) -> Entry {
    Entry {
        station: StationId::new("gaon-1"),
        incarnation: Incarnation::from_bytes([7; 16]),
        number,
        request: RequestId::new("r"),
        recorded_at: Timestamp::from_millis(0),
        content: Content::Whole {
            salt: Salt::from_bytes([1; 16]),
            body: Personal::new("x".repeat(bytes)),
        },
    }
}

fn publication(number: u64) -> Publication {
    Publication {
        number,
        previous: number - 1,
        recorded_at: Timestamp::from_millis(0),
        content: Announcement::Request {
            request: RequestId::new("r"),
            event: RequestEvent::Closed {
                outcome: Outcome::Withdrawn,
            },
        },
    }
}

fn commands(station: &mut Station) -> Vec<StationCommand> {
    std::iter::from_fn(|| station.poll_command()).collect()
}

fn hello(station: &mut Station) -> (Attempt, Option<Contradiction>) {
    let told = commands(station);
    let found = told.iter().find_map(|command| match command {
        StationCommand::Hello {
            attempt, finding, ..
        } => Some((*attempt, *finding)),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no hello in {told:?}"))
}

fn welcome(acknowledged: u64, received: u64) -> Greeting {
    Greeting::Welcome(Welcome {
        acknowledged,
        hash: HASH,
        received,
    })
}

/// A station that the exchange has welcomed, and what it said since.
fn welcomed(acknowledged: u64, received: u64, now: Instant) -> (Station, Vec<StationCommand>) {
    let mut station = Station::new(acknowledged, received, 1, now);
    let (attempt, _) = hello(&mut station);
    station.handle(
        StationEvent::Greeted(attempt, welcome(acknowledged, received)),
        now,
    );
    station.handle(StationEvent::Compared(Agreement::Agrees), now);
    let told = commands(&mut station);
    (station, told)
}

fn pending(station: &mut Station, entries: Vec<Entry>, now: Instant) -> (Attempt, Offer) {
    let before = HASH;
    station.handle(StationEvent::Pending { before, entries }, now);
    match &commands(station)[..] {
        [StationCommand::Offer { attempt, offer }] => (*attempt, offer.clone()),
        told => panic!("no offer but {told:?}"),
    }
}

fn listening(told: &[StationCommand]) -> Attempt {
    let found = told.iter().find_map(|command| match command {
        StationCommand::Listen { attempt, .. } => Some(*attempt),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("it does not listen: {told:?}"))
}

#[test]
fn nothing_is_offered_before_the_exchanges_word_was_compared_with_the_journal() {
    let now = Instant::now();
    let mut station = Station::new(4, 0, 1, now);

    let (attempt, finding) = hello(&mut station);
    station.handle(StationEvent::Recorded, now);
    assert_eq!((finding, commands(&mut station)), (None, vec![]));
    station.handle(StationEvent::Greeted(attempt, welcome(4, 0)), now);

    let (number, hash) = (4, HASH);
    assert_eq!(
        commands(&mut station),
        [StationCommand::Compare { number, hash }]
    );
}

#[test]
fn what_is_recorded_is_offered_until_it_is_acknowledged() {
    let now = Instant::now();
    let (mut station, told) = welcomed(4, 0, now);
    let read = StationCommand::Read {
        after: 4,
        limit: 500,
    };
    assert!(told.contains(&StationCommand::Connected) && told.contains(&read));

    let (attempt, _) = pending(&mut station, vec![entry(5)], now);
    station.handle(StationEvent::Failed(attempt), now);
    assert_eq!(commands(&mut station), [StationCommand::Away]);
    let due = station.poll_timeout().unwrap();
    assert!(due <= now + Duration::from_millis(500));
    station.handle_timeout(due);
    let (attempt, _) = hello(&mut station);
    station.handle(StationEvent::Greeted(attempt, welcome(4, 0)), due);
    station.handle(StationEvent::Compared(Agreement::Agrees), due);
    assert!(commands(&mut station).contains(&read));
    let (attempt, offer) = pending(&mut station, vec![entry(5)], due);
    station.handle(
        StationEvent::Answered(attempt, Answer::Acknowledged(5)),
        due,
    );

    assert_eq!((offer.before, offer.entries.len()), (HASH, 1));
    assert_eq!(
        commands(&mut station),
        [
            StationCommand::Acknowledge(5),
            StationCommand::Read {
                after: 5,
                limit: 500
            },
        ]
    );
}

#[test]
fn an_answer_that_comes_too_late_is_not_listened_to() {
    let now = Instant::now();
    let (mut station, _) = welcomed(0, 0, now);
    let (late, _) = pending(&mut station, vec![entry(1)], now);
    let due = station.poll_timeout().unwrap();
    station.handle_timeout(due);
    commands(&mut station);

    station.handle(StationEvent::Answered(late, Answer::Acknowledged(1)), due);

    assert_eq!(commands(&mut station), []);
}

#[test]
fn an_exchange_restored_from_an_older_backup_is_offered_again_what_it_lost() {
    let now = Instant::now();
    let mut station = Station::new(80, 9, 1, now);
    let (attempt, _) = hello(&mut station);

    station.handle(StationEvent::Greeted(attempt, welcome(50, 9)), now);
    station.handle(StationEvent::Compared(Agreement::Agrees), now);

    let told = commands(&mut station);
    assert!(told.contains(&StationCommand::Withdraw(50)), "{told:?}");
    let (after, limit) = (50, 500);
    assert!(told.contains(&StationCommand::Read { after, limit }));
}

#[test]
fn a_journal_that_contradicts_the_exchange_is_said_to_do_so_and_nothing_is_offered() {
    for (agreement, finding) in [
        (Agreement::Missing, Contradiction::Rewound),
        (Agreement::Differs, Contradiction::Forked),
    ] {
        let now = Instant::now();
        let mut station = Station::new(3, 0, 1, now);
        let (attempt, _) = hello(&mut station);
        station.handle(StationEvent::Greeted(attempt, welcome(5, 0)), now);
        commands(&mut station);

        station.handle(StationEvent::Compared(agreement), now);
        assert_eq!(commands(&mut station), []);
        let due = station.poll_timeout().unwrap();
        station.handle_timeout(due);

        assert_eq!(hello(&mut station).1, Some(finding));
    }
}

#[test]
fn a_station_in_quarantine_says_so_once_and_offers_to_be_kept_aside() {
    let now = Instant::now();
    let mut station = Station::new(3, 0, 1, now);
    let reason = Contradiction::Forked;
    let (attempt, _) = hello(&mut station);
    station.handle(
        StationEvent::Greeted(attempt, Greeting::Quarantined(reason)),
        now,
    );
    let told = commands(&mut station);
    assert!(told.contains(&StationCommand::Quarantined(reason)));
    assert!(
        !told
            .iter()
            .any(|it| matches!(it, StationCommand::Listen { .. }))
    );

    let (attempt, _) = pending(&mut station, vec![entry(4)], now);
    station.handle(StationEvent::Answered(attempt, Answer::KeptAside(4)), now);
    let (after, limit) = (4, 500);
    assert_eq!(
        commands(&mut station),
        [StationCommand::Read { after, limit }]
    );
    let (before, entries) = (HASH, vec![]);
    station.handle(StationEvent::Pending { before, entries }, now);

    let due = station.poll_timeout().unwrap();
    assert_eq!(due, now + Duration::from_secs(60));
    station.handle_timeout(due);
    let (attempt, _) = hello(&mut station);
    station.handle(StationEvent::Greeted(attempt, welcome(3, 0)), due);
    station.handle(StationEvent::Compared(Agreement::Agrees), due);
    let told = commands(&mut station);
    assert!(told.contains(&StationCommand::Connected));
    let after = 3;
    assert!(told.contains(&StationCommand::Read { after, limit }));
}

#[test]
fn a_batch_weighs_no_more_than_a_poor_line_carries_and_a_heavy_entry_goes_alone() {
    let now = Instant::now();
    let (mut station, _) = welcomed(0, 0, now);
    let heavy = |number| heavy_entry(number, 300 << 10);

    let (attempt, offer) = pending(&mut station, (1..=3).map(heavy).collect(), now);
    assert_eq!(offer.entries.len(), 1);
    station.handle(
        StationEvent::Answered(attempt, Answer::Acknowledged(1)),
        now,
    );
    commands(&mut station);
    let (_, offer) = pending(&mut station, vec![heavy_entry(2, 900 << 10)], now);

    assert_eq!(offer.entries.len(), 1);
}

#[test]
fn a_second_event_waits_for_the_first_offer_and_then_goes_at_once() {
    let now = Instant::now();
    let (mut station, _) = welcomed(0, 0, now);
    let (attempt, _) = pending(&mut station, vec![entry(1)], now);

    station.handle(StationEvent::Recorded, now);
    assert_eq!(commands(&mut station), []);
    station.handle(
        StationEvent::Answered(attempt, Answer::Acknowledged(1)),
        now,
    );

    let (after, limit) = (1, 500);
    assert!(commands(&mut station).contains(&StationCommand::Read { after, limit }));
}

#[test]
fn a_publication_said_twice_or_with_a_gap_is_received_once_and_in_order() {
    let now = Instant::now();
    let (mut station, told) = welcomed(0, 2, now);

    let said = [2, 3, 3, 5].map(publication).to_vec();
    let publications = Publications { publications: said };
    station.handle(StationEvent::Published(listening(&told), publications), now);

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
    commands(&mut station);

    let due = station.poll_timeout().unwrap();
    station.handle_timeout(due);
    assert_eq!(commands(&mut station), [StationCommand::Away]);
    let due = station.poll_timeout().unwrap();
    station.handle_timeout(due);

    hello(&mut station);
}
