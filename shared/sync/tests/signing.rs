//! When a station has its journal's head co-signed, and what the exchange makes of one.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::time::{Duration, Instant};

use request::{StationId, Timestamp};
use sync::{
    Agreement, Answer, Attempt, Change, CoSignedHead, Compared, Contradiction, Greeting, Hash,
    Head, HeadAnswer, Incarnation, KeyPair, Peer, Publications, SignedHead, Station,
    StationCommand, StationEvent, Welcome,
};

const MINUTE: Duration = Duration::from_secs(60);

fn head(number: u64, hash: u8) -> Head {
    Head {
        number,
        hash: Hash::from_bytes([hash; 32]),
        ..Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]))
    }
}

fn co_signed(number: u64) -> HeadAnswer {
    let at = Timestamp::default();
    let signed = SignedHead::sign(head(number, 1), at, &KeyPair::generate());
    let exchange = KeyPair::generate();
    HeadAnswer::CoSigned(Box::new(CoSignedHead::sign(signed, at, &exchange)))
}

/// A station's end and what it said last.
struct End {
    station: Station,
    told: Vec<StationCommand>,
    /// Its last question for publications.
    listening: Option<Attempt>,
}

impl End {
    /// Welcomed by an exchange that holds so much.
    fn welcomed(acknowledged: u64, now: Instant) -> Self {
        let station = Station::new(acknowledged, 0, 1, now);
        let mut end = Self {
            station,
            told: Vec::new(),
            listening: None,
        };
        end.listen();
        end.welcome(acknowledged, now);
        end
    }

    fn listen(&mut self) {
        self.told = std::iter::from_fn(|| self.station.poll_command()).collect();
        for command in &self.told {
            if let StationCommand::Listen { attempt, .. } = command {
                self.listening = Some(*attempt);
            }
        }
    }

    fn handle(&mut self, event: StationEvent, now: Instant) {
        self.station.handle(event, now);
        self.listen();
    }

    fn wait(&mut self, until: Instant) {
        self.station.handle_timeout(until);
        self.listen();
    }

    /// A minute in which the exchange has nothing to tell, and says so.
    fn wait_a_minute(&mut self, now: Instant) {
        let told = StationEvent::Published(self.listening.unwrap(), Publications::default());
        self.handle(told, now + MINUTE / 2);
        self.wait(now + MINUTE - Duration::from_millis(1));
        assert_eq!(self.signs(), None, "a minute is not over");
        self.wait(now + MINUTE);
    }

    fn welcome(&mut self, acknowledged: u64, now: Instant) {
        let attempt = self.hello().expect("a hello");
        let welcome = Welcome {
            acknowledged,
            hash: Hash::from_bytes([1; 32]),
            received: 0,
        };
        let greeting = Greeting::Welcome(welcome);
        self.station
            .handle(StationEvent::Greeted(attempt, greeting), now);
        self.handle(StationEvent::Compared(Agreement::Agrees), now);
    }

    fn hello(&self) -> Option<Attempt> {
        self.told.iter().find_map(|it| match it {
            StationCommand::Hello { attempt, .. } => Some(*attempt),
            _ => None,
        })
    }

    fn signs(&self) -> Option<(Attempt, u64)> {
        self.told.iter().find_map(|it| match it {
            StationCommand::Sign { attempt, number } => Some((*attempt, *number)),
            _ => None,
        })
    }

    /// One more entry is written, offered and confirmed.
    fn confirm(&mut self, number: u64, now: Instant) {
        let entry = sync::Entry {
            station: StationId::new("gaon-1"),
            incarnation: Incarnation::from_bytes([7; 16]),
            number,
            request: request::RequestId::new("r"),
            recorded_at: Timestamp::default(),
            content: sync::Content::Erased {
                commitment: Hash::from_bytes([2; 32]),
            },
        };
        let (before, entries) = (Hash::from_bytes([1; 32]), vec![entry]);
        self.station.handle(StationEvent::Recorded, now);
        self.handle(StationEvent::Pending { before, entries }, now);
        let offered = self.told.iter().find_map(|it| match it {
            StationCommand::Offer { attempt, .. } => Some(*attempt),
            _ => None,
        });
        let answer = Answer::Acknowledged(number);
        self.handle(StationEvent::Answered(offered.unwrap(), answer), now);
        // Nothing more is written.
        let (before, entries) = (Hash::from_bytes([1; 32]), Vec::new());
        self.station
            .handle(StationEvent::Pending { before, entries }, now);
        assert!(self.told.contains(&StationCommand::Acknowledge(number)));
    }
}

#[test]
fn what_is_confirmed_is_signed_for_at_once_and_then_once_in_a_minute() {
    let now = Instant::now();
    let mut end = End::welcomed(0, now);
    assert_eq!(end.signs(), None, "nothing is confirmed yet");

    end.confirm(1, now);
    let (attempt, number) = end.signs().unwrap();
    assert_eq!(number, 1);
    let answer = co_signed(1);
    end.handle(StationEvent::CoSigned(attempt, answer.clone()), now);
    let HeadAnswer::CoSigned(head) = answer else {
        unreachable!("it was made so");
    };
    assert_eq!(end.told, [StationCommand::Keep(head)]);

    for number in 2..=30 {
        let second = now + Duration::from_secs(number);
        end.confirm(number, second);
        end.wait(second);
        assert_eq!(end.signs(), None, "a minute is not over");
    }
    end.wait_a_minute(now);
    let (attempt, number) = end.signs().unwrap();
    assert_eq!(number, 30);
    end.handle(StationEvent::CoSigned(attempt, co_signed(30)), now + MINUTE);
    end.wait_a_minute(now + MINUTE);
    assert_eq!(end.signs(), None, "nothing was confirmed since");
}

#[test]
fn a_signature_that_does_not_come_keeps_the_line_up_and_is_asked_for_a_minute_later() {
    let now = Instant::now();
    let silence = Duration::from_secs(15);
    for answered in [true, false] {
        let mut end = End::welcomed(4, now);
        let (attempt, _) = end.signs().unwrap();

        let failed_at = if answered {
            end.handle(StationEvent::Failed(attempt), now);
            now
        } else {
            end.wait(now + silence);
            now + silence
        };

        assert_eq!(end.told, [], "the line stays up");
        end.handle(StationEvent::CoSigned(attempt, co_signed(4)), failed_at);
        assert_eq!(end.told, [], "an answer that comes too late counts no more");
        end.confirm(5, failed_at);
        end.wait_a_minute(failed_at);
        assert_eq!(end.signs().map(|(_, number)| number), Some(5));
    }
}

#[test]
fn an_exchange_that_forgot_what_it_confirmed_is_greeted_anew() {
    let now = Instant::now();
    let mut end = End::welcomed(80, now);
    let (attempt, _) = end.signs().unwrap();

    end.handle(StationEvent::CoSigned(attempt, HeadAnswer::Unknown), now);
    assert_eq!(end.told, [StationCommand::Away]);
    let due = end.station.poll_timeout().unwrap();
    end.wait(due);
    end.welcome(50, due);

    assert!(end.told.contains(&StationCommand::Withdraw(50)));
    end.wait_a_minute(now);
    assert_eq!(end.signs().map(|(_, number)| number), Some(50));
}

#[test]
fn a_head_that_is_not_what_is_held_puts_the_station_into_quarantine() {
    let now = Instant::now();
    let mut end = End::welcomed(4, now);
    let (attempt, _) = end.signs().unwrap();
    let reason = Contradiction::Forked;

    let answer = HeadAnswer::Quarantined(reason);
    end.handle(StationEvent::CoSigned(attempt, answer), now);

    assert!(end.told.contains(&StationCommand::Quarantined(reason)));
    assert!(end.told.contains(&StationCommand::Away));
    end.wait(now + MINUTE);
    assert_eq!(end.signs(), None);
}

#[test]
fn the_exchange_compares_a_head_with_what_it_holds_of_the_journal_that_speaks() {
    let mut peer = Peer::new(StationId::new("gaon-1"));
    assert_eq!(peer.compare(&head(0, 0), None), Compared::Unknown);
    let genesis = Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]));
    peer.apply(&Change::Begin(genesis.clone()));
    peer.advance(head(9, 9));
    let stored = |hash| Some(Hash::from_bytes([hash; 32]));

    assert_eq!(peer.compare(&genesis, None), Compared::Held);
    assert_eq!(peer.compare(&head(9, 9), None), Compared::Held);
    assert_eq!(peer.compare(&head(9, 8), None), Compared::Forked);
    assert_eq!(peer.compare(&head(5, 5), stored(5)), Compared::Held);
    assert_eq!(peer.compare(&head(5, 4), stored(5)), Compared::Forked);
    assert_eq!(peer.compare(&head(5, 5), None), Compared::Unknown);
    assert_eq!(peer.compare(&head(10, 9), stored(9)), Compared::Unknown);
    let strangers = Head {
        station: StationId::new("narae-1"),
        ..head(9, 9)
    };
    assert_eq!(peer.compare(&strangers, None), Compared::Unknown);

    let newer = Incarnation::from_bytes([8; 16]);
    let begun = Head::genesis(StationId::new("gaon-1"), newer);
    peer.apply(&Change::Begin(begun));
    assert_eq!(peer.compare(&head(9, 9), None), Compared::Unknown);
    let reason = Contradiction::Superseded;
    peer.apply(&Change::Quarantine(reason));
    assert_eq!(
        peer.compare(&head(9, 9), None),
        Compared::InQuarantine(reason)
    );
}
