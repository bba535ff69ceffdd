//! An observer outside the conversation: it hears commands alone, keeps what a
//! switch would have by then, and knows what must never be.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use super::{
    AGENT, CALLER, Conversation, ConversationCommand, ConversationEvent, LegId, Matrix, Mode,
    PauseReason, Phase, Role,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    Off,
    On,
    Paused(PauseReason),
}

type Law = Result<(), String>;

fn law(holds: bool, broken: impl FnOnce() -> String) -> Law {
    if holds { Ok(()) } else { Err(broken()) }
}

/// What a switch has after carrying out all commands.
#[derive(Debug)]
pub(super) struct Observer {
    dialing: BTreeSet<LegId>,
    up: BTreeSet<LegId>,
    /// Ended legs; an answer to one of them must be ended again.
    ended: BTreeSet<LegId>,
    pub(super) music: BTreeSet<LegId>,
    pub(super) matrix: Matrix,
    pub(super) tape: Heard,
    pub(super) monitored: BTreeMap<LegId, Mode>,
    /// The caller is another's: handed over or returned.
    pub(super) caller_released: bool,
    pub(super) returned: bool,
    pub(super) sent_out: bool,
    pub(super) over: bool,
    late: Option<LegId>,
}

impl Observer {
    pub(super) fn new() -> Self {
        Self {
            dialing: BTreeSet::new(),
            up: BTreeSet::from([CALLER, AGENT]),
            ended: BTreeSet::new(),
            music: BTreeSet::new(),
            matrix: Matrix::default(),
            tape: Heard::Off,
            monitored: BTreeMap::new(),
            caller_released: false,
            returned: false,
            sent_out: false,
            over: false,
            late: None,
        }
    }

    /// A switch tells of legs alone that it was told to make.
    pub(super) fn possible(&self, event: &ConversationEvent) -> bool {
        match event {
            ConversationEvent::DialAnswered { leg }
            | ConversationEvent::DialFailed { leg }
            | ConversationEvent::Left { leg, .. } => {
                let sets = [&self.dialing, &self.up, &self.ended];
                sets.iter().any(|it| it.contains(leg))
            }
            ConversationEvent::Asked { .. }
            | ConversationEvent::HandedOver
            | ConversationEvent::HandOverRefused
            | ConversationEvent::SupervisorCame { .. }
            | ConversationEvent::SupervisorChanged { .. }
            | ConversationEvent::SupervisorWent { .. } => true,
        }
    }

    pub(super) fn hear(&mut self, event: &ConversationEvent) {
        match event {
            ConversationEvent::DialAnswered { leg } => {
                if self.dialing.remove(leg) {
                    self.up.insert(*leg);
                } else if !self.up.contains(leg) {
                    self.late = Some(*leg);
                }
            }
            ConversationEvent::DialFailed { leg } => {
                if self.dialing.remove(leg) {
                    self.ended.insert(*leg);
                }
            }
            ConversationEvent::Left { leg, .. } => {
                self.gone(*leg);
            }
            ConversationEvent::HandedOver => self.caller_released = !self.over,
            ConversationEvent::Asked { .. }
            | ConversationEvent::HandOverRefused
            | ConversationEvent::SupervisorCame { .. }
            | ConversationEvent::SupervisorChanged { .. }
            | ConversationEvent::SupervisorWent { .. } => {}
        }
    }

    fn gone(&mut self, leg: LegId) -> bool {
        let was = self.up.remove(&leg) | self.dialing.remove(&leg);
        self.music.remove(&leg);
        self.monitored.remove(&leg);
        self.ended.insert(leg);
        was
    }

    pub(super) fn see(&mut self, command: &ConversationCommand) -> Law {
        let up = |it: &LegId| self.up.contains(it);
        match command {
            ConversationCommand::Dial { leg, .. }
            | ConversationCommand::DialSupervisor { leg, .. } => {
                let new = !self.ended.contains(leg) && self.dialing.insert(*leg);
                law(new && !self.up.contains(leg), || format!("{leg:?} again"))
            }
            ConversationCommand::EndLeg { leg } => {
                let late = self.late == Some(*leg) && self.late.take().is_some();
                let was = self.gone(*leg);
                law(was || late, || format!("{leg:?} is ended and was gone"))
            }
            ConversationCommand::Mix(matrix) => {
                let known = matrix.0.iter().all(|(id, heard)| {
                    up(id) && heard.iter().all(|other| up(other) && other != id)
                });
                self.matrix = matrix.clone();
                law(known, || format!("{matrix:?} mixes who is not here"))
            }
            ConversationCommand::PlayMusic { leg } => {
                let new = up(leg) && !self.music.contains(leg);
                self.music.insert(*leg);
                law(new, || format!("{leg:?} cannot begin to hear music"))
            }
            ConversationCommand::StopMusic { leg } => {
                law(self.music.remove(leg), || format!("{leg:?} hears no music"))
            }
            ConversationCommand::StartRecording => self.turn(&[Heard::Off], Heard::On),
            ConversationCommand::PauseRecording(why) => {
                law(self.tape != Heard::Off, || "paused while off".into())?;
                self.tape = Heard::Paused(*why);
                Ok(())
            }
            ConversationCommand::ResumeRecording => {
                law(matches!(self.tape, Heard::Paused(_)), || {
                    "resumed and not paused".into()
                })?;
                self.tape = Heard::On;
                Ok(())
            }
            ConversationCommand::StopRecording => {
                law(self.tape != Heard::Off, || "stopped while off".into())?;
                self.tape = Heard::Off;
                Ok(())
            }
            ConversationCommand::Monitored { leg, mode } => {
                law(up(leg), || format!("{leg:?} is told and not here"))?;
                match mode {
                    Some(mode) => drop(self.monitored.insert(*leg, *mode)),
                    None => drop(self.monitored.remove(leg)),
                }
                Ok(())
            }
            ConversationCommand::ReturnCaller => {
                let here = self.up.remove(&CALLER);
                self.music.remove(&CALLER);
                self.caller_released = true;
                self.returned = true;
                law(here, || "a caller is returned who is gone".into())
            }
            ConversationCommand::SentOut => {
                law(!std::mem::replace(&mut self.sent_out, true), || {
                    "sent out twice".into()
                })
            }
            ConversationCommand::HandOver(_) => Ok(()),
            ConversationCommand::Remind { leg, .. } => {
                law(up(leg), || format!("{leg:?} is reminded and not here"))
            }
            ConversationCommand::Over => law(!std::mem::replace(&mut self.over, true), || {
                "over twice".into()
            }),
        }
    }

    fn turn(&mut self, from: &[Heard], to: Heard) -> Law {
        law(from.contains(&self.tape), || {
            format!("{:?} to {to:?}", self.tape)
        })?;
        self.tape = to;
        Ok(())
    }

    /// What must hold once all commands of an event are carried out.
    pub(super) fn check(&mut self, conversation: &Conversation, now: Instant) -> Law {
        law(self.late.is_none(), || {
            format!("{:?} was answered late and left open", self.late)
        })?;
        if self.caller_released {
            self.up.remove(&CALLER);
            self.music.remove(&CALLER);
        }
        if self.over {
            law(self.up.is_empty() && self.dialing.is_empty(), || {
                format!("over, and {:?} {:?} are left", self.up, self.dialing)
            })?;
            law(self.tape == Heard::Off, || "over and recording".into())?;
            return law(conversation.poll_timeout().is_none(), || {
                "over and waiting for something".into()
            });
        }
        law(self.up.contains(&CALLER), || {
            "the caller is gone and it is not over".into()
        })?;
        law(self.matrix.0.keys().eq(self.up.iter()), || {
            format!("{:?} are up and {:?} are mixed", self.up, self.matrix)
        })?;
        self.nobody_is_left_hanging(conversation, now)?;
        self.privacy_is_kept(conversation)
    }

    /// The caller is spoken to, or hears music while somebody is responsible.
    fn nobody_is_left_hanging(&self, conversation: &Conversation, now: Instant) -> Law {
        let roles: BTreeMap<LegId, &Role> = conversation.parties().collect();
        let partner = |id: &LegId| matches!(roles[id], Role::Agent(_) | Role::Outside(_));
        let heard_by = |it: &&LegId| self.matrix.hears(**it, CALLER) && partner(it);
        let listeners = self.up.iter().filter(heard_by).count();
        if self.music.contains(&CALLER) {
            law(listeners == 0, || "music, and the caller is heard".into())?;
            let heard = &self.matrix.0[&CALLER];
            law(heard.iter().all(|it| !partner(it)), || {
                format!("the caller hears music and {heard:?}")
            })?;
            let responsible = self.up.iter().chain(&self.dialing).any(&partner);
            // The distributor is about to take him, or he is returned in time.
            let soon = now + super::HAND_OVER_LONGEST;
            let awaited = conversation.poll_timeout().is_some_and(|it| it <= soon);
            return law(responsible || awaited, || "music for ever".into());
        }
        law(listeners > 0, || {
            "nobody hears the caller, nor music".into()
        })?;
        for id in self.dialing.iter().filter(|it| partner(it)) {
            let awaited = match conversation.phase {
                Phase::Consulting { with, .. } | Phase::Forwarding { with } => with == *id,
                Phase::Talking | Phase::Held { .. } | Phase::HandingOver { .. } | Phase::Over => {
                    false
                }
            };
            law(awaited, || format!("{id:?} is dialed for nobody"))?;
        }
        let timeout = conversation.poll_timeout();
        law(
            self.dialing.is_empty() || timeout.is_some_and(|it| it > now),
            || "a party is dialed for ever".into(),
        )
    }

    fn privacy_is_kept(&self, conversation: &Conversation) -> Law {
        for (id, role) in conversation.parties() {
            let Role::Supervisor { watching, mode, .. } = role else {
                continue;
            };
            let hearers: Vec<&LegId> = self
                .up
                .iter()
                .filter(|it| self.matrix.hears(**it, id))
                .collect();
            let fits = match mode {
                Mode::Listen => hearers.is_empty(),
                Mode::Whisper => hearers.iter().all(|it| **it == *watching),
                Mode::Barge => true,
            };
            law(fits, || format!("{hearers:?} hear a supervisor: {mode:?}"))?;
            if self.up.contains(&id) {
                let told = self.monitored.get(watching);
                law(told.is_some_and(|told| told >= mode), || {
                    format!("{watching:?} is not told of {mode:?}")
                })?;
            }
        }
        let sensitive = !conversation.recording.sensitive.is_empty();
        law(!sensitive || self.tape != Heard::On, || {
            "what is sensitive is recorded".into()
        })?;
        let away = self.music.contains(&CALLER);
        law(!away || self.tape != Heard::On, || {
            "a consultation is recorded".into()
        })
    }
}
