//! Any reader that libfprint knows, in a process of its own (`minwon-fingerprint`).
//!
//! libfprint waits for a finger as long as it takes, and answers an image in which it sees
//! nothing with waiting for the next: how long somebody is waited for is decided here. What
//! hangs is ended. Its data is cleared by ending the process.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    biometric::{
        BiometricEvent, BiometricFault, BiometricOrder, BiometricStatus, Feedback, ReadFault,
        Template, TemplateFault, Verdict,
    },
};
use fingerprint::{Answer, Collector, Errand, Failure, Hint, Question, Views};
use privacy::Personal;
use zeroize::Zeroizing;

use crate::{Driver, Input, Output};

/// It says at once that it waits for a finger, or why it does not.
const ANSWER: Duration = Duration::from_secs(5);
/// It ends, or ends waiting, at once.
const ENDING: Duration = Duration::from_secs(2);

pub struct LibfprintReader {
    patience: Duration,
    collector: Collector,
    connected: bool,
    status: Option<BiometricStatus>,
    /// The number of what is wanted now.
    errand: Errand,
    work: Work,
    /// When something that was asked must have been answered.
    importing: Option<Instant>,
    clearing: Option<Instant>,
    /// The process may have seen a template or a finger.
    holds: bool,
    /// A finger lies on the reader.
    finger: bool,
    outputs: VecDeque<Output<BiometricEvent>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Nothing,
    Looking {
        until: Instant,
        /// Until it has said that it waits.
        heard_by: Option<Instant>,
    },
    /// Called off, and not yet ended.
    Ending {
        until: Instant,
    },
}

impl LibfprintReader {
    pub fn new(patience: Duration) -> Self {
        Self {
            patience,
            collector: Collector::default(),
            connected: false,
            status: None,
            errand: 0,
            work: Work::Nothing,
            importing: None,
            clearing: None,
            holds: false,
            finger: false,
            outputs: VecDeque::new(),
        }
    }

    fn order(&mut self, order: BiometricOrder, now: Instant) {
        match order {
            BiometricOrder::Import(template) => self.import(&template, now),
            BiometricOrder::Match => self.look(Question::Match, now),
            BiometricOrder::Read => self.look(Question::Read, now),
            BiometricOrder::Cancel => self.call_off(now),
            BiometricOrder::Clear => self.clear(now),
        }
    }

    fn import(&mut self, template: &Template, now: Instant) {
        let record = template.0.reveal();
        let refused = if Views::from_record(record).is_err() {
            Some(TemplateFault::Unreadable)
        } else {
            (!self.is_ready()).then_some(TemplateFault::NotReady)
        };
        if let Some(fault) = refused {
            self.tell(BiometricEvent::ImportRefused(fault));
            return;
        }
        self.holds = true;
        self.importing = Some(now + ANSWER);
        self.ask(&Question::Import(Zeroizing::new(record.clone())));
    }

    fn look(&mut self, question: fn(Errand) -> Question, now: Instant) {
        self.call_off(now);
        if !self.is_ready() {
            self.tell(BiometricEvent::Failed(ReadFault::NotReady));
            return;
        }
        self.holds = true;
        self.errand = self.errand.wrapping_add(1);
        self.work = Work::Looking {
            until: now + self.patience,
            heard_by: Some(now + ANSWER),
        };
        self.ask(&question(self.errand));
    }

    fn call_off(&mut self, now: Instant) {
        if let Work::Looking { .. } = self.work {
            self.work = Work::Ending {
                until: now + ENDING,
            };
            self.ask(&Question::Cancel);
        }
    }

    fn clear(&mut self, now: Instant) {
        self.work = Work::Nothing;
        self.importing = None;
        if self.clearing.is_some() {
            return;
        }
        if self.connected && self.holds {
            self.clearing = Some(now + ENDING);
            self.set(DeviceState::Starting, None);
            self.ask(&Question::End);
        } else {
            self.call_off(now);
            self.tell(BiometricEvent::DataCleared);
        }
    }

    fn is_ready(&self) -> bool {
        let state = self.status.map(|it| it.state);
        self.connected && self.clearing.is_none() && state == Some(DeviceState::Ready)
    }

    fn receive(&mut self, bytes: &[u8]) {
        self.collector.push(bytes);
        loop {
            let message = match self.collector.message() {
                Ok(None) => return,
                Ok(Some(message)) => Answer::from_message(&message),
                Err(_) => None,
            };
            let Some(answer) = message else {
                // Whoever talks so is not understood any more.
                self.hang_up(BiometricFault::NoAnswer);
                return;
            };
            self.answered(answer);
        }
    }

    fn answered(&mut self, answer: Answer) {
        if self.clearing.is_some() {
            return;
        }
        let looking = matches!(self.work, Work::Looking { .. });
        let mine = |errand: Errand| errand == self.errand;
        match answer {
            Answer::Up => {}
            Answer::Reader => self.set(DeviceState::Ready, None),
            Answer::NoReader => self.set(DeviceState::Absent, Some(BiometricFault::NoReader)),
            Answer::NoLibrary => self.set(DeviceState::Absent, Some(BiometricFault::NoLibrary)),
            Answer::Shut => self.set(DeviceState::Faulted, Some(BiometricFault::Shut)),
            Answer::Imported => self.imported(BiometricEvent::Imported),
            Answer::Refused => {
                self.imported(BiometricEvent::ImportRefused(TemplateFault::Unsuited));
            }
            Answer::Cancelled(errand) if mine(errand) => self.work = Work::Nothing,
            // The finger that lies there is the same, whoever it was wanted for.
            Answer::Detected(_) if !self.finger => {
                self.finger = true;
                self.tell(BiometricEvent::SubjectDetected);
            }
            Answer::Lifted(_) if self.finger => {
                self.finger = false;
                self.tell(BiometricEvent::SubjectRemoved);
            }
            Answer::Wanted(errand) if mine(errand) && looking => {
                if let Work::Looking { heard_by, .. } = &mut self.work {
                    *heard_by = None;
                }
                self.tell(BiometricEvent::PresentSubject);
            }
            Answer::Unusable(errand, hint) if mine(errand) && looking => {
                self.tell(BiometricEvent::Unusable(feedback(hint)));
            }
            Answer::Stage(errand, done, all) if mine(errand) && looking => {
                self.tell(BiometricEvent::Progress { done, all });
            }
            Answer::Matched(errand) if mine(errand) => {
                self.finish(BiometricEvent::Compared(Verdict::Matched));
            }
            Answer::NotMatched(errand) if mine(errand) => {
                self.finish(BiometricEvent::Compared(Verdict::NotMatched));
            }
            Answer::Template(errand, record) if mine(errand) => {
                let template = Template(Personal::new(record.to_vec()));
                self.finish(BiometricEvent::Read(template));
            }
            Answer::Failed(errand, why) if mine(errand) => {
                self.finish(BiometricEvent::Failed(match why {
                    Failure::NoReference => ReadFault::NoReference,
                    Failure::Unsupported => ReadFault::Unsupported,
                    Failure::Device => ReadFault::Interrupted,
                }));
            }
            Answer::Wanted(_)
            | Answer::Detected(_)
            | Answer::Lifted(_)
            | Answer::Unusable(..)
            | Answer::Stage(..)
            | Answer::Matched(_)
            | Answer::NotMatched(_)
            | Answer::Template(..)
            | Answer::Failed(..)
            | Answer::Cancelled(_) => {}
        }
    }

    fn imported(&mut self, event: BiometricEvent) {
        if self.importing.take().is_some() {
            self.tell(event);
        }
    }

    /// The end of what was wanted, unless it was called off meanwhile.
    fn finish(&mut self, event: BiometricEvent) {
        let before = std::mem::replace(&mut self.work, Work::Nothing);
        if let Work::Looking { .. } = before {
            if self.finger {
                self.tell(BiometricEvent::RemoveSubject);
            }
            self.tell(event);
        }
    }

    fn hang_up(&mut self, fault: BiometricFault) {
        self.set(DeviceState::Faulted, Some(fault));
        self.outputs.push_back(Output::HangUp);
    }

    fn hung_up(&mut self) {
        self.collector.forget();
        self.connected = false;
        self.finger = false;
        if let Work::Looking { .. } = self.work {
            self.tell(BiometricEvent::Failed(ReadFault::Interrupted));
        }
        self.work = Work::Nothing;
        self.imported(BiometricEvent::ImportRefused(TemplateFault::NotReady));
        let cleared = self.clearing.take().is_some();
        if std::mem::take(&mut self.holds) || cleared {
            self.tell(BiometricEvent::DataCleared);
        }
        let fault = self.status.and_then(|it| it.fault);
        match cleared {
            true => self.set(DeviceState::Starting, None),
            false => self.set(
                DeviceState::Absent,
                Some(fault.unwrap_or(BiometricFault::Offline)),
            ),
        }
    }

    fn set(&mut self, state: DeviceState, fault: Option<BiometricFault>) {
        let status = BiometricStatus { state, fault };
        if self.status.replace(status) != Some(status) {
            self.tell(BiometricEvent::Status(status));
        }
    }

    fn ask(&mut self, question: &Question) {
        self.outputs
            .push_back(Output::Wire(question.to_frame().to_vec()));
    }

    fn tell(&mut self, event: BiometricEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}

fn feedback(hint: Hint) -> Feedback {
    match hint {
        Hint::TryAgain => Feedback::TryAgain,
        Hint::TooShort => Feedback::TooShort,
        Hint::Center => Feedback::Center,
        Hint::LiftFirst => Feedback::LiftFirst,
        Hint::Faint => Feedback::Faint,
    }
}

impl Driver for LibfprintReader {
    type Order = BiometricOrder;
    type Event = BiometricEvent;

    fn handle(&mut self, input: Input<BiometricOrder>, now: Instant) {
        match input {
            Input::Order(order) => self.order(order, now),
            Input::Wire(bytes) => self.receive(&Zeroizing::new(bytes)),
            Input::Connected => {
                self.connected = true;
                self.set(DeviceState::Starting, None);
            }
            Input::HungUp => self.hung_up(),
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if due(self.clearing) || due(self.importing) {
            self.hang_up(BiometricFault::NoAnswer);
            return;
        }
        match self.work {
            Work::Looking { heard_by, .. } if due(heard_by) => {
                self.work = Work::Nothing;
                self.tell(BiometricEvent::Failed(ReadFault::NoAnswer));
                self.hang_up(BiometricFault::NoAnswer);
            }
            Work::Looking { until, .. } if until <= now => {
                self.call_off(now);
                self.tell(BiometricEvent::Failed(ReadFault::TimedOut));
            }
            Work::Ending { until } if until <= now => {
                self.work = Work::Nothing;
                self.hang_up(BiometricFault::NoAnswer);
            }
            Work::Nothing | Work::Looking { .. } | Work::Ending { .. } => {}
        }
    }

    fn poll_output(&mut self) -> Option<Output<BiometricEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let work = match self.work {
            Work::Nothing => None,
            Work::Looking { until, heard_by } => Some(heard_by.map_or(until, |at| at.min(until))),
            Work::Ending { until } => Some(until),
        };
        [work, self.importing, self.clearing]
            .into_iter()
            .flatten()
            .min()
    }
}

#[cfg(test)]
mod tests;
