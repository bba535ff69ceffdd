//! Whoever holds the telephone: gives orders and hears what is told.

use std::{
    net::SocketAddr,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use privacy::Personal;
use softphone::{
    Device, Encryption, Event, Order, Settings, Side, Softphone, SoundSettings, Transport,
};

/// How long an event may take before the test has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Desk {
    softphone: Softphone,
    told: Receiver<Event>,
}

impl Desk {
    /// A telephone without a sound card, at this registrar.
    pub(crate) fn at(registrar: SocketAddr) -> Self {
        let sound = SoundSettings {
            microphone: Device::Null,
            loudspeaker: Device::Null,
        };
        Self::with(registrar, sound)
    }

    /// A telephone with these devices.
    pub(crate) fn with(registrar: SocketAddr, sound: SoundSettings) -> Self {
        let (tell, told) = channel();
        let settings = Settings {
            registrar: registrar.ip().to_string(),
            port: registrar.port(),
            transport: Transport::Udp,
            account: Personal::new("agent-1".to_owned()),
            password: Personal::new("secret".to_owned()),
            local: None,
            encryption: Encryption::Possible,
            sound,
        };
        let softphone = Softphone::start(settings, move |event| drop(tell.send(event)));
        Self {
            softphone: softphone.unwrap(),
            told,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.softphone.address()
    }

    pub(crate) fn order(&self, order: Order) {
        self.softphone.order(order).unwrap();
    }

    pub(crate) fn calls(&self, number: &str) {
        self.order(Order::Call {
            to: Personal::new(number.to_owned()),
            request: Some("R-77".to_owned()),
            headers: Vec::new(),
        });
    }

    /// The next event, but for levels, is this.
    pub(crate) fn hears(&self, wanted: &Event) {
        assert_eq!(&self.next(), wanted);
    }

    /// The next event is a call; answers the switch's number of it.
    pub(crate) fn hears_ringing(&self) -> Option<String> {
        let event = self.next();
        let Event::Ringing { call, .. } = event else {
            panic!("not a call: {event:?}");
        };
        call
    }

    /// Calls somebody who may not listen yet.
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever else is told is wrong"
    )]
    pub(crate) fn calls_until_answered(&self, number: &str) {
        self.calls(number);
        loop {
            match self.next() {
                Event::Answered => return,
                Event::Progress { .. } => {}
                event => panic!("not answered: {event:?}"),
            }
        }
    }

    /// So many seconds of the call, by its levels.
    pub(crate) fn talks_for_seconds(&self, seconds: usize) {
        for _ in 0..5 * seconds {
            let event = self.told.recv_timeout(PATIENCE).unwrap();
            assert!(matches!(event, Event::Levels { .. }), "{event:?}");
        }
    }

    /// Both devices are gone, in whatever order.
    pub(crate) fn misses_both_devices(&self) {
        let mut missing = vec![Side::Microphone, Side::Loudspeaker];
        while !missing.is_empty() {
            let event = self.next();
            let Event::DeviceGone(side) = event else {
                panic!("{event:?}, and {missing:?} are missing");
            };
            missing.retain(|it| *it != side);
        }
    }

    /// Both devices come back, and for a second the microphone is heard and nothing
    /// else happens: a server that is just starting may end a stream again.
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "whatever else is told is wrong"
    )]
    pub(crate) fn has_both_devices_back(&self) {
        let (mut back, mut heard) = (Vec::new(), 0);
        while heard < 5 {
            let event = self.told.recv_timeout(PATIENCE).expect("an event comes");
            match event {
                Event::Levels { microphone, .. } => {
                    let loud = back.len() == 2 && microphone > -40.0;
                    heard = if loud { heard + 1 } else { 0 };
                }
                Event::DeviceBack(side) => back.push(side),
                Event::DeviceGone(side) => back.retain(|it| *it != side),
                event => panic!("{event:?} with {back:?}"),
            }
        }
    }

    fn next(&self) -> Event {
        loop {
            let event = self.told.recv_timeout(PATIENCE).expect("an event comes");
            if !matches!(event, Event::Levels { .. }) {
                return event;
            }
        }
    }
}
