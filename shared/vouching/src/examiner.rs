//! The desk's end: hears which checks wait, takes one, and does what its agent does
//! with it exactly once.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use privacy::Personal;
use request::CheckId;

use crate::{
    Attempt, CheckFault, CheckNotice, CheckRefusal, DeskAnswer, DeskDeed, DeskQuestion, DeskSaying,
    DeskSheet, Doubt, Ground, Speaker,
};

/// How long the exchange is let hold a question. Shorter than the silence after which
/// it takes the desk for gone.
const LISTEN: Duration = Duration::from_secs(15);
/// Before a deed or a sheet is asked for again ...
const PAUSE: Duration = Duration::from_secs(2);
/// ... and the list of those that wait.
const LIST_PAUSE: Duration = Duration::from_secs(5);
/// A check that is not to be had within this is not had when nobody thinks of it.
const TAKE_WITHIN: Duration = Duration::from_secs(20);
/// An exchange that does not hold questions is not asked without end.
const BREATH: Duration = Duration::from_millis(250);

#[derive(Clone, Debug)]
pub enum ExaminerEvent {
    /// Whoever works here hears which checks wait.
    Works(Speaker),
    /// Nobody works here any more.
    Stopped,
    Take(CheckId),
    /// The citizen's answer to this question.
    Answer {
        question: u32,
        text: Personal<String>,
    },
    Believe(Ground),
    Refuse(Doubt),
    AskMore,
    /// The agent lets go of the check, or looks at it no longer.
    Leave,
    Answered(Attempt, Result<DeskAnswer, CheckFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExaminerCommand {
    Ask(Attempt, DeskQuestion),
    Report(ExaminerReport),
}

/// What the desk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExaminerReport {
    /// Every check that waits, the longest waiting first.
    Waiting(Vec<CheckNotice>),
    /// The exchange does not say which wait; it is asked again.
    Away(CheckFault),
    /// The check was not to be had.
    NotTaken(CheckFault),
    /// How far the check is; the first one says that it was taken. After one that is
    /// over nothing follows.
    Saw(Box<DeskSheet>),
    /// What was done last does not count.
    NotDone(CheckRefusal),
    /// The exchange says nothing of the check; it is asked again, and what was done is
    /// told again.
    Unheard(CheckFault),
    /// The check is not this agent's any more.
    Lost(CheckRefusal),
}

#[derive(Debug)]
struct InCheck {
    check: CheckId,
    /// Of the sheet that was seen last; 0 until it is taken.
    edition: u64,
    /// Told until it is answered: said twice, it counts once.
    deed: Option<DeskDeed>,
    doing: Option<Attempt>,
    do_at: Instant,
    watching: Option<Attempt>,
    watch_at: Instant,
    take_until: Instant,
    /// What keeps the exchange from being heard, as it was reported.
    trouble: Option<CheckFault>,
}

/// One desk's end.
#[derive(Debug, Default)]
pub struct Examiner {
    speaker: Option<Speaker>,
    edition: u64,
    listing: Option<Attempt>,
    list_at: Option<Instant>,
    in_check: Option<Box<InCheck>>,
    /// A check that was left before the exchange had said whether it was taken.
    left_early: Option<(Attempt, CheckId)>,
    attempts: u64,
    commands: VecDeque<ExaminerCommand>,
}

impl Examiner {
    pub fn handle(&mut self, event: ExaminerEvent, now: Instant) {
        match event {
            ExaminerEvent::Works(speaker) => self.speaker = Some(speaker),
            ExaminerEvent::Stopped => {
                self.leave();
                self.speaker = None;
                self.edition = 0;
            }
            ExaminerEvent::Take(check) => self.take(check, now),
            ExaminerEvent::Answer { question, text } => {
                self.does(DeskDeed::Answer { question, text }, now);
            }
            ExaminerEvent::Believe(ground) => self.does(DeskDeed::Believe { ground }, now),
            ExaminerEvent::Refuse(doubt) => self.does(DeskDeed::Refuse { doubt }, now),
            ExaminerEvent::AskMore => self.does(DeskDeed::AskMore, now),
            ExaminerEvent::Leave => self.leave(),
            ExaminerEvent::Answered(attempt, answer) => self.answered(attempt, answer, now),
        }
        self.ask(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        self.ask(now);
    }

    pub fn poll_command(&mut self) -> Option<ExaminerCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let list = self.list_at.filter(|_| self.speaker.is_some());
        let of_check = self.in_check.as_ref().map(|it| {
            let deed = it.deed.is_some() && it.doing.is_none();
            let watch = it.edition > 0 && it.watching.is_none();
            let due = [deed.then_some(it.do_at), watch.then_some(it.watch_at)];
            due.into_iter().flatten().min()
        });
        [list, of_check.flatten()].into_iter().flatten().min()
    }

    /// Whether a check is taken, or about to be.
    pub fn is_in_check(&self) -> bool {
        self.in_check.is_some()
    }

    /// Whether something that was done has not been answered.
    pub fn is_doing(&self) -> bool {
        self.in_check.as_ref().is_some_and(|it| it.deed.is_some())
    }

    fn take(&mut self, check: CheckId, now: Instant) {
        if self.in_check.is_none() {
            self.in_check = Some(Box::new(InCheck {
                check,
                edition: 0,
                deed: Some(DeskDeed::Take),
                doing: None,
                do_at: now,
                watching: None,
                watch_at: now,
                take_until: now + TAKE_WITHIN,
                trouble: None,
            }));
        }
    }

    /// One deed at a time: what comes before it is answered first.
    fn does(&mut self, deed: DeskDeed, now: Instant) {
        let taken = self.in_check.as_mut().filter(|it| it.edition > 0);
        if let Some(it) = taken.filter(|it| it.deed.is_none()) {
            it.deed = Some(deed);
            it.do_at = now;
        }
    }

    fn leave(&mut self) {
        if let Some(it) = self.in_check.take() {
            self.left_early = it
                .doing
                .filter(|_| it.edition == 0)
                .zip(Some(it.check.clone()));
            self.let_go(it.check);
        }
    }

    /// Once: an exchange that does not hear it lets go by itself.
    fn let_go(&mut self, check: CheckId) {
        if let Some(speaker) = self.speaker.clone() {
            let attempt = self.name();
            let question = question(check, speaker, DeskDeed::Leave, 0, Duration::ZERO);
            self.commands
                .push_back(ExaminerCommand::Ask(attempt, question));
        }
    }

    fn answered(&mut self, attempt: Attempt, answer: Result<DeskAnswer, CheckFault>, now: Instant) {
        match answer {
            Ok(DeskAnswer::Listed(waiting)) => {
                if self.listing.take_if(|it| *it == attempt).is_some() {
                    let same = self.edition == waiting.edition;
                    self.list_at = Some(if same { now + BREATH } else { now });
                    if self.speaker.is_some() && !same {
                        self.edition = waiting.edition;
                        self.report(ExaminerReport::Waiting(waiting.checks));
                    }
                }
            }
            Ok(DeskAnswer::Seen(sheet)) => self.seen(attempt, sheet, now),
            Err(fault) => self.failed(attempt, fault, now),
        }
    }

    fn seen(&mut self, attempt: Attempt, sheet: Box<DeskSheet>, now: Instant) {
        if let Some((_, check)) = self.left_early.take_if(|it| it.0 == attempt) {
            return self.let_go(check);
        }
        let Some(it) = self.in_check.as_mut() else {
            return;
        };
        if it.doing.take_if(|it| *it == attempt).is_some() {
            it.deed = None;
        } else if it.watching.take_if(|it| *it == attempt).is_some() {
            let same = it.edition == sheet.edition;
            it.watch_at = if same { now + BREATH } else { now };
        } else {
            return;
        }
        it.trouble = None;
        // Of two answers that overtook each other the newer counts.
        if sheet.edition < it.edition {
            return;
        }
        it.edition = sheet.edition;
        if sheet.over.is_some() {
            self.in_check = None;
        }
        self.report(ExaminerReport::Saw(sheet));
    }

    fn failed(&mut self, attempt: Attempt, fault: CheckFault, now: Instant) {
        if self.listing.take_if(|it| *it == attempt).is_some() {
            self.list_at = Some(now + LIST_PAUSE);
            self.edition = 0;
            if self.speaker.is_some() {
                self.report(ExaminerReport::Away(fault));
            }
            return;
        }
        self.left_early.take_if(|it| it.0 == attempt);
        let Some(it) = self.in_check.as_mut() else {
            return;
        };
        if it.doing.take_if(|it| *it == attempt).is_some() {
            it.do_at = now + PAUSE;
            match fault {
                CheckFault::Unanswered if it.edition == 0 && it.take_until <= now => {
                    self.leave();
                    self.report(ExaminerReport::NotTaken(fault));
                }
                CheckFault::Unanswered => self.unheard(fault),
                CheckFault::Refused(_) if it.edition == 0 => {
                    self.in_check = None;
                    self.report(ExaminerReport::NotTaken(fault));
                }
                CheckFault::Refused(why) => {
                    it.deed = None;
                    self.report(ExaminerReport::NotDone(why));
                }
            }
        } else if it.watching.take_if(|it| *it == attempt).is_some() {
            it.watch_at = now + PAUSE;
            match fault {
                // Whoever works here may yet be proven.
                CheckFault::Unanswered | CheckFault::Refused(CheckRefusal::Unproven) => {
                    self.unheard(fault);
                }
                CheckFault::Refused(why) => {
                    self.in_check = None;
                    self.report(ExaminerReport::Lost(why));
                }
            }
        }
    }

    fn unheard(&mut self, fault: CheckFault) {
        let trouble = self.in_check.as_mut().map(|it| it.trouble.replace(fault));
        if trouble.is_some_and(|before| before != Some(fault)) {
            self.report(ExaminerReport::Unheard(fault));
        }
    }

    /// Asks whatever may be asked now.
    fn ask(&mut self, now: Instant) {
        let Some(speaker) = self.speaker.clone() else {
            return;
        };
        let due = self.list_at.is_none_or(|due| due <= now);
        if self.listing.is_none() && due {
            let attempt = self.name();
            self.listing = Some(attempt);
            self.list_at = None;
            let (known, wait) = (self.edition, LISTEN);
            let asked = DeskQuestion::List { known, wait };
            self.commands
                .push_back(ExaminerCommand::Ask(attempt, asked));
        }
        let attempts = &mut self.attempts;
        let mut name = || {
            *attempts += 1;
            Attempt(*attempts)
        };
        if let Some(it) = &mut self.in_check {
            for (attempt, deed, wait) in it.ask(now, &mut name) {
                let asked = question(it.check.clone(), speaker.clone(), deed, it.edition, wait);
                self.commands
                    .push_back(ExaminerCommand::Ask(attempt, asked));
            }
        }
    }

    fn name(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    fn report(&mut self, report: ExaminerReport) {
        self.commands.push_back(ExaminerCommand::Report(report));
    }
}

impl InCheck {
    /// The deed that is to be told, and whether there is news.
    fn ask(
        &mut self,
        now: Instant,
        name: &mut impl FnMut() -> Attempt,
    ) -> Vec<(Attempt, DeskDeed, Duration)> {
        let mut asked = Vec::new();
        if let Some(deed) = &self.deed
            && self.doing.is_none()
            && self.do_at <= now
        {
            let attempt = name();
            self.doing = Some(attempt);
            asked.push((attempt, deed.clone(), Duration::ZERO));
        }
        if self.edition > 0 && self.watching.is_none() && self.watch_at <= now {
            let attempt = name();
            self.watching = Some(attempt);
            asked.push((attempt, DeskDeed::Watch, LISTEN));
        }
        asked
    }
}

fn question(
    check: CheckId,
    speaker: Speaker,
    deed: DeskDeed,
    known: u64,
    wait: Duration,
) -> DeskQuestion {
    let saying = DeskSaying { speaker, deed };
    DeskQuestion::Do {
        check,
        saying,
        known,
        wait,
    }
}
