//! The kiosk's handset: a citizen speaks with the agent who helps at the screen.
//!
//! Four verbs, no I/O. Where there is no telephone, where the switch is away or the
//! agent in another call, the help goes on in typed lines and the citizen is told so;
//! what may still come of it is tried again as long as the help goes on.

mod line;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use privacy::Personal;
use request::RequestId;
use softphone::{Ended, Event as Told, Order, Side, Volume};

pub(crate) use line::{LineSettings, start};

/// The agent's desk tells the switch of the room while the kiosk is told of the agent:
/// the switch may hear of it a moment later.
const SOON: Duration = Duration::from_secs(1);
/// So often; then the agent has no telephone now.
const SOON_TRIES: u32 = 5;
/// Between tries while the agent is in another call, or cannot be reached.
const LATER: Duration = Duration::from_secs(10);
/// After a call that broke off.
const AFTER_A_BREAK: Duration = Duration::from_secs(2);

const BUSY: u16 = 486;
const BUSY_EVERYWHERE: u16 = 600;
const DECLINED: u16 = 603;

/// What the visit wants of the handset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandsetOrder {
    /// Calls the agent who has taken this room, about this request.
    Call {
        room: String,
        request: Option<RequestId>,
    },
    HangUp,
    SetVolume(Volume),
}

#[derive(Clone, Debug, PartialEq)]
pub enum HandsetEvent {
    Ordered(HandsetOrder),
    Telephone(Told),
    /// The switch cannot be reached, or lends no telephone. A call that is up may go on.
    SwitchAway,
}

#[derive(Clone, Debug)]
pub enum HandsetCommand {
    Order(Order),
    Report(Voice),
}

/// How it stands with the citizen's voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The agent's telephone rings.
    Calling,
    /// Both hear each other.
    Talking,
    /// The same, but a microphone or a loudspeaker is missing here.
    Silent,
    /// The agent is in another call; it is tried again.
    Busy,
    /// No telephone, here or there; it is tried again.
    Away,
    /// The call is over, and nobody calls again by themselves.
    HungUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Resting,
    Calling {
        tries: u32,
    },
    Talking,
    /// Tried again then; `None` when a telephone is there again.
    Waiting {
        until: Option<Instant>,
        tries: u32,
    },
    HungUp,
    /// Hung up here; the telephone has the last word.
    Ending,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    room: String,
    request: Option<RequestId>,
}

#[derive(Debug)]
pub struct Handset {
    registered: bool,
    wanted: Option<Wanted>,
    step: Step,
    missing: Vec<Side>,
    volume: Volume,
    said: Option<Voice>,
    commands: VecDeque<HandsetCommand>,
}

impl Default for Handset {
    fn default() -> Self {
        Self {
            registered: false,
            wanted: None,
            step: Step::Resting,
            missing: Vec::new(),
            volume: Volume::default(),
            said: None,
            commands: VecDeque::new(),
        }
    }
}

impl Handset {
    pub fn handle(&mut self, event: HandsetEvent, now: Instant) {
        match event {
            HandsetEvent::Ordered(order) => self.obey(order),
            HandsetEvent::Telephone(told) => self.told(told, now),
            HandsetEvent::SwitchAway => self.unregistered(),
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if let Step::Waiting {
            until: Some(until),
            tries,
        } = self.step
            && until <= now
        {
            self.call(tries);
        }
    }

    pub fn poll_command(&mut self) -> Option<HandsetCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.step {
            Step::Waiting { until, .. } => until,
            Step::Resting | Step::Calling { .. } | Step::Talking | Step::HungUp | Step::Ending => {
                None
            }
        }
    }

    fn obey(&mut self, order: HandsetOrder) {
        match order {
            HandsetOrder::Call { room, request } => {
                self.wanted = Some(Wanted { room, request });
                match self.step {
                    Step::Resting | Step::HungUp | Step::Waiting { .. } => self.call(0),
                    // Called when the one before has ended.
                    Step::Calling { .. } | Step::Talking => self.end(),
                    Step::Ending => {}
                }
            }
            HandsetOrder::HangUp => {
                self.wanted = None;
                self.said = None;
                match self.step {
                    Step::Calling { .. } | Step::Talking => self.end(),
                    Step::Waiting { .. } | Step::HungUp => self.step = Step::Resting,
                    Step::Resting | Step::Ending => {}
                }
            }
            HandsetOrder::SetVolume(volume) => {
                self.volume = volume;
                self.order(Order::SetVolume(volume));
            }
        }
    }

    fn told(&mut self, told: Told, now: Instant) {
        match told {
            Told::Registered => {
                self.registered = true;
                // A telephone that was opened anew knows nothing of it.
                self.order(Order::SetVolume(self.volume));
                if let Step::Waiting { tries, .. } = self.step {
                    self.call(tries);
                }
            }
            Told::Unregistered(_) => self.unregistered(),
            // Nobody calls a kiosk.
            Told::Ringing { .. } => self.order(Order::HangUp),
            Told::Answered => {
                if let Step::Calling { .. } = self.step {
                    self.step = Step::Talking;
                    self.say_talking();
                }
            }
            Told::Ended(why) => self.ended(why, now),
            Told::DeviceGone(side) => {
                if !self.missing.contains(&side) {
                    self.missing.push(side);
                }
                self.say_talking();
            }
            Told::DeviceBack(side) => {
                self.missing.retain(|it| *it != side);
                self.say_talking();
            }
            // Only now the agent's telephone rings.
            Told::Progress { .. } => {
                if let Step::Calling { .. } = self.step {
                    self.say(Voice::Calling);
                }
            }
            Told::Digit(_) | Told::Levels { .. } | Told::TestEnded => {}
        }
    }

    fn ended(&mut self, why: Ended, now: Instant) {
        // Devices are open during a call alone.
        self.missing.clear();
        let (pause, tries, voice) = match (self.step, why) {
            (Step::Ending, _) => {
                self.step = Step::Resting;
                if self.wanted.is_some() {
                    self.call(0);
                }
                return;
            }
            (
                Step::Calling { .. },
                Ended::Refused {
                    status: BUSY | BUSY_EVERYWHERE,
                },
            ) => (LATER, SOON_TRIES, Voice::Busy),
            (Step::Calling { .. }, Ended::Refused { status: DECLINED }) => {
                return self.hung_up();
            }
            (Step::Calling { tries }, Ended::Refused { .. }) if tries < SOON_TRIES => {
                (SOON, tries + 1, Voice::Calling)
            }
            (Step::Calling { tries }, Ended::Refused { .. }) => (LATER, tries, Voice::Away),
            (Step::Calling { .. } | Step::Talking, Ended::Lost) => {
                (AFTER_A_BREAK, SOON_TRIES, Voice::Away)
            }
            (
                Step::Calling { .. } | Step::Talking,
                Ended::Here
                | Ended::There
                | Ended::GaveUp
                | Ended::Refused { .. }
                | Ended::NoCommonSound
                | Ended::NoSound,
            ) => return self.hung_up(),
            (Step::Resting | Step::Waiting { .. } | Step::HungUp, _) => return,
        };
        let until = Some(now + pause);
        self.step = Step::Waiting { until, tries };
        self.say(voice);
    }

    fn hung_up(&mut self) {
        self.step = Step::HungUp;
        self.say(Voice::HungUp);
    }

    fn unregistered(&mut self) {
        self.registered = false;
        if let Step::Waiting { tries, .. } = self.step {
            self.step = Step::Waiting { until: None, tries };
            self.say(Voice::Away);
        }
    }

    fn call(&mut self, tries: u32) {
        let Some(Wanted { room, request }) = self.wanted.clone() else {
            return;
        };
        if !self.registered {
            self.step = Step::Waiting { until: None, tries };
            return self.say(Voice::Away);
        }
        self.order(Order::Call {
            to: Personal::new(room),
            request: request.map(|it| it.to_string()),
            headers: Vec::new(),
        });
        self.step = Step::Calling { tries };
        if tries < SOON_TRIES {
            self.say(Voice::Calling);
        }
    }

    fn end(&mut self) {
        self.order(Order::HangUp);
        self.step = Step::Ending;
    }

    fn say_talking(&mut self) {
        if self.step == Step::Talking {
            self.say(match self.missing.is_empty() {
                true => Voice::Talking,
                false => Voice::Silent,
            });
        }
    }

    fn say(&mut self, voice: Voice) {
        if self.said.replace(voice) != Some(voice) {
            self.commands.push_back(HandsetCommand::Report(voice));
        }
    }

    fn order(&mut self, order: Order) {
        self.commands.push_back(HandsetCommand::Order(order));
    }
}
