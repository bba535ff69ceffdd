//! What could be read of an earlier, damaged journal goes first.

use super::*;

/// A station with something of an earlier journal to tell, welcomed.
fn after_damage(now: Instant) -> Station {
    let mut station = Station::new(0, 0, 1, now);
    station.tell_salvage();
    let (attempt, _) = hello(&mut station);
    station.handle(StationEvent::Greeted(attempt, welcome(0, 0)), now);
    station.handle(StationEvent::Compared(Agreement::Agrees), now);
    station
}

fn asks_for_salvage(station: &mut Station) -> bool {
    let told = commands(station);
    let own = told
        .iter()
        .any(|it| matches!(it, StationCommand::Read { .. }));
    assert!(!own, "its own goes first: {told:?}");
    told.contains(&StationCommand::ReadSalvaged { limit: 500 })
}

fn of_earlier(numbers: std::ops::RangeInclusive<u64>) -> Offer {
    let entries = numbers.map(|number| Entry {
        incarnation: Incarnation::new("earlier"),
        ..entry(number)
    });
    Offer {
        speaker: Incarnation::new("life"),
        before: HASH,
        entries: entries.collect(),
    }
}

fn offered(station: &mut Station) -> (Attempt, Offer) {
    match &commands(station)[..] {
        [StationCommand::Offer { attempt, offer }] => (*attempt, offer.clone()),
        told => panic!("no offer but {told:?}"),
    }
}

#[test]
fn what_was_saved_of_an_earlier_journal_is_told_before_anything_else() {
    let now = Instant::now();
    let mut station = after_damage(now);
    assert!(asks_for_salvage(&mut station));

    station.handle(StationEvent::Salvaged(Some(of_earlier(1..=3))), now);
    let (attempt, offer) = offered(&mut station);
    assert_eq!(offer, of_earlier(1..=3));
    station.handle(StationEvent::Recorded, now);
    assert_eq!(commands(&mut station), []);
    station.handle(
        StationEvent::Answered(attempt, Answer::Acknowledged(7)),
        now,
    );

    let confirmed = StationCommand::AcknowledgeSalvaged(Incarnation::new("earlier"), 3);
    assert_eq!(
        commands(&mut station),
        [confirmed, StationCommand::ReadSalvaged { limit: 500 }]
    );
    station.handle(StationEvent::Salvaged(None), now);
    let read = StationCommand::Read {
        after: 0,
        limit: 500,
    };
    assert_eq!(commands(&mut station), [read]);
}

#[test]
fn an_earlier_journal_that_the_exchange_refuses_keeps_nothing_else_back() {
    let now = Instant::now();
    // Never heard of; or it lacks what it had confirmed before.
    for answer in [Answer::Unknown, Answer::Acknowledged(3)] {
        let mut station = after_damage(now);
        assert!(asks_for_salvage(&mut station));
        station.handle(StationEvent::Salvaged(Some(of_earlier(5..=6))), now);
        let (attempt, _) = offered(&mut station);

        station.handle(StationEvent::Answered(attempt, answer), now);

        let told = commands(&mut station);
        assert_eq!(told.first(), Some(&StationCommand::SalvageRefused));
        assert!(matches!(told.last(), Some(StationCommand::Read { .. })));
    }
}

#[test]
fn an_earlier_journal_is_told_again_on_the_next_line() {
    let now = Instant::now();
    let mut station = after_damage(now);
    assert!(asks_for_salvage(&mut station));
    station.handle(StationEvent::Salvaged(Some(of_earlier(1..=3))), now);
    let (attempt, _) = offered(&mut station);

    station.handle(StationEvent::Failed(attempt), now);
    let due = station.poll_timeout().unwrap();
    station.handle_timeout(due);
    let (attempt, _) = hello(&mut station);
    station.handle(StationEvent::Greeted(attempt, welcome(0, 0)), due);
    station.handle(StationEvent::Compared(Agreement::Agrees), due);

    assert!(asks_for_salvage(&mut station));
}
