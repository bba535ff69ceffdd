//! Who says what when on the module's line: one question at a time, and after a miss a pause
//! in which an answer that comes late is nobody's.

use std::time::{Duration, Instant};

use devices::{auxiliaries::AuxiliariesFault, lights::Light};

use super::{
    INPUTS, LOOK, ModbusModule, REFRESH,
    frame::{Answer, Question},
};
use crate::Output;

/// Modules answer in some milliseconds; adapters and slow lines take their part.
const ANSWER: Duration = Duration::from_millis(400);
/// Between an answer and the next question (Serial Line, chapter 2.4.1: turnaround).
const TURNAROUND: Duration = Duration::from_millis(10);
/// An answer that comes after its question was given up belongs to none: RTU numbers no frames.
const PAUSE: Duration = Duration::from_millis(600);
/// So many misses in a row, of one kind of question, are a fault.
const MISSES: u8 = 3;
const LIGHTS: u8 = Light::ALL.len() as u8;

/// What became of one kind of question.
#[derive(Clone, Copy, Debug, Default)]
struct Luck {
    misses: u8,
    last: Option<AuxiliariesFault>,
}

#[derive(Debug)]
pub(super) struct Talk {
    /// Asked and not yet answered; when it is given up.
    asked: Option<(Question, Instant)>,
    /// Nothing is said before.
    quiet_until: Instant,
    inputs: Luck,
    coils: Luck,
    /// Both take turns where both are due.
    coils_next: bool,
}

impl Talk {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            asked: None,
            quiet_until: now,
            inputs: Luck::default(),
            coils: Luck::default(),
            coils_next: false,
        }
    }

    pub(super) fn fault(&self) -> Option<AuxiliariesFault> {
        let unlucky = [self.inputs, self.coils].into_iter();
        let mut unlucky = unlucky.filter(|luck| luck.misses >= MISSES);
        unlucky.find_map(|luck| luck.last)
    }

    fn luck(&mut self, question: Question) -> &mut Luck {
        match question {
            Question::Inputs { .. } => &mut self.inputs,
            Question::Coils { .. } => &mut self.coils,
        }
    }

    fn missed(&mut self, question: Question, fault: AuxiliariesFault) {
        let luck = self.luck(question);
        luck.misses = luck.misses.saturating_add(1).min(MISSES);
        luck.last = Some(fault);
    }
}

impl ModbusModule {
    pub(super) fn hear(&mut self, bytes: &[u8], now: Instant) {
        let Some((question, _)) = self.talk.asked else {
            // Nobody was asked: somebody else's, or too late.
            return;
        };
        let Some(answer) = self.inbox.push(bytes, question, self.settings.unit) else {
            return;
        };
        self.talk.asked = None;
        self.talk.quiet_until = now + TURNAROUND;
        match (answer, question) {
            (Answer::Exception(code), _) => {
                self.talk.missed(question, AuxiliariesFault::Refused(code));
                self.talk.quiet_until = now + PAUSE;
            }
            (Answer::Inputs(inputs), _) => {
                *self.talk.luck(question) = Luck::default();
                self.sense(inputs, now);
            }
            (Answer::CoilsSet, Question::Coils { on, .. }) => {
                *self.talk.luck(question) = Luck::default();
                self.confirmed = Some((on, now));
            }
            (Answer::CoilsSet, Question::Inputs { .. }) => {}
        }
    }

    pub(super) fn answer_overdue(&mut self, now: Instant) {
        let Some((question, _)) = self.talk.asked.filter(|(_, due)| *due <= now) else {
            return;
        };
        let fault = if self.inbox.is_empty() {
            AuxiliariesFault::Silent
        } else {
            AuxiliariesFault::Nonsense
        };
        self.talk.asked = None;
        self.talk.missed(question, fault);
        self.talk.quiet_until = now + PAUSE;
        self.seen = None;
    }

    /// Asks the next question, when one is due.
    pub(super) fn go_on(&mut self, now: Instant) {
        self.lights_at = self.lights_due(now);
        if self.connected && self.talk.asked.is_none() && self.talk.quiet_until <= now {
            let (look, shine) = (self.look_at <= now, self.lights_at <= now);
            if shine && (self.talk.coils_next || !look) {
                self.talk.coils_next = false;
                let question = Question::Coils {
                    first: self.settings.first_coil,
                    count: LIGHTS,
                    on: self.flashing.lit(now),
                };
                self.ask(question, now);
            } else if look {
                self.talk.coils_next = true;
                self.look_at = now + LOOK;
                let question = Question::Inputs {
                    first: self.settings.first_input,
                    count: INPUTS,
                };
                self.ask(question, now);
            }
        }
        self.tell_status();
    }

    /// When the module is to be told of the lights again.
    fn lights_due(&self, now: Instant) -> Instant {
        match self.confirmed {
            Some((on, at)) if on == self.flashing.lit(now) => {
                let change = self.flashing.next_change(now);
                change.map_or(at + REFRESH, |change| change.min(at + REFRESH))
            }
            Some(_) | None => now,
        }
    }

    /// When something is to be done next on a line that is open.
    pub(super) fn due(&self) -> Instant {
        match self.talk.asked {
            Some((_, given_up)) => given_up,
            None => self.talk.quiet_until.max(self.look_at.min(self.lights_at)),
        }
    }

    fn ask(&mut self, question: Question, now: Instant) {
        self.inbox.clear();
        self.talk.asked = Some((question, now + ANSWER));
        let frame = question.encode(self.settings.unit);
        self.outputs.push_back(Output::Wire(frame));
    }
}
