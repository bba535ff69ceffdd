//! An agent's shift: signed in, ready, talking, wrapping up, on a break.
//!
//! Four verbs, no I/O. What the shift wants the telephone to know comes out as
//! [`ShiftCommand::Present`]; whether a call may be offered is the switch's
//! business.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// The longest name of an agent.
pub const AGENT_LETTERS_MAX: usize = 32;

/// Why an agent takes no calls for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakReason {
    Rest,
    Meal,
    Training,
    /// Something to be done away from the telephone.
    Errand,
}

impl BreakReason {
    pub const ALL: [Self; 4] = [Self::Rest, Self::Meal, Self::Training, Self::Errand];
}

/// What the switch is told about the agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    SignedOut,
    Ready { agent: String },
    WrapUp { agent: String },
    Break { agent: String, reason: BreakReason },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftState {
    SignedOut,
    Ready,
    Talking,
    WrapUp,
    Break(BreakReason),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShiftEvent {
    SignIn {
        agent: String,
    },
    /// Ready for the next call; ends a break and a wrap-up.
    Ready,
    /// At once, or when the present call and its wrap-up are over.
    Break(BreakReason),
    SignOut,
    CallBegan,
    CallEnded,
    /// Work that a caller waits for is open, or no longer.
    Occupied(bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShiftCommand {
    Present(Presence),
}

/// Why the shift does not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShiftRefusal {
    #[error("an agent's name has one to thirty-two letters, digits, dots or hyphens")]
    AgentName,
    #[error("somebody is signed in")]
    SignedIn,
    #[error("nobody is signed in")]
    SignedOut,
    #[error("a call or a request is not finished")]
    Unfinished,
}

/// One agent's time at the desk.
#[derive(Debug)]
pub struct Shift {
    agent: Option<String>,
    state: ShiftState,
    since: Option<Instant>,
    /// A break that was asked for while somebody was on the line.
    next_break: Option<BreakReason>,
    occupied: bool,
    wrap_up: Duration,
    wrap_up_ends: Option<Instant>,
    commands: VecDeque<ShiftCommand>,
}

impl Shift {
    /// `wrap_up` is how long an agent has after a call before the next one.
    pub fn new(wrap_up: Duration) -> Self {
        Self {
            agent: None,
            state: ShiftState::SignedOut,
            since: None,
            next_break: None,
            occupied: false,
            wrap_up,
            wrap_up_ends: None,
            commands: VecDeque::new(),
        }
    }

    /// # Errors
    /// Why it does not happen; nothing has changed then.
    pub fn handle(&mut self, event: ShiftEvent, now: Instant) -> Result<(), ShiftRefusal> {
        match (self.state, event) {
            (_, ShiftEvent::Occupied(occupied)) => self.occupied = occupied,
            (ShiftState::SignedOut, ShiftEvent::SignIn { agent }) => self.sign_in(&agent, now)?,
            (ShiftState::SignedOut, ShiftEvent::CallBegan | ShiftEvent::CallEnded) => {}
            (
                ShiftState::SignedOut,
                ShiftEvent::Ready | ShiftEvent::Break(_) | ShiftEvent::SignOut,
            ) => return Err(ShiftRefusal::SignedOut),
            (_, ShiftEvent::SignIn { .. }) => return Err(ShiftRefusal::SignedIn),
            (ShiftState::Talking, ShiftEvent::SignOut) => return Err(ShiftRefusal::Unfinished),
            (_, ShiftEvent::SignOut) if self.occupied => return Err(ShiftRefusal::Unfinished),
            (_, ShiftEvent::SignOut) => {
                self.agent = None;
                self.next_break = None;
                self.enter(ShiftState::SignedOut, now);
            }
            (ShiftState::Talking, ShiftEvent::Break(reason)) => self.next_break = Some(reason),
            (ShiftState::Talking, ShiftEvent::Ready) => self.next_break = None,
            (ShiftState::Ready, ShiftEvent::Ready) => {}
            (_, ShiftEvent::Ready) => self.enter(ShiftState::Ready, now),
            (_, ShiftEvent::Break(reason)) => self.enter(ShiftState::Break(reason), now),
            (ShiftState::Talking, ShiftEvent::CallBegan) => {}
            (_, ShiftEvent::CallBegan) => self.enter(ShiftState::Talking, now),
            (ShiftState::Talking, ShiftEvent::CallEnded) => self.enter(ShiftState::WrapUp, now),
            (_, ShiftEvent::CallEnded) => {}
        }
        Ok(())
    }

    /// A wrap-up is over; while a request is still open it waits for the agent.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.wrap_up_ends.is_some_and(|due| due <= now) {
            self.wrap_up_ends = None;
            if !self.occupied {
                self.after_wrap_up(now);
            }
        }
    }

    pub fn poll_command(&mut self) -> Option<ShiftCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.wrap_up_ends
    }

    pub fn state(&self) -> ShiftState {
        self.state
    }

    pub fn agent(&self) -> Option<&str> {
        self.agent.as_deref()
    }

    /// When the present state began.
    pub fn since(&self) -> Option<Instant> {
        self.since
    }

    /// When the wrap-up ends by itself.
    pub fn wrap_up_ends(&self) -> Option<Instant> {
        self.wrap_up_ends
    }

    pub fn next_break(&self) -> Option<BreakReason> {
        self.next_break
    }

    /// What the switch is to know of the agent; nothing while it knows better.
    pub fn presence(&self) -> Option<Presence> {
        let agent = self.agent.clone().unwrap_or_default();
        match self.state {
            ShiftState::SignedOut => Some(Presence::SignedOut),
            ShiftState::Ready => Some(Presence::Ready { agent }),
            ShiftState::WrapUp => Some(Presence::WrapUp { agent }),
            ShiftState::Break(reason) => Some(Presence::Break { agent, reason }),
            // The switch knows who talks.
            ShiftState::Talking => None,
        }
    }

    fn sign_in(&mut self, agent: &str, now: Instant) -> Result<(), ShiftRefusal> {
        let agent = agent.trim();
        let letters = agent.chars().count();
        let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
        if letters == 0 || letters > AGENT_LETTERS_MAX || !agent.chars().all(plain) {
            return Err(ShiftRefusal::AgentName);
        }
        self.agent = Some(agent.to_owned());
        // Nobody is thrown into a call by signing in.
        self.enter(ShiftState::Break(BreakReason::Errand), now);
        Ok(())
    }

    fn after_wrap_up(&mut self, now: Instant) {
        match self.next_break.take() {
            Some(reason) => self.enter(ShiftState::Break(reason), now),
            None => self.enter(ShiftState::Ready, now),
        }
    }

    fn enter(&mut self, state: ShiftState, now: Instant) {
        self.state = state;
        self.since = Some(now);
        self.wrap_up_ends = (state == ShiftState::WrapUp).then(|| now + self.wrap_up);
        if matches!(state, ShiftState::Break(_)) {
            self.next_break = None;
        }
        let presence = self.presence().map(ShiftCommand::Present);
        self.commands.extend(presence);
    }
}

#[cfg(test)]
mod tests;
