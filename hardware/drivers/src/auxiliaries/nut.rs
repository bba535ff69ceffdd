//! A power supply behind Network UPS Tools, asked over TCP (RFC 9271).
//!
//! The kiosk reads and orders nothing; who switches the machine off is NUT's own `upsmon`.

mod answer;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    power_supply::{
        Power, PowerSupplyEvent, PowerSupplyFault, PowerSupplyOrder, PowerSupplyStatus, Source,
    },
};

use crate::{Driver, Input, Output};
use answer::{Answer, LINE_MAX};

/// How often the server is asked; `upsmon` asks as often.
const LOOK: Duration = Duration::from_secs(5);
/// While the kiosk runs on its battery.
const LOOK_ON_BATTERY: Duration = Duration::from_secs(2);
const ANSWER: Duration = Duration::from_secs(5);
/// More variables than any driver has.
const VARIABLES_MAX: usize = 512;

/// The name of a power supply on its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpsName(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a power supply's name has letters, digits, dots, hyphens and underscores, at most 64")]
pub struct NoUpsName;

impl UpsName {
    /// # Errors
    /// When the name cannot stand in a question.
    pub fn parse(name: &str) -> Result<Self, NoUpsName> {
        let fits = |it: u8| it.is_ascii_alphanumeric() || b".-_".contains(&it);
        let length = 1..=64;
        if length.contains(&name.len()) && name.bytes().all(fits) {
            Ok(Self(name.to_owned()))
        } else {
            Err(NoUpsName)
        }
    }
}

/// A list that is being told.
#[derive(Debug, Default)]
struct List {
    begun: bool,
    lines: usize,
    power: Option<Power>,
    charge: Option<u8>,
    runtime_seconds: Option<u32>,
}

pub struct NutClient {
    ups: UpsName,
    connected: bool,
    line: Vec<u8>,
    /// Asked and not yet answered in full; when it is given up.
    asked: Option<(List, Instant)>,
    look_at: Instant,
    power: Option<Power>,
    fault: Option<PowerSupplyFault>,
    /// Why this end broke the line off.
    broken_off: Option<PowerSupplyFault>,
    told: PowerSupplyStatus,
    outputs: VecDeque<Output<PowerSupplyEvent>>,
}

impl NutClient {
    pub fn new(ups: UpsName, now: Instant) -> Self {
        Self {
            ups,
            connected: false,
            line: Vec::new(),
            asked: None,
            look_at: now,
            power: None,
            fault: None,
            broken_off: None,
            told: PowerSupplyStatus::default(),
            outputs: VecDeque::new(),
        }
    }

    fn hear(&mut self, bytes: &[u8], now: Instant) {
        for byte in bytes {
            // Nobody listens any more to a server that was broken off.
            if self.asked.is_none() {
                self.line.clear();
                return;
            }
            if *byte != b'\n' {
                if self.line.len() == LINE_MAX {
                    return self.break_off(PowerSupplyFault::Nonsense, now);
                }
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            match answer::read(&line) {
                Some(answer) => self.answered(answer, now),
                None => self.break_off(PowerSupplyFault::Nonsense, now),
            }
        }
    }

    fn answered(&mut self, answer: Answer, now: Instant) {
        let Some((list, _)) = &mut self.asked else {
            return;
        };
        match answer {
            Answer::Fault(fault) => {
                self.asked = None;
                self.power = None;
                self.fault = Some(fault);
            }
            Answer::ListBegun if !list.begun => list.begun = true,
            Answer::Var { ups, name, value }
                if list.begun && ups == self.ups.0 && list.lines < VARIABLES_MAX =>
            {
                list.lines += 1;
                list.note(&name, &value);
            }
            Answer::ListEnded if list.begun => {
                let power = list.power();
                self.asked = None;
                self.power = power;
                self.fault = match power {
                    Some(power) => power.fault(),
                    None => Some(PowerSupplyFault::Nonsense),
                };
            }
            Answer::ListBegun | Answer::Var { .. } | Answer::ListEnded => {
                self.break_off(PowerSupplyFault::Nonsense, now);
            }
        }
    }

    /// The server is beyond help on this connection.
    fn break_off(&mut self, fault: PowerSupplyFault, now: Instant) {
        self.forget_the_line();
        self.look_at = now + LOOK;
        self.power = None;
        self.fault = Some(fault);
        self.broken_off = Some(fault);
        self.outputs.push_back(Output::HangUp);
    }

    fn forget_the_line(&mut self) {
        self.line.clear();
        self.asked = None;
    }

    fn go_on(&mut self, now: Instant) {
        if self.connected && self.asked.is_none() && self.look_at <= now {
            self.asked = Some((List::default(), now + ANSWER));
            let on_battery = self.power.is_some_and(|it| it.source == Source::Battery);
            self.look_at = now + if on_battery { LOOK_ON_BATTERY } else { LOOK };
            let question = format!("LIST VAR {}\n", self.ups.0);
            self.outputs.push_back(Output::Wire(question.into_bytes()));
        }
        self.tell_status();
    }

    fn tell_status(&mut self) {
        let state = match (self.connected, self.power, self.fault) {
            (false, ..) => DeviceState::Absent,
            (true, Some(_), _) => DeviceState::Ready,
            (true, None, Some(_)) => DeviceState::Faulted,
            (true, None, None) => DeviceState::Starting,
        };
        let status = PowerSupplyStatus {
            state,
            power: self.power,
            fault: self.fault,
        };
        if status != self.told {
            self.told = status;
            let event = PowerSupplyEvent::Status(status);
            self.outputs.push_back(Output::Tell(event));
        }
    }
}

impl List {
    fn note(&mut self, name: &str, value: &str) {
        match name {
            "ups.status" => self.power = answer::power(value),
            "battery.charge" => self.charge = whole(value).filter(|it| *it <= 100),
            "battery.runtime" => self.runtime_seconds = whole(value),
            _ => {}
        }
    }

    fn power(&self) -> Option<Power> {
        Some(Power {
            charge: self.charge,
            runtime_seconds: self.runtime_seconds,
            ..self.power?
        })
    }
}

/// A number without what stands behind its point.
fn whole<N: std::str::FromStr>(value: &str) -> Option<N> {
    value.split('.').next()?.parse().ok()
}

impl Driver for NutClient {
    type Order = PowerSupplyOrder;
    type Event = PowerSupplyEvent;

    fn handle(&mut self, input: Input<PowerSupplyOrder>, now: Instant) {
        match input {
            Input::Order(PowerSupplyOrder::Look) => self.look_at = now,
            Input::Wire(bytes) => self.hear(&bytes, now),
            Input::Connected => {
                self.forget_the_line();
                self.connected = true;
                self.look_at = now;
            }
            // What was wrong with the server is more than that its line is down.
            Input::HungUp => {
                self.forget_the_line();
                self.connected = false;
                self.power = None;
                let why = self.broken_off.take();
                self.fault = why.or(Some(PowerSupplyFault::Offline));
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        if let Some((list, _)) = self.asked.as_ref().filter(|(_, due)| *due <= now) {
            let silent = self.line.is_empty() && !list.begun;
            let (silence, noise) = (PowerSupplyFault::Silent, PowerSupplyFault::Nonsense);
            self.break_off(if silent { silence } else { noise }, now);
        }
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<Output<PowerSupplyEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let due = match &self.asked {
            Some((_, given_up)) => *given_up,
            None => self.look_at,
        };
        self.connected.then_some(due)
    }
}
