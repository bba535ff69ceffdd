//! The kiosk's end: opens a check, hears how far it is, and passes on what the
//! citizen types.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use privacy::Personal;
use request::CheckId;

use crate::{
    Attempt, CheckFault, CheckOpening, CheckRefusal, KioskAnswer, KioskDeed, KioskQuestion,
    KioskState, KioskView,
};

/// An exchange that opens no check within this opens none: it asks the register
/// meanwhile.
const OPEN_WITHIN: Duration = Duration::from_secs(40);
/// How long the exchange is let hold a question.
const LISTEN: Duration = Duration::from_secs(15);
/// An exchange that is not heard for so long is lost. Shorter than the silence after
/// which it takes the kiosk for gone.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_secs(2);
/// An exchange that does not hold questions is not asked without end.
const BREATH: Duration = Duration::from_millis(250);

#[derive(Clone, Debug)]
pub enum AskerEvent {
    /// The citizen agrees, and it is written down.
    Asked(Box<CheckOpening>),
    /// The citizen has typed an answer.
    Said {
        question: u32,
        text: Personal<String>,
    },
    /// The citizen ends, or has gone.
    Left,
    Answered(Attempt, Result<KioskAnswer, CheckFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskerCommand {
    Ask(Attempt, KioskQuestion),
    Report(AskerReport),
}

/// What the visit is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskerReport {
    /// How far it is; after `Passed` and `Ended` nothing follows.
    Saw(KioskState),
    /// The exchange says no.
    NotOpened(CheckRefusal),
    /// The exchange cannot be reached, or knows nothing of the check any more.
    LineLost,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Resting,
    Opening {
        opening: Box<CheckOpening>,
        asked: Option<Attempt>,
        retry_at: Instant,
        until: Instant,
    },
    InCheck(Box<InCheck>),
}

#[derive(Debug)]
struct InCheck {
    check: CheckId,
    seen: Option<KioskView>,
    watching: Option<Attempt>,
    watch_at: Instant,
    saying: Option<Attempt>,
    say_at: Instant,
    said: Option<(u32, Personal<String>)>,
    heard_at: Instant,
}

/// One kiosk's end.
#[derive(Debug, Default)]
pub struct Asker {
    stage: Stage,
    attempts: u64,
    commands: VecDeque<AskerCommand>,
}

impl Asker {
    pub fn handle(&mut self, event: AskerEvent, now: Instant) {
        match event {
            AskerEvent::Asked(opening) => {
                if self.is_resting() {
                    self.stage = Stage::Opening {
                        opening,
                        asked: None,
                        retry_at: now,
                        until: now + OPEN_WITHIN,
                    };
                }
            }
            AskerEvent::Said { question, text } => {
                if let Stage::InCheck(it) = &mut self.stage {
                    it.said = Some((question, text));
                    it.say_at = now;
                }
            }
            AskerEvent::Left => self.left(),
            AskerEvent::Answered(attempt, answer) => self.answered(attempt, answer, now),
        }
        self.ask(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        match &self.stage {
            Stage::Opening { until, .. } if *until <= now => self.end(AskerReport::LineLost),
            Stage::InCheck(it) if it.heard_at + PATIENCE <= now => {
                self.left();
                self.report(AskerReport::LineLost);
            }
            Stage::Resting | Stage::Opening { .. } | Stage::InCheck(_) => {}
        }
        self.ask(now);
    }

    pub fn poll_command(&mut self) -> Option<AskerCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.stage {
            Stage::Resting => None,
            Stage::Opening {
                asked: None,
                retry_at,
                until,
                ..
            } => Some(*retry_at.min(until)),
            Stage::Opening { until, .. } => Some(*until),
            Stage::InCheck(it) => {
                let lost = it.heard_at + PATIENCE;
                let watch = it.watching.is_none().then_some(it.watch_at);
                let say = (it.said.is_some() && it.saying.is_none()).then_some(it.say_at);
                [Some(lost), watch, say].into_iter().flatten().min()
            }
        }
    }

    /// Whether no check is under way.
    pub fn is_resting(&self) -> bool {
        matches!(self.stage, Stage::Resting)
    }

    fn left(&mut self) {
        if let Stage::InCheck(it) = &self.stage {
            let check = it.check.clone();
            self.leave(check);
        }
        self.stage = Stage::Resting;
    }

    fn leave(&mut self, check: CheckId) {
        let question = KioskQuestion::Do {
            check,
            deed: KioskDeed::Leave,
            known: 0,
            wait: Duration::ZERO,
        };
        let attempt = self.name();
        self.commands
            .push_back(AskerCommand::Ask(attempt, question));
    }

    fn answered(
        &mut self,
        attempt: Attempt,
        answer: Result<KioskAnswer, CheckFault>,
        now: Instant,
    ) {
        match answer {
            Ok(KioskAnswer::Opened(check)) => self.opened(attempt, check, now),
            Ok(KioskAnswer::Seen(view)) => self.seen(attempt, view, now),
            Err(fault) => self.failed(attempt, fault, now),
        }
    }

    fn opened(&mut self, attempt: Attempt, check: CheckId, now: Instant) {
        match &self.stage {
            Stage::Opening { asked, .. } if *asked == Some(attempt) => {
                self.stage = Stage::InCheck(Box::new(InCheck {
                    check,
                    seen: None,
                    watching: None,
                    watch_at: now,
                    saying: None,
                    say_at: now,
                    said: None,
                    heard_at: now,
                }));
            }
            // The citizen has gone meanwhile.
            Stage::Resting => self.leave(check),
            // An older question's; the exchange keeps the newest alone.
            Stage::Opening { .. } | Stage::InCheck(_) => {}
        }
    }

    fn seen(&mut self, attempt: Attempt, view: KioskView, now: Instant) {
        let Stage::InCheck(it) = &mut self.stage else {
            return;
        };
        if it.saying.take_if(|it| *it == attempt).is_some() {
            it.said = None;
        } else if it.watching.take_if(|it| *it == attempt).is_some() {
            let same = it.seen.as_ref().map(|it| it.edition) == Some(view.edition);
            it.watch_at = if same { now + BREATH } else { now };
        } else {
            return;
        }
        it.heard_at = now;
        if it
            .seen
            .as_ref()
            .is_some_and(|it| it.edition >= view.edition)
        {
            return;
        }
        let news = it.seen.as_ref().map(|it| &it.state) != Some(&view.state);
        let over = matches!(view.state, KioskState::Passed(_) | KioskState::Ended(_));
        let state = view.state.clone();
        it.seen = Some(view);
        if over {
            self.stage = Stage::Resting;
        }
        if news {
            self.report(AskerReport::Saw(state));
        }
    }

    fn failed(&mut self, attempt: Attempt, fault: CheckFault, now: Instant) {
        match &mut self.stage {
            Stage::Resting => {}
            Stage::Opening {
                asked, retry_at, ..
            } => {
                if asked.take_if(|it| *it == attempt).is_none() {
                    return;
                }
                *retry_at = now + PAUSE;
                if let CheckFault::Refused(refusal) = fault {
                    self.end(AskerReport::NotOpened(refusal));
                }
            }
            Stage::InCheck(it) => {
                if it.saying.take_if(|it| *it == attempt).is_some() {
                    it.say_at = now + PAUSE;
                    // The question has been answered meanwhile.
                    if matches!(fault, CheckFault::Refused(_)) {
                        it.said = None;
                    }
                } else if it.watching.take_if(|it| *it == attempt).is_some() {
                    it.watch_at = now + PAUSE;
                    if matches!(fault, CheckFault::Refused(_)) {
                        self.end(AskerReport::LineLost);
                    }
                }
            }
        }
    }

    fn end(&mut self, report: AskerReport) {
        self.stage = Stage::Resting;
        self.report(report);
    }

    /// Asks whatever may be asked now.
    fn ask(&mut self, now: Instant) {
        let attempts = &mut self.attempts;
        let mut name = || {
            *attempts += 1;
            Attempt(*attempts)
        };
        match &mut self.stage {
            Stage::Resting => {}
            Stage::Opening {
                opening,
                asked,
                retry_at,
                ..
            } => {
                if asked.is_none() && *retry_at <= now {
                    let attempt = name();
                    *asked = Some(attempt);
                    let question = KioskQuestion::Open(opening.clone());
                    self.commands
                        .push_back(AskerCommand::Ask(attempt, question));
                }
            }
            Stage::InCheck(it) => {
                if let Some((question, text)) = &it.said
                    && it.saying.is_none()
                    && it.say_at <= now
                {
                    let attempt = name();
                    it.saying = Some(attempt);
                    let (question, text) = (*question, text.clone());
                    let deed = KioskDeed::Say { question, text };
                    let asked = it.question(deed, Duration::ZERO);
                    self.commands.push_back(AskerCommand::Ask(attempt, asked));
                }
                if it.watching.is_none() && it.watch_at <= now {
                    let attempt = name();
                    it.watching = Some(attempt);
                    let asked = it.question(KioskDeed::Watch, LISTEN);
                    self.commands.push_back(AskerCommand::Ask(attempt, asked));
                }
            }
        }
    }

    fn name(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    fn report(&mut self, report: AskerReport) {
        self.commands.push_back(AskerCommand::Report(report));
    }
}

impl InCheck {
    fn question(&self, deed: KioskDeed, wait: Duration) -> KioskQuestion {
        KioskQuestion::Do {
            check: self.check.clone(),
            deed,
            known: self.seen.as_ref().map_or(0, |it| it.edition),
            wait,
        }
    }
}
