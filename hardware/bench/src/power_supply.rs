//! A power supply behind its server (Network UPS Tools), seen from the wire.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{Twin, socket::Called};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    Slow,
    /// Takes the connection and says nothing.
    Mute,
    /// The server has lost the supply.
    Stale,
    /// The server knows another one.
    Stranger,
    /// Lets nobody ask.
    Closed,
    /// Something else listens on the port.
    Garbage,
    /// One line that never ends.
    Endless,
    /// A list that never ends.
    Babbling,
    /// Breaks the line in the middle of its answer.
    Breaking,
}

const THINKING: Duration = Duration::from_millis(2);
const SLOWLY: Duration = Duration::from_secs(3);
/// Between two pieces of what never ends.
const PACE: Duration = Duration::from_millis(5);

/// What the supply is called.
pub const NAME: &str = "kiosk";

pub struct PowerSupply {
    mood: Mood,
    status: String,
    charge: u8,
    heard: Vec<u8>,
    unsent: VecDeque<(Instant, Vec<u8>)>,
    wire: VecDeque<Vec<u8>>,
    /// Broken off when what is unsent is sent.
    breaks: bool,
    questions: u32,
}

impl Default for PowerSupply {
    fn default() -> Self {
        Self {
            mood: Mood::Well,
            status: "OL".to_owned(),
            charge: 100,
            heard: Vec::new(),
            unsent: VecDeque::new(),
            wire: VecDeque::new(),
            breaks: false,
            questions: 0,
        }
    }
}

impl PowerSupply {
    /// A mood begins with the next question; what never ends does with its mood.
    pub fn set_mood(&mut self, mood: Mood) {
        if matches!(self.mood, Mood::Endless | Mood::Babbling) {
            self.unsent.clear();
        }
        self.mood = mood;
    }

    /// Its flags, such as `OB DISCHRG`, and how full its battery is.
    pub fn set_status(&mut self, status: &str, charge: u8) {
        status.clone_into(&mut self.status);
        self.charge = charge;
    }

    pub fn questions(&self) -> u32 {
        self.questions
    }

    fn variables(&self) -> [(&'static str, String); 5] {
        [
            ("battery.charge", self.charge.to_string()),
            ("battery.runtime", (u32::from(self.charge) * 12).to_string()),
            ("ups.mfr", "Minwon \\\"bench\\\"".to_owned()),
            ("ups.model", "twin".to_owned()),
            ("ups.status", self.status.clone()),
        ]
    }

    fn answer(&mut self, question: &str, now: Instant) {
        self.questions += 1;
        let words: Vec<&str> = question.split_whitespace().collect();
        let said = match (self.mood, &words[..]) {
            (Mood::Mute, _) => return,
            (Mood::Garbage, _) => "SSH-2.0-OpenSSH_9.2\r\n".to_owned(),
            (Mood::Closed, _) => "ERR ACCESS-DENIED\n".to_owned(),
            (_, ["LIST", "UPS"]) => {
                format!("BEGIN LIST UPS\nUPS {NAME} \"of the bench\"\nEND LIST UPS\n")
            }
            (Mood::Stranger, _) => "ERR UNKNOWN-UPS\n".to_owned(),
            (_, ["LIST", "VAR", ups] | ["GET", "VAR", ups, _]) if *ups != NAME => {
                "ERR UNKNOWN-UPS\n".to_owned()
            }
            (Mood::Stale, _) => "ERR DATA-STALE\n".to_owned(),
            (Mood::Endless, _) => "VAR ".to_owned(),
            (_, ["LIST", "VAR", _]) => self.list(),
            (_, ["GET", "VAR", _, wanted]) => self
                .variables()
                .iter()
                .find(|(name, _)| name == wanted)
                .map_or("ERR VAR-NOT-SUPPORTED\n".to_owned(), |(name, value)| {
                    format!("VAR {NAME} {name} \"{value}\"\n")
                }),
            (_, ["LOGOUT"]) => {
                self.breaks = true;
                "OK Goodbye\n".to_owned()
            }
            _ => "ERR UNKNOWN-COMMAND\n".to_owned(),
        };
        let mut said = said.into_bytes();
        if self.mood == Mood::Breaking {
            said.truncate(said.len() / 2);
            self.breaks = true;
        }
        let thinking = if self.mood == Mood::Slow {
            SLOWLY
        } else {
            THINKING
        };
        self.unsent.push_back((now + thinking, said));
    }

    fn list(&self) -> String {
        let mut list = format!("BEGIN LIST VAR {NAME}\n");
        for (name, value) in self.variables() {
            list += &format!("VAR {NAME} {name} \"{value}\"\n");
        }
        if self.mood != Mood::Babbling {
            list += &format!("END LIST VAR {NAME}\n");
        }
        list
    }
}

impl Twin for PowerSupply {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        for byte in bytes {
            if *byte != b'\n' {
                self.heard.push(*byte);
                continue;
            }
            let question = std::mem::take(&mut self.heard);
            let question = String::from_utf8_lossy(&question);
            self.answer(&question, now);
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        while self.unsent.front().is_some_and(|(at, _)| *at <= now) {
            self.wire
                .extend(self.unsent.pop_front().map(|(_, bytes)| bytes));
        }
        let more = match self.mood {
            Mood::Endless => "x".repeat(512),
            Mood::Babbling => format!("VAR {NAME} ups.test \"{}\"\n", self.questions).repeat(16),
            Mood::Well
            | Mood::Slow
            | Mood::Mute
            | Mood::Stale
            | Mood::Stranger
            | Mood::Closed
            | Mood::Garbage
            | Mood::Breaking => return,
        };
        if self.unsent.is_empty() {
            self.unsent.push_back((now + PACE, more.into_bytes()));
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.unsent.front().map(|(at, _)| *at)
    }
}

impl Called for PowerSupply {
    fn hangs_up(&mut self) -> bool {
        self.breaks && self.unsent.is_empty() && self.wire.is_empty() && {
            self.breaks = false;
            true
        }
    }

    fn hung_up(&mut self) {
        self.heard.clear();
        self.unsent.clear();
        self.wire.clear();
        self.breaks = false;
    }
}
