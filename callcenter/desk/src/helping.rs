//! Helping at a kiosk: who waits there, one citizen's form, and what is proposed.

mod present;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::Catalog;
use handover::{
    Attempt, Attendant, AttendantCommand, AttendantEvent, AttendantReport, DeskAnswer,
    DeskQuestion, Filled, Form, Opening, RoomFault, RoomNotice, RoomRefusal, Shareable,
};
use privacy::Personal;
use request::{AgentId, FormField};

use crate::telephone::Visit;

pub use present::{
    ChoiceView, FieldView, HelpView, HelpingView, KioskVoice, LineView, WaitingView,
};

/// Lines of talk that are kept on the pane.
const LINES_MAX: usize = 40;
/// How long people wait is told anew so often.
const TICK: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
pub enum HelpingEvent {
    /// The pane came up for whoever works here.
    Shown(AgentId),
    /// Nobody works here any more.
    SignedOut,
    Touched(HelpingTouch),
    Answered(Attempt, Result<DeskAnswer, RoomFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpingTouch {
    Up,
    Down,
    Select(usize),
    /// Proposes the n-th choice of the selected field; selects who waits.
    PickChoice(usize),
    /// Takes who is selected; with a citizen, says the line that is typed.
    Next,
    /// Points at the selected field, or at nothing when it is pointed at.
    Point,
    /// Proposes the line that is typed for the selected field.
    Propose,
    TakeBack,
    End,
    Type(Personal<String>),
}

/// What the agent is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpingNotice {
    /// The exchange cannot be asked who waits.
    Away,
    /// Another desk was quicker, or the citizen has gone.
    NotTaken,
    /// This desk is not enrolled as one.
    NotADesk,
    /// The exchange wants the switch's word on who works here.
    Unproven,
    Confirmed,
    Declined,
    /// The citizen has ended, or cannot be reached any more.
    Ended,
    /// The line is empty, too long, or holds a number that must not be shared.
    NotShareable,
    /// Nothing is called what was typed.
    NotInList,
    /// The citizen has not answered yet.
    OneAtATime,
}

#[derive(Debug)]
struct With {
    visit: Visit,
    opening: Opening,
    form: Option<Form>,
    pointed: Option<FormField>,
    lines: Vec<(bool, Shareable)>,
}

pub struct Helping {
    catalog: Arc<Catalog>,
    attendant: Attendant,
    agent: Option<AgentId>,
    waiting: Vec<RoomNotice>,
    known_at: Option<Instant>,
    selected: usize,
    taking: Option<RoomNotice>,
    with: Option<With>,
    typed: Personal<String>,
    /// Counts what was taken out of the line, which then starts empty.
    lines_begun: u32,
    notice: Option<HelpingNotice>,
    tick_at: Option<Instant>,
    commands: VecDeque<(Attempt, DeskQuestion)>,
}

impl Helping {
    pub fn new(catalog: Arc<Catalog>) -> Self {
        Self {
            catalog,
            attendant: Attendant::default(),
            agent: None,
            waiting: Vec::new(),
            known_at: None,
            selected: 0,
            taking: None,
            with: None,
            typed: Personal::default(),
            lines_begun: 0,
            notice: None,
            tick_at: None,
            commands: VecDeque::new(),
        }
    }

    /// Another edition of the catalogue counts from now on.
    pub(crate) fn go_over(&mut self, catalog: Arc<Catalog>) {
        self.catalog = catalog;
    }

    pub fn handle(&mut self, event: HelpingEvent, now: Instant) {
        match event {
            HelpingEvent::Shown(agent) => {
                self.agent = Some(agent);
                self.attendant.handle(AttendantEvent::Watched, now);
            }
            HelpingEvent::SignedOut => {
                self.attendant.handle(AttendantEvent::Unwatched, now);
                self.agent = None;
                self.leave();
                self.waiting.clear();
                self.known_at = None;
            }
            HelpingEvent::Touched(touch) => self.touched(touch, now),
            HelpingEvent::Answered(attempt, answer) => self
                .attendant
                .handle(AttendantEvent::Answered(attempt, answer), now),
        }
        self.listen(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        self.attendant.handle_timeout(now);
        self.listen(now);
    }

    pub fn poll_command(&mut self) -> Option<(Attempt, DeskQuestion)> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let due = [self.attendant.poll_timeout(), self.tick_at];
        due.into_iter().flatten().min()
    }

    /// Whether the agent is with a citizen.
    pub fn is_helping(&self) -> bool {
        self.with.is_some()
    }

    /// The citizen whom the agent is with, as the switch knows them.
    pub fn visit(&self) -> Option<&Visit> {
        self.with.as_ref().map(|it| &it.visit)
    }

    /// Whether the exchange is asked who waits.
    pub fn is_watching(&self) -> bool {
        self.attendant.is_watching()
    }

    fn listen(&mut self, now: Instant) {
        while let Some(command) = self.attendant.poll_command() {
            match command {
                AttendantCommand::Ask(attempt, question) => {
                    self.commands.push_back((attempt, question));
                }
                AttendantCommand::Report(report) => self.told(report, now),
            }
        }
        let waits = self.with.is_none() && !self.waiting.is_empty();
        self.tick_at = waits.then(|| now + TICK);
    }

    fn told(&mut self, report: AttendantReport, now: Instant) {
        match report {
            AttendantReport::Waiting(rooms) => {
                self.waiting = rooms;
                self.known_at = Some(now);
                self.selected = self.selected.min(self.waiting.len().saturating_sub(1));
                if self.notice == Some(HelpingNotice::Away) {
                    self.notice = None;
                }
            }
            AttendantReport::Away => self.notice = Some(HelpingNotice::Away),
            AttendantReport::NotTaken(fault) => {
                self.taking = None;
                self.notice = Some(match fault {
                    RoomFault::Refused(RoomRefusal::NotForYou) => HelpingNotice::NotADesk,
                    RoomFault::Refused(_) => HelpingNotice::NotTaken,
                    RoomFault::Unanswered => HelpingNotice::Away,
                    RoomFault::Unproven => HelpingNotice::Unproven,
                });
            }
            AttendantReport::Taken(_) => {
                self.selected = 0;
                self.with = self.taking.take().map(|taken| With {
                    visit: Visit {
                        kiosk: taken.kiosk.to_string(),
                        room: taken.room.to_string(),
                    },
                    opening: taken.opening,
                    form: None,
                    pointed: None,
                    lines: Vec::new(),
                });
            }
            AttendantReport::Saw(form) => self.saw(form),
            AttendantReport::Confirmed(_) => self.notice = Some(HelpingNotice::Confirmed),
            AttendantReport::Declined(_) => self.notice = Some(HelpingNotice::Declined),
            AttendantReport::Heard(text) => self.keep_line(true, text),
            AttendantReport::Ended => {
                self.leave();
                self.notice = Some(HelpingNotice::Ended);
            }
        }
    }

    fn saw(&mut self, form: Form) {
        if let Some(with) = &mut self.with {
            self.selected = self.selected.min(form.fields.len().saturating_sub(1));
            with.form = Some(form);
        }
    }

    fn touched(&mut self, touch: HelpingTouch, now: Instant) {
        if self.notice != Some(HelpingNotice::Away) {
            self.notice = None;
        }
        let rows = match &self.with {
            None => self.waiting.len(),
            Some(with) => with.form.as_ref().map_or(0, |it| it.fields.len()),
        };
        match touch {
            HelpingTouch::Up => self.selected = self.selected.saturating_sub(1),
            HelpingTouch::Down => self.selected = (self.selected + 1).min(rows.saturating_sub(1)),
            HelpingTouch::Select(index) if index < rows => self.selected = index,
            HelpingTouch::Select(_) => {}
            HelpingTouch::PickChoice(index) if self.with.is_none() => {
                self.selected = index.min(rows.saturating_sub(1));
            }
            HelpingTouch::PickChoice(index) => {
                self.typed = Personal::new((index + 1).to_string());
                self.propose(now);
            }
            HelpingTouch::Next if self.with.is_some() => self.say(now),
            HelpingTouch::Next => self.take(now),
            HelpingTouch::Point => self.point(now),
            HelpingTouch::Propose => self.propose(now),
            HelpingTouch::TakeBack => self.attendant.handle(AttendantEvent::TakeBack, now),
            HelpingTouch::End if self.with.is_some() => {
                self.attendant.handle(AttendantEvent::Leave, now);
                self.leave();
            }
            HelpingTouch::End => {}
            HelpingTouch::Type(text) => self.typed = text,
        }
    }

    fn take(&mut self, now: Instant) {
        let waiting = self.waiting.get(self.selected).cloned();
        if let (Some(notice), Some(agent)) = (waiting, self.agent.clone()) {
            let room = notice.room.clone();
            self.taking = Some(notice);
            self.attendant
                .handle(AttendantEvent::Take { room, agent }, now);
        }
    }

    fn say(&mut self, now: Instant) {
        match Shareable::new(self.typed.reveal()) {
            Ok(text) => {
                self.keep_line(false, text.clone());
                self.attendant.handle(AttendantEvent::Say(text), now);
                self.begin_line();
            }
            Err(_) => self.notice = Some(HelpingNotice::NotShareable),
        }
    }

    fn point(&mut self, now: Instant) {
        let selected = self.selected_field().map(|it| it.field.clone());
        if let Some(with) = &mut self.with {
            with.pointed = selected.filter(|it| with.pointed.as_ref() != Some(it));
            let point = AttendantEvent::PointAt(with.pointed.clone());
            self.attendant.handle(point, now);
        }
    }

    fn propose(&mut self, now: Instant) {
        if self.attendant.proposal().is_some() {
            self.notice = Some(HelpingNotice::OneAtATime);
            return;
        }
        let Some(field) = self.selected_field().map(|it| it.field.clone()) else {
            return;
        };
        let value = match self.value_of(&field, self.typed.reveal()) {
            Some(value) => Shareable::new(&value),
            None => {
                self.notice = Some(HelpingNotice::NotInList);
                return;
            }
        };
        match value {
            Ok(value) => {
                let propose = AttendantEvent::Propose { field, value };
                self.attendant.handle(propose, now);
                self.begin_line();
            }
            Err(_) => self.notice = Some(HelpingNotice::NotShareable),
        }
    }

    fn selected_field(&self) -> Option<&Filled> {
        self.with.as_ref()?.form.as_ref()?.fields.get(self.selected)
    }

    /// An empty line begins.
    fn begin_line(&mut self) {
        self.typed = Personal::default();
        self.lines_begun = self.lines_begun.wrapping_add(1);
    }

    fn keep_line(&mut self, from_citizen: bool, text: Shareable) {
        if let Some(with) = &mut self.with {
            with.lines.push((from_citizen, text));
            let over = with.lines.len().saturating_sub(LINES_MAX);
            with.lines.drain(..over);
        }
    }

    /// Nothing of the citizen stays.
    fn leave(&mut self) {
        self.with = None;
        self.taking = None;
        self.selected = 0;
        self.begin_line();
    }
}
