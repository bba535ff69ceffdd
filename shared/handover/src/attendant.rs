//! The agent's side: sees who waits, takes one, sees the form, points, proposes and
//! talks.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use request::{AgentId, FormField};

use crate::{
    Attempt, DeskAnswer, DeskQuestion, Form, FromDesk, FromKiosk, Proposal, RoomFault, RoomId,
    RoomNotice, RoomRefusal, Shareable, correspondence::Correspondence,
};

/// How long the exchange is let hold the question who waits.
const LISTEN: Duration = Duration::from_secs(15);
const BREATH: Duration = Duration::from_millis(250);
const PAUSE: Duration = Duration::from_secs(3);

#[derive(Clone, Debug)]
pub enum AttendantEvent {
    /// An agent wants to see who waits, until they do not.
    Watched,
    Unwatched,
    Take {
        room: RoomId,
        agent: AgentId,
    },
    PointAt(Option<FormField>),
    Propose {
        field: FormField,
        value: Shareable,
    },
    /// The proposal that is open is not meant any more.
    TakeBack,
    Say(Shareable),
    /// The agent ends.
    Leave,
    Answered(Attempt, Result<DeskAnswer, RoomFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttendantCommand {
    Ask(Attempt, DeskQuestion),
    Report(AttendantReport),
}

/// What the desk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttendantReport {
    /// Everybody who waits, the longest waiting first.
    Waiting(Vec<RoomNotice>),
    /// The rooms cannot be asked about now; it is tried again.
    Away,
    /// The room was not to be had.
    NotTaken(RoomFault),
    Taken(RoomId),
    Saw(Form),
    Confirmed(Proposal),
    Declined(Proposal),
    Heard(Shareable),
    /// The citizen has ended, or cannot be reached any more.
    Ended,
}

#[derive(Debug)]
struct InRoom {
    room: RoomId,
    mail: Correspondence<FromDesk>,
    form: Option<Form>,
    proposal: Option<Proposal>,
    proposals: u32,
    /// The agent has ended; the room is left when the citizen has been told.
    leaving: bool,
}

/// One desk's end.
#[derive(Debug, Default)]
pub struct Attendant {
    watching: bool,
    edition: u64,
    listing: Option<Attempt>,
    list_at: Option<Instant>,
    taking: Option<(Attempt, RoomId)>,
    in_room: Option<Box<InRoom>>,
    attempts: u64,
    commands: VecDeque<AttendantCommand>,
}

impl Attendant {
    pub fn handle(&mut self, event: AttendantEvent, now: Instant) {
        match event {
            AttendantEvent::Watched => self.watching = true,
            AttendantEvent::Unwatched => {
                self.watching = false;
                self.edition = 0;
                self.say(FromDesk::Leaves);
            }
            AttendantEvent::Take { room, agent } => self.take(room, agent),
            AttendantEvent::PointAt(field) => self.say(FromDesk::PointsAt { field }),
            AttendantEvent::Propose { field, value } => self.propose(field, value),
            AttendantEvent::TakeBack => self.take_back(),
            AttendantEvent::Say(text) => self.say(FromDesk::Says { text }),
            AttendantEvent::Leave => self.say(FromDesk::Leaves),
            AttendantEvent::Answered(attempt, answer) => self.answered(attempt, answer, now),
        }
        self.ask(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.in_room.as_ref().is_some_and(|it| it.mail.is_lost(now)) {
            self.end();
        }
        self.ask(now);
    }

    pub fn poll_command(&mut self) -> Option<AttendantCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let mail = self.in_room.as_ref().map(|it| it.mail.poll_timeout());
        let list = self.list_at.filter(|_| self.watching);
        mail.into_iter().chain(list).min()
    }

    /// Whether the exchange is asked who waits.
    pub fn is_watching(&self) -> bool {
        self.watching
    }

    /// Whether the agent is with a citizen.
    pub fn is_helping(&self) -> bool {
        self.in_room.as_ref().is_some_and(|it| !it.leaving)
    }

    /// The value the citizen is being asked about.
    pub fn proposal(&self) -> Option<&Proposal> {
        self.in_room.as_ref().and_then(|it| it.proposal.as_ref())
    }

    fn take(&mut self, room: RoomId, agent: AgentId) {
        if self.in_room.is_none() && self.taking.is_none() {
            let attempt = self.name();
            self.taking = Some((attempt, room.clone()));
            let question = DeskQuestion::Take { room, agent };
            self.commands
                .push_back(AttendantCommand::Ask(attempt, question));
        }
    }

    fn say(&mut self, message: FromDesk) {
        let Some(it) = self.in_room.as_mut().filter(|it| !it.leaving) else {
            return;
        };
        it.leaving = message == FromDesk::Leaves;
        // A finger that has moved on is all that counts of it.
        let points = matches!(message, FromDesk::PointsAt { .. });
        let replaces = |last: &FromDesk| points && matches!(last, FromDesk::PointsAt { .. });
        it.mail.say(message, replaces);
    }

    fn propose(&mut self, field: FormField, value: Shareable) {
        let Some(it) = self.in_room.as_mut().filter(|it| !it.leaving) else {
            return;
        };
        let fits = it.form.as_ref().is_some_and(|form| form.has(&field));
        if fits && it.proposal.is_none() {
            it.proposals += 1;
            let proposal = Proposal {
                proposal: it.proposals,
                field,
                value,
            };
            it.proposal = Some(proposal.clone());
            self.say(FromDesk::Proposes(proposal));
        }
    }

    fn take_back(&mut self) {
        let open = self.in_room.as_mut().and_then(|it| it.proposal.take());
        if let Some(Proposal { proposal, .. }) = open {
            self.say(FromDesk::TakesBack { proposal });
        }
    }

    fn answered(&mut self, attempt: Attempt, answer: Result<DeskAnswer, RoomFault>, now: Instant) {
        match answer {
            Ok(DeskAnswer::Listed(waiting)) => {
                if self.listing.take_if(|it| *it == attempt).is_some() {
                    // An exchange that does not hold questions is not asked without end.
                    let same = self.edition == waiting.edition;
                    self.list_at = same.then(|| now + BREATH);
                    if self.watching && !same {
                        self.edition = waiting.edition;
                        self.report(AttendantReport::Waiting(waiting.rooms));
                    }
                }
            }
            Ok(DeskAnswer::Taken(_)) => {
                if let Some((_, room)) = self.taking.take_if(|it| it.0 == attempt) {
                    self.enter(room, now);
                }
            }
            Ok(DeskAnswer::Delivered(delivery)) => {
                let mail = self.in_room.as_mut().map(|it| &mut it.mail);
                let heard = mail.and_then(|it| it.delivered(attempt, delivery, now));
                for message in heard.unwrap_or_default() {
                    self.hear(message);
                }
                self.leave_when_told();
            }
            Err(fault) => self.failed(attempt, fault, now),
        }
    }

    fn enter(&mut self, room: RoomId, now: Instant) {
        self.report(AttendantReport::Taken(room.clone()));
        self.in_room = Some(Box::new(InRoom {
            room,
            mail: Correspondence::new(now),
            form: None,
            proposal: None,
            proposals: 0,
            leaving: false,
        }));
    }

    fn leave_when_told(&mut self) {
        let told = |it: &mut Box<InRoom>| it.leaving && it.mail.is_all_taken();
        self.in_room.take_if(told);
    }

    fn hear(&mut self, message: FromKiosk) {
        let Some(it) = self.in_room.as_mut().filter(|it| !it.leaving) else {
            return;
        };
        let answers = |number: u32| move |it: &mut Proposal| it.proposal == number;
        let report = match message {
            FromKiosk::Shows { form } => {
                it.form = Some(form.clone());
                Some(AttendantReport::Saw(form))
            }
            FromKiosk::Confirmed { proposal } => it
                .proposal
                .take_if(answers(proposal))
                .map(AttendantReport::Confirmed),
            FromKiosk::Declined { proposal } => it
                .proposal
                .take_if(answers(proposal))
                .map(AttendantReport::Declined),
            FromKiosk::Says { text } => Some(AttendantReport::Heard(text)),
        };
        report.into_iter().for_each(|it| self.report(it));
    }

    fn failed(&mut self, attempt: Attempt, fault: RoomFault, now: Instant) {
        if self.listing.take_if(|it| *it == attempt).is_some() {
            self.list_at = Some(now + PAUSE);
            self.edition = 0;
            if self.watching {
                self.report(AttendantReport::Away);
            }
        } else if self.taking.take_if(|it| it.0 == attempt).is_some() {
            self.report(AttendantReport::NotTaken(fault));
        } else if let Some(it) = self.in_room.as_mut()
            && it.mail.failed(attempt, now)
        {
            let over = match fault {
                RoomFault::Refused(RoomRefusal::TooMuch) | RoomFault::Unanswered => false,
                RoomFault::Refused(
                    RoomRefusal::Gone
                    | RoomRefusal::Taken
                    | RoomRefusal::Full
                    | RoomRefusal::OutOfOrder
                    | RoomRefusal::NotForYou,
                )
                | RoomFault::Unproven => true,
            };
            if over {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        if self.in_room.take().is_some_and(|it| !it.leaving) {
            self.report(AttendantReport::Ended);
        }
    }

    /// Asks whatever may be asked now.
    fn ask(&mut self, now: Instant) {
        let due = self.list_at.is_none_or(|due| due <= now);
        if self.watching && self.listing.is_none() && due {
            let attempt = self.name();
            self.listing = Some(attempt);
            self.list_at = None;
            let (known, wait) = (self.edition, LISTEN);
            let question = DeskQuestion::List { known, wait };
            self.commands
                .push_back(AttendantCommand::Ask(attempt, question));
        }
        let attempts = &mut self.attempts;
        let mut name = || {
            *attempts += 1;
            Attempt(*attempts)
        };
        if let Some(it) = &mut self.in_room {
            while let Some((attempt, (posting, wait))) = it.mail.ask(now, &mut name) {
                let room = it.room.clone();
                let question = DeskQuestion::Post {
                    room,
                    posting,
                    wait,
                };
                self.commands
                    .push_back(AttendantCommand::Ask(attempt, question));
            }
        }
    }

    fn name(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    fn report(&mut self, report: AttendantReport) {
        self.commands.push_back(AttendantCommand::Report(report));
    }
}
