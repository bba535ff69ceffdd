//! One caller's talk: its legs, who hears whom, and how it ends.
//!
//! A conversation begins when the distributor bridges a caller and an agent.
//! After every event media is told what has changed: who hears whom, who hears
//! music, whether it is recorded, and the agent whether he is monitored. Where
//! everybody else has gone the caller is never left with nothing: he talks on
//! with an office outside, waits again, or is hung up because his agent did.
//!
//! An agent's leg that ends is told the conversation first and then the
//! distributor: where the conversation says `ReturnCaller`, the distributor
//! hears that the leg was lost, so that both do the same.

mod acting;
mod command;
mod event;
mod leaving;
mod leg;
mod party_state;
mod recording;
mod sound;
mod supervision;

#[cfg(test)]
mod observer;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod talk_tests;
#[cfg(test)]
mod walk_tests;

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

pub use command::{ConversationCommand, Reminder};
pub use event::{Action, ConversationEvent, Destination, Forbidden, Sensitive, Target};
use leg::Leg;
pub use leg::{LegId, Mode, Role};
pub use party_state::PartyState;
pub use recording::PauseReason;
use recording::Recording;
pub use sound::Matrix;
use sound::Sound;

use crate::{AgentId, Departure};

/// The caller's leg in every conversation.
const CALLER: LegId = LegId(0);
/// The first agent's.
const AGENT: LegId = LegId(1);
/// Parties and supervisors together.
const LEGS_MOST: usize = 10;
/// Then a party that does not answer is given up.
const DIAL_LONGEST: Duration = Duration::from_secs(45);
/// Then a distributor that says nothing has refused.
const HAND_OVER_LONGEST: Duration = Duration::from_secs(5);
const REMIND_EVERY: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Talking,
    /// Caller and offices hear music; the agents are together.
    Held {
        by: LegId,
        remind_at: Instant,
    },
    /// Two speak alone; whoever is left with the caller talks on.
    Consulting {
        by: LegId,
        with: LegId,
    },
    /// An office is being dialed that takes the caller when it answers.
    Forwarding {
        with: LegId,
    },
    /// The distributor is asked to take the caller.
    HandingOver {
        until: Instant,
    },
    Over,
}

/// A conversation, from the bridge to the last leg's end.
#[derive(Debug)]
pub struct Conversation {
    legs: BTreeMap<LegId, Leg>,
    phase: Phase,
    next_leg: u32,
    recording: Recording,
    remind_pause_at: Option<Instant>,
    /// The distributor was told that no agent is left.
    sent_out: bool,
    told_over: bool,
    /// As it was ordered last.
    sound: Sound,
    commands: VecDeque<ConversationCommand>,
}

impl Conversation {
    /// A caller and an agent who were just bridged.
    pub fn new(agent: AgentId) -> Self {
        let caller = (CALLER, Leg::up(Role::Caller));
        let agent = (AGENT, Leg::up(Role::Agent(agent)));
        let mut conversation = Self {
            legs: BTreeMap::from([caller, agent]),
            phase: Phase::Talking,
            next_leg: AGENT.0 + 1,
            recording: Recording::default(),
            remind_pause_at: None,
            sent_out: false,
            told_over: false,
            sound: Sound::default(),
            commands: VecDeque::new(),
        };
        conversation.tell_changes();
        conversation
    }

    /// The caller's leg.
    pub fn caller(&self) -> LegId {
        CALLER
    }

    /// The leg of the agent it began with.
    pub fn first_agent(&self) -> LegId {
        AGENT
    }

    /// Supervisors on the line: who, with which agent's leg, and how.
    pub fn supervisors(&self) -> impl Iterator<Item = (AgentId, LegId, Mode)> {
        let legs = self.legs.values().filter(|it| it.is_up());
        legs.filter_map(|leg| match leg.role {
            Role::Supervisor {
                agent,
                watching,
                mode,
            } => Some((agent, watching, mode)),
            Role::Caller | Role::Agent(_) | Role::Outside(_) => None,
        })
    }

    /// Everybody who takes part or is being called.
    pub fn parties(&self) -> impl Iterator<Item = (LegId, &Role)> {
        self.legs.iter().map(|(id, leg)| (*id, &leg.role))
    }

    /// Takes over what happened.
    ///
    /// # Errors
    /// What cannot be done now; then nothing has changed. What merely comes
    /// late is no error.
    pub fn handle(&mut self, event: ConversationEvent, now: Instant) -> Result<(), Forbidden> {
        match event {
            ConversationEvent::Asked { by, action } => self.act(by, action, now)?,
            ConversationEvent::DialAnswered { leg } => self.dial_answered(leg),
            ConversationEvent::DialFailed { leg } => self.dial_failed(leg, now),
            ConversationEvent::Left { leg, how } => self.left(leg, how, now),
            ConversationEvent::HandedOver => self.handed_over(),
            ConversationEvent::HandOverRefused => self.hand_over_refused(now),
            ConversationEvent::SupervisorCame {
                agent,
                watching,
                mode,
            } => self.supervisor_came(agent, watching, mode, now)?,
            ConversationEvent::SupervisorChanged { leg, mode } => {
                self.supervisor_changed(leg, mode)?;
            }
            ConversationEvent::SupervisorWent { leg } => self.supervisor_went(leg)?,
        }
        self.tell_changes();
        Ok(())
    }

    /// Gives up what nobody answers, and reminds of what was forgotten.
    pub fn handle_timeout(&mut self, now: Instant) {
        let legs = self.legs.iter();
        let unanswered = legs.filter(|(_, leg)| leg.dialed_until().is_some_and(|it| it <= now));
        let unanswered: Vec<LegId> = unanswered.map(|(id, _)| *id).collect();
        for leg in unanswered {
            self.order(ConversationCommand::EndLeg { leg });
            self.dial_failed(leg, now);
        }
        if matches!(self.phase, Phase::HandingOver { until } if until <= now) {
            self.hand_over_refused(now);
        }
        if let Phase::Held { by, remind_at } = self.phase
            && remind_at <= now
        {
            let of = Reminder::CallerHeld;
            self.order(ConversationCommand::Remind { leg: by, of });
            self.hold(by, now);
        }
        if self.remind_pause_at.is_some_and(|it| it <= now) {
            self.remind_pause_at = Some(now + REMIND_EVERY);
            let agents = if self.recording.wanted {
                self.agents()
            } else {
                Vec::new()
            };
            for leg in agents {
                let of = Reminder::RecordingPaused;
                self.order(ConversationCommand::Remind { leg, of });
            }
        }
        self.tell_changes();
    }

    /// The next thing to do, oldest first.
    pub fn poll_command(&mut self) -> Option<ConversationCommand> {
        self.commands.pop_front()
    }

    /// When to call [`Conversation::handle_timeout`] at the latest.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let phase = match self.phase {
            Phase::Held { remind_at, .. } => Some(remind_at),
            Phase::HandingOver { until } => Some(until),
            Phase::Over => return None,
            Phase::Talking | Phase::Consulting { .. } | Phase::Forwarding { .. } => None,
        };
        let dials = self.legs.values().filter_map(Leg::dialed_until);
        dials.chain(phase).chain(self.remind_pause_at).min()
    }

    fn order(&mut self, command: ConversationCommand) {
        self.commands.push_back(command);
    }

    /// Orders what differs from what was ordered before.
    fn tell_changes(&mut self) {
        self.follow_agents();
        let sound = self.sound();
        let before = std::mem::replace(&mut self.sound, sound.clone());
        for leg in before.music.difference(&sound.music) {
            if self.legs.contains_key(leg) {
                self.order(ConversationCommand::StopMusic { leg: *leg });
            }
        }
        if sound.matrix != before.matrix && self.phase != Phase::Over {
            self.order(ConversationCommand::Mix(sound.matrix));
        }
        for leg in sound.music.difference(&before.music) {
            self.order(ConversationCommand::PlayMusic { leg: *leg });
        }
        self.tell_monitored(&before.monitored, &sound.monitored);
        if self.phase == Phase::Over {
            self.recording.wanted = false;
            self.remind_pause_at = None;
        }
        let caller_away = sound.music.contains(&CALLER);
        for command in self.recording.follow(caller_away) {
            self.order(command);
        }
        if self.phase == Phase::Over && !std::mem::replace(&mut self.told_over, true) {
            self.order(ConversationCommand::Over);
        }
    }

    fn tell_monitored(&mut self, before: &BTreeMap<LegId, Mode>, now: &BTreeMap<LegId, Mode>) {
        let legs: Vec<LegId> = self.legs.keys().copied().collect();
        for leg in legs {
            let mode = now.get(&leg).copied();
            if before.get(&leg).copied() != mode {
                self.order(ConversationCommand::Monitored { leg, mode });
            }
        }
    }
}
