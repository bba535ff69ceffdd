//! A station that is offered editions, good ones and others.

#![allow(clippy::unwrap_used)]

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_795_480_200_000);

fn offer(number: u64, signed: &[u8]) -> EditionEvent<()> {
    let digest = digest(signed);
    let offered = Some(OfferedEdition { number, digest });
    EditionEvent::Offered(Some(EditionAnswer { offered }))
}

fn came(named: &[u8], signed: Option<&[u8]>) -> EditionEvent<()> {
    EditionEvent::Came {
        digest: digest(named),
        signed: signed.map(Arc::from),
    }
}

fn taken(number: u64, valid_from: Timestamp) -> EditionEvent<()> {
    EditionEvent::Taken(Ok(Found {
        number,
        digest: String::new(),
        valid_from,
        content: (),
    }))
}

fn commands(editions: &mut Editions<()>) -> Vec<EditionCommand> {
    std::iter::from_fn(|| editions.poll_command()).collect()
}

fn tells(running: u64, refused: Option<(u64, &str)>) -> Vec<EditionCommand> {
    let refused = refused.map(|(number, reason)| RefusedEdition {
        number,
        reason: reason.to_owned(),
    });
    vec![EditionCommand::Tell(EditionState { running, refused })]
}

#[test]
fn an_edition_is_fetched_taken_and_gone_over_to_when_its_time_has_come() {
    let (mut editions, now) = (Editions::new(1, None), Instant::now());
    let signed = b"two".as_slice();
    let tomorrow = NOW + Duration::from_hours(24);

    editions.handle(EditionEvent::Asked, now);
    assert_eq!(commands(&mut editions), tells(1, None));
    editions.handle(offer(2, signed), now);
    editions.handle(offer(2, signed), now);
    let fetch = EditionCommand::Fetch {
        digest: digest(signed),
    };
    assert_eq!(commands(&mut editions), [fetch]);
    editions.handle(came(signed, Some(signed)), now);
    let take = EditionCommand::Take {
        signed: signed.into(),
        above: 1,
    };
    assert_eq!(commands(&mut editions), [take]);
    editions.handle(taken(2, tomorrow), now);
    assert_eq!(commands(&mut editions), []);

    assert_eq!(editions.go_over(NOW).map(|it| it.number), None);
    // Offered again meanwhile it is not fetched again.
    editions.handle(offer(2, signed), now);
    assert_eq!(commands(&mut editions), []);
    assert_eq!(editions.go_over(tomorrow).map(|it| it.number), Some(2));
    assert_eq!(commands(&mut editions), tells(2, None));
    assert_eq!(editions.go_over(tomorrow).map(|it| it.number), None);
}

#[test]
fn what_is_not_higher_is_not_fetched_and_what_was_refused_not_again() {
    let (mut editions, now) = (Editions::new(5, None), Instant::now());
    for number in [0, 4, 5] {
        editions.handle(offer(number, b"old"), now);
    }
    assert_eq!(commands(&mut editions), []);

    editions.handle(offer(6, b"six"), now);
    editions.handle(came(b"six", Some(b"six")), now);
    commands(&mut editions);
    let why = NotTaken::Refused(edition::Refused::Altered);
    editions.handle(EditionEvent::Taken(Err(why)), now);

    let reason = "it was altered after it was signed";
    assert_eq!(commands(&mut editions), tells(5, Some((6, reason))));
    editions.handle(offer(6, b"six"), now);
    assert_eq!(commands(&mut editions), []);
    editions.handle(offer(7, b"seven"), now);
    assert_eq!(commands(&mut editions).len(), 1);
}

#[test]
fn what_did_not_come_or_only_half_is_asked_for_again_in_a_minute() {
    let (mut editions, now) = (Editions::new(0, None), Instant::now());
    for arrived in [None, Some(b"tw".as_slice())] {
        editions.handle(offer(2, b"two"), now);
        assert_eq!(commands(&mut editions).len(), 1);
        editions.handle(came(b"two", arrived), now);

        assert_eq!(commands(&mut editions), []);
        assert_eq!(editions.poll_timeout(), Some(now + RETRY));
        editions.handle_timeout(now + RETRY);
        assert_eq!(commands(&mut editions), tells(0, None));
        assert_eq!(editions.poll_timeout(), None);
    }
}

#[test]
fn a_full_disk_is_no_reason_to_refuse_for_ever() {
    let (mut editions, now) = (Editions::new(0, None), Instant::now());
    editions.handle(offer(2, b"two"), now);
    editions.handle(came(b"two", Some(b"two")), now);
    commands(&mut editions);

    let source = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let full = NotTaken::Disk { number: 2, source };
    editions.handle(EditionEvent::Taken(Err(full)), now);

    editions.handle_timeout(now + RETRY);
    assert_eq!(commands(&mut editions), tells(0, None));
    editions.handle(offer(2, b"two"), now);
    assert_eq!(commands(&mut editions).len(), 1);
}

#[test]
fn the_exchange_is_told_one_state_after_the_other_and_knows_the_last() {
    let (mut editions, now) = (Editions::new(0, None), Instant::now());
    editions.handle(EditionEvent::Asked, now);
    assert_eq!(commands(&mut editions), tells(0, None));

    editions.handle(taken(2, NOW), now);
    editions.go_over(NOW);
    assert_eq!(commands(&mut editions), []);
    editions.handle(EditionEvent::Offered(None), now);

    assert_eq!(commands(&mut editions), tells(2, None));
    editions.handle(EditionEvent::Offered(None), now);
    assert_eq!(commands(&mut editions), []);
}
