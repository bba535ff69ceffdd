//! What is worth an alarm: something plugged in that the model does not have, a device of the
//! model's that is gone while citizens are served, a clock that went back.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use fleet::{Alarm, AlarmKind};
use request::Timestamp;

use crate::pulse::Port;

/// A device that comes back sooner was switched off and on, or changed its mind.
const GONE_AFTER: Duration = Duration::from_secs(30);
/// Clocks that are set right go back less.
const CLOCK_SLACK: Duration = Duration::from_mins(5);

/// What is seen, every few seconds.
#[derive(Clone, Debug)]
pub enum Event {
    /// All that is plugged in and was not let in, by place and name.
    Strangers(BTreeSet<String>),
    /// The ports of a kiosk that serves; none where nobody says so.
    Ports(Option<BTreeMap<String, Port>>),
}

/// Raises each alarm once, until what it was about is over.
#[derive(Clone, Debug)]
pub struct Alarms {
    strangers: BTreeSet<String>,
    /// Ports that answered, and since when they do not.
    gone: BTreeMap<String, Option<Timestamp>>,
    told: BTreeSet<String>,
    raised: VecDeque<Alarm>,
}

impl Alarms {
    /// `last` is when this machine was last known to run: no time comes before it.
    pub fn new(last: Option<Timestamp>, now: Timestamp) -> Self {
        let mut alarms = Self {
            strangers: BTreeSet::new(),
            gone: BTreeMap::new(),
            told: BTreeSet::new(),
            raised: VecDeque::new(),
        };
        if last.is_some_and(|last| now + CLOCK_SLACK < last) {
            alarms.raise(AlarmKind::ClockWentBack, "", now);
        }
        alarms
    }

    pub fn handle(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Strangers(strangers) => {
                for stranger in strangers.difference(&self.strangers.clone()) {
                    self.raise(AlarmKind::StrangeDevice, stranger, now);
                }
                self.strangers = strangers;
            }
            // Whoever restarts has no ports for a while; that is no reason.
            Event::Ports(None) => {
                for since in self.gone.values_mut() {
                    *since = None;
                }
            }
            Event::Ports(Some(ports)) => {
                for (port, state) in ports {
                    self.port(port, state, now);
                }
            }
        }
        self.handle_timeout(now);
    }

    fn port(&mut self, port: String, state: Port, now: Timestamp) {
        match (state, self.gone.get_mut(&port)) {
            (Port::Well | Port::Trouble, _) => {
                self.told.remove(&port);
                self.gone.insert(port, None);
            }
            (Port::Absent, Some(since)) => {
                since.get_or_insert(now);
            }
            // It never answered here: that is for the self-test to say.
            (Port::Absent, None) => {}
        }
    }

    pub fn handle_timeout(&mut self, now: Timestamp) {
        let over: Vec<String> = (self.gone.iter())
            .filter(|(port, since)| {
                since.is_some_and(|it| now >= it + GONE_AFTER) && !self.told.contains(*port)
            })
            .map(|(port, _)| port.clone())
            .collect();
        for port in over {
            self.raise(AlarmKind::DeviceGone, &port, now);
            self.told.insert(port);
        }
    }

    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let waiting = self.gone.iter().filter(|(it, _)| !self.told.contains(*it));
        waiting
            .filter_map(|(_, since)| *since)
            .min()
            .map(|it| it + GONE_AFTER)
    }

    pub fn poll_alarm(&mut self) -> Option<Alarm> {
        self.raised.pop_front()
    }

    fn raise(&mut self, kind: AlarmKind, detail: &str, at: Timestamp) {
        self.raised.push_back(Alarm {
            at,
            kind,
            detail: detail.to_owned(),
        });
    }
}
