//! The switch's side of a test: lines, and somebody who waits for their events.

use std::{net::SocketAddr, time::Duration};

use signalling::{Callers, Cause, Command, Event, LegId, RsipSignalling, Settings, Signalling};
use sip::admission::{Limits, Rate};
use sip::sdp::{Abilities, Answer, Codec, Direction, Encryption, Offer, Origin};
use tokio::sync::mpsc;

/// How long an event may take before the test has failed.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) struct Operator {
    pub(crate) lines: RsipSignalling,
    events: mpsc::Receiver<Event>,
}

impl Operator {
    /// Lines over UDP on an address the system hands out.
    pub(crate) async fn open() -> Self {
        Self::open_with(for_anyone()).await
    }

    pub(crate) async fn open_with(settings: Settings) -> Self {
        let settings = Settings {
            udp: Some("127.0.0.1:0".parse().unwrap()),
            tcp: Some("127.0.0.1:0".parse().unwrap()),
            ..settings
        };
        let (lines, events) = RsipSignalling::open(settings).await.unwrap();
        Self { lines, events }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.lines.udp_address().unwrap()
    }

    /// The next event.
    pub(crate) async fn hears(&mut self) -> Event {
        tokio::time::timeout(PATIENCE, self.events.recv())
            .await
            .expect("an event comes")
            .expect("the lines are open")
    }

    /// Everything that was told has been heard, and no leg is left.
    pub(crate) fn has_nothing_left(&mut self) {
        if let Ok(event) = self.events.try_recv() {
            panic!("nobody waited for {event:?}");
        }
        assert_eq!(self.lines.legs(), 0, "legs are left");
    }

    /// The next event, which is a call.
    pub(crate) async fn is_called(&mut self) -> (LegId, Option<Offer>) {
        let event = self.hears().await;
        let Event::Called { leg, offer, .. } = event else {
            panic!("not a call: {event:?}");
        };
        (leg, offer)
    }

    pub(crate) async fn hears_confirmed(&mut self) -> LegId {
        let event = self.hears().await;
        let Event::Confirmed { leg } = event else {
            panic!("not confirmed: {event:?}");
        };
        leg
    }

    /// The next event but for ringing, which is an answer.
    pub(crate) async fn hears_answer(&mut self) -> (LegId, Answer) {
        loop {
            let event = self.hears().await;
            if let Event::Answered { leg, answer } = event {
                return (leg, answer);
            }
            assert!(matches!(event, Event::Progress { .. }), "{event:?}");
        }
    }

    pub(crate) async fn hears_progress(&mut self) -> u16 {
        let event = self.hears().await;
        let Event::Progress { status, .. } = event else {
            panic!("no progress: {event:?}");
        };
        status
    }

    pub(crate) async fn hears_reoffer(&mut self) -> Offer {
        let event = self.hears().await;
        let Event::Reoffered { offer, .. } = event else {
            panic!("not an offer: {event:?}");
        };
        offer
    }

    pub(crate) async fn hears_end(&mut self) -> (LegId, Cause) {
        let event = self.hears().await;
        let Event::Ended { leg, why } = event else {
            panic!("not an end: {event:?}");
        };
        (leg, why)
    }

    pub(crate) fn does(&mut self, command: Command) {
        self.lines.carry_out(command);
    }

    /// Answers a call with what is offered.
    pub(crate) fn answers(&mut self, leg: LegId, offer: &Offer) -> Answer {
        let origin = Origin::first(leg.number(), self.address().ip());
        let answer = Answer::to(offer, &abilities(), origin).unwrap();
        let command = Command::Answer {
            leg,
            answer: answer.clone(),
        };
        self.does(command);
        answer
    }
}

/// Lines that ask nobody for a password, and lose patience ten times as fast.
pub(crate) fn for_anyone() -> Settings {
    Settings {
        callers: Callers::Anyone,
        round_trip: Duration::from_millis(50),
        limits: Limits {
            calls: Rate::per_second(1_000),
            calls_from_one: Rate::per_second(1_000),
            ..Limits::default()
        },
        ..Settings::default()
    }
}

/// A telephone with G.711; nobody listens at its address.
pub(crate) fn abilities() -> Abilities {
    Abilities {
        address: "127.0.0.1:40000".parse().unwrap(),
        codecs: vec![Codec::Pcmu, Codec::Pcma],
        telephone_events: true,
        ptime_ms: 20,
        direction: Direction::SendReceive,
        encryption: Encryption::Never,
    }
}
