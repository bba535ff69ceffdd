//! The kiosk's side: asks for an agent, waits, shows the form, and asks the citizen
//! about each value the agent proposes.

mod hearing;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use request::{AgentId, FormField, StationId};

use crate::{
    Attempt, Form, FromKiosk, KioskAnswer, KioskQuestion, Opening, Proposal, RoomFault, RoomId,
    Shareable, correspondence::Correspondence,
};

/// Nobody stands at a kiosk for longer to wait for somebody.
const WAIT_MAX: Duration = Duration::from_secs(600);
/// An exchange that opens no room within this opens none.
const OPEN_WITHIN: Duration = Duration::from_secs(20);
const OPEN_PAUSE: Duration = Duration::from_secs(2);

#[derive(Clone, Debug)]
pub enum HostEvent {
    /// The citizen agrees that an agent sees the form.
    Asked {
        opening: Opening,
        form: Form,
    },
    /// The form as it is now.
    Shown(Form),
    /// The citizen wants what this proposal says, and it is filled in.
    Confirmed(u32),
    /// Not wanted, or it does not fit the field.
    Declined(u32),
    Said(Shareable),
    /// The citizen ends, or has gone.
    Left,
    Answered(Attempt, Result<KioskAnswer, RoomFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostCommand {
    Ask(Attempt, KioskQuestion),
    Report(HostReport),
}

/// What the visit is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostReport {
    /// So many were there before.
    Waiting {
        ahead: u32,
    },
    Joined {
        desk: StationId,
        agent: AgentId,
    },
    /// To be confirmed or declined by the citizen.
    Proposed(Proposal),
    /// The proposal is not to be answered any more.
    TakenBack,
    PointedAt(Option<FormField>),
    Heard(Shareable),
    /// The visit goes on where it was.
    Ended(HostEnding),
}

/// Why it ended, when not by the citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostEnding {
    ByAgent,
    NobodyCame,
    /// The exchange or the agent cannot be reached any more.
    LineLost,
    /// The exchange opens no room.
    NoRoom,
}

#[derive(Debug)]
enum Stage {
    Resting,
    Opening {
        opening: Opening,
        asked: Option<Attempt>,
        retry_at: Instant,
        until: Instant,
    },
    InRoom(Box<InRoom>),
}

#[derive(Debug)]
struct InRoom {
    room: RoomId,
    mail: Correspondence<FromKiosk>,
    /// Who waits longer than until then waits in vain.
    wait_until: Instant,
    joined: bool,
    ahead: Option<u32>,
    proposal: Option<Proposal>,
    last_proposal: u32,
}

/// One kiosk's end.
#[derive(Debug)]
pub struct Host {
    stage: Stage,
    form: Option<Form>,
    attempts: u64,
    commands: VecDeque<HostCommand>,
}

impl Default for Host {
    fn default() -> Self {
        Self {
            stage: Stage::Resting,
            form: None,
            attempts: 0,
            commands: VecDeque::new(),
        }
    }
}

impl Host {
    pub fn handle(&mut self, event: HostEvent, now: Instant) {
        match event {
            HostEvent::Asked { opening, form } => self.asked(opening, form, now),
            HostEvent::Shown(form) => self.shown(form),
            HostEvent::Confirmed(proposal) => self.answer_agent(proposal, true),
            HostEvent::Declined(proposal) => self.answer_agent(proposal, false),
            HostEvent::Said(text) => {
                if let Stage::InRoom(it) = &mut self.stage
                    && it.joined
                {
                    it.mail.say(FromKiosk::Says { text }, |_| false);
                }
            }
            HostEvent::Left => self.left(),
            HostEvent::Answered(attempt, answer) => self.answered(attempt, answer, now),
        }
        self.ask(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        match &self.stage {
            Stage::Opening { until, .. } if *until <= now => self.end(HostEnding::LineLost),
            Stage::InRoom(it) if it.mail.is_lost(now) => self.close(HostEnding::LineLost),
            Stage::InRoom(it) if !it.joined && it.wait_until <= now => {
                self.close(HostEnding::NobodyCame);
            }
            Stage::Resting | Stage::Opening { .. } | Stage::InRoom(_) => {}
        }
        self.ask(now);
    }

    pub fn poll_command(&mut self) -> Option<HostCommand> {
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
            Stage::InRoom(it) if it.joined => Some(it.mail.poll_timeout()),
            Stage::InRoom(it) => Some(it.mail.poll_timeout().min(it.wait_until)),
        }
    }

    /// Whether an agent is asked for or there.
    pub fn is_resting(&self) -> bool {
        matches!(self.stage, Stage::Resting)
    }

    /// The room in which the citizen is with an agent.
    pub fn room(&self) -> Option<&RoomId> {
        match &self.stage {
            Stage::InRoom(it) if it.joined => Some(&it.room),
            Stage::Resting | Stage::Opening { .. } | Stage::InRoom(_) => None,
        }
    }

    fn asked(&mut self, opening: Opening, form: Form, now: Instant) {
        if self.is_resting() {
            self.form = Some(form);
            self.stage = Stage::Opening {
                opening,
                asked: None,
                retry_at: now,
                until: now + OPEN_WITHIN,
            };
        }
    }

    fn shown(&mut self, form: Form) {
        if self.is_resting() || self.form.as_ref() == Some(&form) {
            return;
        }
        let may_be_filled = form.may_be_filled();
        self.form = Some(form);
        self.show();
        // Where nothing can be filled in, nobody is asked whether it should be.
        if let Stage::InRoom(it) = &self.stage
            && let Some(open) = it.proposal.as_ref().filter(|_| !may_be_filled)
        {
            let number = open.proposal;
            self.answer_agent(number, false);
            self.report(HostReport::TakenBack);
        }
    }

    /// Nothing of the form leaves the kiosk before somebody is there to see it.
    fn show(&mut self) {
        if let Stage::InRoom(it) = &mut self.stage
            && it.joined
            && let Some(form) = self.form.clone()
        {
            let replaces = |last: &FromKiosk| matches!(last, FromKiosk::Shows { .. });
            it.mail.say(FromKiosk::Shows { form }, replaces);
        }
    }

    fn answer_agent(&mut self, number: u32, wanted: bool) {
        let Stage::InRoom(it) = &mut self.stage else {
            return;
        };
        // The citizen may have touched what was taken back in the same moment.
        if it.proposal.take_if(|it| it.proposal == number).is_none() {
            return;
        }
        let answer = if wanted {
            FromKiosk::Confirmed { proposal: number }
        } else {
            FromKiosk::Declined { proposal: number }
        };
        it.mail.say(answer, |_| false);
    }

    fn left(&mut self) {
        if let Stage::InRoom(it) = &self.stage {
            let room = it.room.clone();
            self.send(KioskQuestion::Close { room });
        }
        self.stage = Stage::Resting;
        self.form = None;
    }

    fn close(&mut self, ending: HostEnding) {
        self.left();
        self.report(HostReport::Ended(ending));
    }

    fn end(&mut self, ending: HostEnding) {
        self.stage = Stage::Resting;
        self.form = None;
        self.report(HostReport::Ended(ending));
    }

    fn answered(&mut self, attempt: Attempt, answer: Result<KioskAnswer, RoomFault>, now: Instant) {
        match answer {
            Ok(KioskAnswer::Opened(room)) => self.opened(attempt, room, now),
            Ok(KioskAnswer::Delivered(delivery)) => self.delivered(attempt, delivery, now),
            Ok(KioskAnswer::Closed) => {}
            Err(fault) => self.failed(attempt, fault, now),
        }
    }

    fn opened(&mut self, attempt: Attempt, room: RoomId, now: Instant) {
        match &self.stage {
            Stage::Opening { asked, .. } if *asked == Some(attempt) => {
                self.stage = Stage::InRoom(Box::new(InRoom {
                    room,
                    mail: Correspondence::new(now),
                    wait_until: now + WAIT_MAX,
                    joined: false,
                    ahead: None,
                    proposal: None,
                    last_proposal: 0,
                }));
            }
            // The citizen has gone meanwhile.
            Stage::Resting => self.send(KioskQuestion::Close { room }),
            // An older question's; the exchange keeps the newest room alone.
            Stage::Opening { .. } | Stage::InRoom(_) => {}
        }
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
                    self.commands.push_back(HostCommand::Ask(attempt, question));
                }
            }
            Stage::InRoom(it) => {
                while let Some((attempt, (posting, wait))) = it.mail.ask(now, &mut name) {
                    let room = it.room.clone();
                    let question = KioskQuestion::Post {
                        room,
                        posting,
                        wait,
                    };
                    self.commands.push_back(HostCommand::Ask(attempt, question));
                }
            }
        }
    }

    fn send(&mut self, question: KioskQuestion) {
        self.attempts += 1;
        let attempt = Attempt(self.attempts);
        self.commands.push_back(HostCommand::Ask(attempt, question));
    }

    fn report(&mut self, report: HostReport) {
        self.commands.push_back(HostCommand::Report(report));
    }
}
