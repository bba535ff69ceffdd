//! The switch's side of a test: lines, and somebody who waits for their events.

use std::{net::SocketAddr, time::Duration};

use signalling::{Command, Event, LegId, RsipSignalling, Settings, Signalling};
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
        Self::open_with(Settings::default()).await
    }

    pub(crate) async fn open_with(settings: Settings) -> Self {
        let settings = Settings {
            udp: Some("127.0.0.1:0".parse().unwrap()),
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

    /// Whether anything has been told that nobody has heard.
    pub(crate) fn has_heard_all(&mut self) -> bool {
        self.events.try_recv().is_err()
    }

    /// The next event, which is a call.
    pub(crate) async fn is_called(&mut self) -> (LegId, Option<Offer>) {
        match self.hears().await {
            Event::Called { leg, offer, .. } => (leg, offer),
            other => panic!("not a call: {other:?}"),
        }
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
