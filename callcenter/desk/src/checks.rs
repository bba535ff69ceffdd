//! Two-person checks at this desk: which wait, the one that is taken, and the verdict.

mod present;
#[cfg(test)]
mod tests;
mod touch;
mod verdict;

use std::{collections::VecDeque, sync::Arc, time::Instant};

use catalog::Catalog;
use privacy::Personal;
use vouching::{
    Attempt, CheckFault, CheckNotice, CheckRefusal, DeskAnswer, DeskQuestion, DeskSheet, Examiner,
    ExaminerCommand, ExaminerEvent, ExaminerReport, NoticeStage, Part, Role, Speaker,
};

pub use present::{
    AnsweredView, AskedView, BelievedView, ChecksView, SheetView, Turn, VerdictView,
    WaitingCheckView,
};
pub use touch::ChecksTouch;
pub use verdict::Verdict;

#[derive(Clone, Debug)]
pub enum ChecksEvent {
    /// Who works here from now on, and as what.
    Works(Option<Speaker>),
    Touched(ChecksTouch),
    Answered(Attempt, Result<DeskAnswer, CheckFault>),
}

/// What the agent is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChecksNotice {
    /// The exchange cannot be asked which checks wait.
    Away,
    /// It says nothing of the check that is taken.
    Unheard,
    Refused(CheckRefusal),
    /// The check went back to those that wait.
    LetGo,
    /// There is nothing to believe before the questions are answered.
    QuestionsFirst,
    /// A verdict names its reason.
    ChooseReason,
    /// What was done last has not been answered.
    OnItsWay,
}

#[derive(Debug)]
struct With {
    sheet: Box<DeskSheet>,
    seen_at: Instant,
}

impl With {
    /// Whether it is this agent's turn.
    fn is_held(&self) -> bool {
        let believed = self.sheet.part == Part::First && self.sheet.first.is_some();
        self.sheet.over.is_none() && !believed
    }
}

pub struct IdentityChecks {
    catalog: Arc<Catalog>,
    examiner: Examiner,
    speaker: Option<Speaker>,
    waiting: Vec<CheckNotice>,
    known_at: Option<Instant>,
    selected: usize,
    with: Option<With>,
    verdict: Option<Verdict>,
    typed: Personal<String>,
    /// Counts the questions that came, each with an empty line.
    lines_begun: u32,
    notice: Option<ChecksNotice>,
    commands: VecDeque<(Attempt, DeskQuestion)>,
}

impl IdentityChecks {
    pub fn new(catalog: Arc<Catalog>) -> Self {
        Self {
            catalog,
            examiner: Examiner::default(),
            speaker: None,
            waiting: Vec::new(),
            known_at: None,
            selected: 0,
            with: None,
            verdict: None,
            typed: Personal::default(),
            lines_begun: 0,
            notice: None,
            commands: VecDeque::new(),
        }
    }

    /// Another edition of the catalogue counts from now on.
    pub(crate) fn go_over(&mut self, catalog: Arc<Catalog>) {
        self.catalog = catalog;
    }

    pub fn handle(&mut self, event: ChecksEvent, now: Instant) {
        match event {
            ChecksEvent::Works(speaker) => self.works(speaker, now),
            ChecksEvent::Touched(touch) => self.touched(touch, now),
            ChecksEvent::Answered(attempt, answer) => {
                self.tell(ExaminerEvent::Answered(attempt, answer), now);
            }
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        self.examiner.handle_timeout(now);
        self.listen(now);
    }

    pub fn poll_command(&mut self) -> Option<(Attempt, DeskQuestion)> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.examiner.poll_timeout()
    }

    /// Who works here, as the checks were told last.
    pub fn speaker(&self) -> Option<&Speaker> {
        self.speaker.as_ref()
    }

    /// Whether a citizen waits for what this agent does.
    pub fn is_held(&self) -> bool {
        let taking = self.with.is_none() && self.examiner.is_in_check();
        taking || self.with.as_ref().is_some_and(With::is_held)
    }

    /// How many checks wait that this agent may take.
    pub fn may_take(&self) -> usize {
        let Some(speaker) = &self.speaker else {
            return 0;
        };
        let mine = |it: &&CheckNotice| match &it.stage {
            NoticeStage::Agent => true,
            NoticeStage::Supervisor { believed_by } => {
                speaker.role == Role::Supervisor && believed_by.agent != speaker.agent
            }
        };
        self.waiting.iter().filter(mine).count()
    }

    fn works(&mut self, speaker: Option<Speaker>, now: Instant) {
        self.speaker.clone_from(&speaker);
        match speaker {
            Some(speaker) => self.tell(ExaminerEvent::Works(speaker), now),
            None => {
                self.tell(ExaminerEvent::Stopped, now);
                self.forget_check();
                self.waiting.clear();
                self.known_at = None;
                self.notice = None;
            }
        }
    }

    fn tell(&mut self, event: ExaminerEvent, now: Instant) {
        self.examiner.handle(event, now);
        self.listen(now);
    }

    fn listen(&mut self, now: Instant) {
        while let Some(command) = self.examiner.poll_command() {
            match command {
                ExaminerCommand::Ask(attempt, question) => {
                    self.commands.push_back((attempt, question));
                }
                ExaminerCommand::Report(report) => self.told(report, now),
            }
        }
    }

    fn told(&mut self, report: ExaminerReport, now: Instant) {
        match report {
            ExaminerReport::Waiting(checks) => {
                let selected = self.waiting.get(self.selected).map(|it| it.check.clone());
                let place = |id| checks.iter().position(|it| it.check == id);
                self.selected = selected.and_then(place).unwrap_or(0);
                self.waiting = checks;
                self.known_at = Some(now);
                self.heard(ChecksNotice::Away);
            }
            ExaminerReport::Away(fault) => {
                if self.with.is_none() {
                    self.notice = Some(trouble(fault, ChecksNotice::Away));
                }
            }
            ExaminerReport::NotDone(why) => self.notice = Some(ChecksNotice::Refused(why)),
            ExaminerReport::NotTaken(fault) | ExaminerReport::Unheard(fault) => {
                self.notice = Some(trouble(fault, ChecksNotice::Unheard));
            }
            ExaminerReport::Saw(sheet) => self.saw(sheet, now),
            ExaminerReport::Lost(why) => {
                self.forget_check();
                self.notice = Some(if why == CheckRefusal::NotYours {
                    ChecksNotice::LetGo
                } else {
                    ChecksNotice::Refused(why)
                });
            }
        }
    }

    fn saw(&mut self, sheet: Box<DeskSheet>, now: Instant) {
        let asked = |it: &DeskSheet| it.question.as_ref().map(|it| it.number);
        let before = self.with.as_ref().and_then(|it| asked(&it.sheet));
        if before != asked(&sheet) {
            self.begin_line();
        }
        let seen_at = now;
        let with = With { sheet, seen_at };
        let believed = matches!(self.verdict, Some(Verdict::Believe(_)));
        let stands = with.is_held() && (with.sheet.may_believe || !believed);
        self.verdict = self.verdict.filter(|_| stands);
        self.with = Some(with);
        self.heard(ChecksNotice::Unheard);
    }

    /// The exchange is heard again.
    fn heard(&mut self, trouble: ChecksNotice) {
        let unproven = ChecksNotice::Refused(CheckRefusal::Unproven);
        self.notice = self.notice.filter(|it| *it != trouble && *it != unproven);
    }

    fn go_back(&mut self, now: Instant) {
        self.tell(ExaminerEvent::Leave, now);
        self.forget_check();
    }

    /// Nothing of the citizen stays.
    fn forget_check(&mut self) {
        self.with = None;
        self.verdict = None;
        self.begin_line();
    }

    fn begin_line(&mut self) {
        self.typed = Personal::default();
        self.lines_begun = self.lines_begun.wrapping_add(1);
    }
}

fn trouble(fault: CheckFault, unanswered: ChecksNotice) -> ChecksNotice {
    match fault {
        CheckFault::Unanswered => unanswered,
        CheckFault::Refused(why) => ChecksNotice::Refused(why),
    }
}
