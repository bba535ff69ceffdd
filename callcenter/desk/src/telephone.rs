//! The telephone as the desk sees it: a narrow port, and the call under way.
//!
//! The far end (a softphone, a switch) is not the desk's. It says
//! [`TelephoneEvent`]s and is told [`TelephoneOrder`]s; a desk without one says
//! so and works all the same.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use privacy::Personal;
use request::RequestId;

use crate::shift::Presence;

/// What the desk asks of the telephone. It is done when an event says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneOrder {
    Present(Presence),
    /// Proves to the switch who works here.
    SignIn {
        agent: String,
        passphrase: Personal<String>,
    },
    Answer,
    Hold,
    Retrieve,
    Mute,
    Unmute,
    /// Hands the caller on, without asking whoever comes next.
    Transfer {
        to: Personal<String>,
    },
    HangUp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneEvent {
    /// It can be called.
    Registered,
    /// It cannot be called now; a call that is up may go on.
    Unregistered,
    Ringing(Ringing),
    Answered,
    Held,
    Retrieved,
    Muted,
    Unmuted,
    /// The call is over, whoever ended it, or was given to somebody else.
    Ended,
    /// The switch knows who works here.
    SignedIn,
    SignInRefused(SignInFault),
    /// The switch cannot be reached; a call that is up may go on.
    Away,
    /// The switch offers the agent nothing more, after calls that were missed.
    SentOnBreak,
    /// The switch did not do what was asked.
    NotDone(NotDone),
}

/// Why the switch does not let an agent in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInFault {
    WrongPassphrase,
    /// For so many seconds.
    LockedOut(u64),
    /// At this station.
    Elsewhere(String),
    Unknown,
    /// The switch has forgotten who worked here.
    Over,
    Busy,
}

/// Why something asked for does not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    NotNow,
    /// Nobody is called that.
    UnknownDestination,
    /// It is done at the telephone itself.
    AtTheTelephone,
}

/// A call that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ringing {
    /// The queue's name, as agents know it.
    pub queue: String,
    /// How long the caller has waited already.
    pub waited: Duration,
    /// The caller's number, where it is shown.
    pub caller: Option<Personal<String>>,
    /// Requests the call is about, as a kiosk or an earlier call named them.
    pub requests: Vec<RequestId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// No telephone belongs to this desk.
    NotConfigured,
    Unregistered,
    Resting,
    Ringing,
    Talking {
        held: bool,
        muted: bool,
    },
}

/// What follows from what the telephone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneCommand {
    Order(TelephoneOrder),
    CallBegan,
    CallEnded,
}

/// The call under way, if any.
#[derive(Debug)]
pub struct Telephone {
    state: CallState,
    call: Option<Ringing>,
    since: Option<Instant>,
    commands: VecDeque<TelephoneCommand>,
}

/// What an agent does with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallTouch {
    Answer,
    /// Holds, or takes back.
    Hold,
    /// Mutes, or lets be heard again.
    Mute,
    Transfer {
        to: Personal<String>,
    },
    HangUp,
}

impl Telephone {
    pub fn new(configured: bool) -> Self {
        Self {
            state: if configured {
                CallState::Unregistered
            } else {
                CallState::NotConfigured
            },
            call: None,
            since: None,
            commands: VecDeque::new(),
        }
    }

    /// Takes over what happens to the call; what it says of the agent is the
    /// workplace's.
    pub fn handle(&mut self, event: TelephoneEvent, now: Instant) {
        match (self.state, event) {
            (CallState::NotConfigured, _) => {}
            (CallState::Unregistered, TelephoneEvent::Registered) => {
                self.enter(CallState::Resting, now);
            }
            (CallState::Resting | CallState::Unregistered, TelephoneEvent::Ringing(ringing)) => {
                self.call = Some(ringing);
                self.enter(CallState::Ringing, now);
            }
            (CallState::Resting, TelephoneEvent::Unregistered) => {
                self.enter(CallState::Unregistered, now);
            }
            (CallState::Ringing, TelephoneEvent::Answered) => {
                self.enter(
                    CallState::Talking {
                        held: false,
                        muted: false,
                    },
                    now,
                );
                self.commands.push_back(TelephoneCommand::CallBegan);
            }
            (CallState::Ringing, TelephoneEvent::Ended) => self.rest(now),
            (CallState::Talking { .. }, TelephoneEvent::Ended) => {
                self.rest(now);
                self.commands.push_back(TelephoneCommand::CallEnded);
            }
            (CallState::Talking { muted, .. }, TelephoneEvent::Held) => {
                self.state = CallState::Talking { held: true, muted };
            }
            (CallState::Talking { muted, .. }, TelephoneEvent::Retrieved) => {
                self.state = CallState::Talking { held: false, muted };
            }
            (CallState::Talking { held, .. }, TelephoneEvent::Muted) => {
                self.state = CallState::Talking { held, muted: true };
            }
            (CallState::Talking { held, .. }, TelephoneEvent::Unmuted) => {
                self.state = CallState::Talking { held, muted: false };
            }
            // A second call, or word about one that is over.
            (
                CallState::Unregistered
                | CallState::Resting
                | CallState::Ringing
                | CallState::Talking { .. },
                _,
            ) => {}
        }
    }

    /// Passes an agent's wish on, where it makes sense now.
    pub fn touch(&mut self, touch: CallTouch) {
        let order = match (self.state, touch) {
            (CallState::Ringing, CallTouch::Answer) => TelephoneOrder::Answer,
            (CallState::Ringing | CallState::Talking { .. }, CallTouch::HangUp) => {
                TelephoneOrder::HangUp
            }
            (CallState::Talking { held: false, .. }, CallTouch::Hold) => TelephoneOrder::Hold,
            (CallState::Talking { held: true, .. }, CallTouch::Hold) => TelephoneOrder::Retrieve,
            (CallState::Talking { muted: false, .. }, CallTouch::Mute) => TelephoneOrder::Mute,
            (CallState::Talking { muted: true, .. }, CallTouch::Mute) => TelephoneOrder::Unmute,
            (CallState::Talking { .. }, CallTouch::Transfer { to }) => {
                TelephoneOrder::Transfer { to }
            }
            (
                CallState::NotConfigured
                | CallState::Unregistered
                | CallState::Resting
                | CallState::Ringing
                | CallState::Talking { .. },
                _,
            ) => return,
        };
        self.commands.push_back(TelephoneCommand::Order(order));
    }

    /// Tells the far end about the agent.
    pub fn present(&mut self, presence: Presence) {
        if self.state != CallState::NotConfigured {
            let order = TelephoneOrder::Present(presence);
            self.commands.push_back(TelephoneCommand::Order(order));
        }
    }

    pub fn poll_command(&mut self) -> Option<TelephoneCommand> {
        self.commands.pop_front()
    }

    pub fn state(&self) -> CallState {
        self.state
    }

    pub fn call(&self) -> Option<&Ringing> {
        self.call.as_ref()
    }

    /// When the present state began.
    pub fn since(&self) -> Option<Instant> {
        self.since
    }

    fn rest(&mut self, now: Instant) {
        self.call = None;
        self.enter(CallState::Resting, now);
    }

    fn enter(&mut self, state: CallState, now: Instant) {
        self.state = state;
        self.since = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ringing() -> TelephoneEvent {
        TelephoneEvent::Ringing(Ringing {
            queue: "증명".to_owned(),
            waited: Duration::from_secs(40),
            caller: None,
            requests: Vec::new(),
        })
    }

    fn said(telephone: &mut Telephone) -> Vec<TelephoneCommand> {
        std::iter::from_fn(|| telephone.poll_command()).collect()
    }

    #[test]
    fn a_call_is_up_when_the_far_end_says_so_and_not_before() {
        let now = Instant::now();
        let mut telephone = Telephone::new(true);
        telephone.handle(TelephoneEvent::Registered, now);
        telephone.handle(ringing(), now);

        telephone.touch(CallTouch::Answer);
        assert_eq!(telephone.state(), CallState::Ringing);
        telephone.handle(TelephoneEvent::Answered, now);

        let answered = TelephoneCommand::Order(TelephoneOrder::Answer);
        assert_eq!(
            said(&mut telephone),
            [answered, TelephoneCommand::CallBegan]
        );
    }

    #[test]
    fn a_caller_who_gives_up_while_it_rings_leaves_no_call_behind() {
        let now = Instant::now();
        let mut telephone = Telephone::new(true);
        telephone.handle(TelephoneEvent::Registered, now);
        telephone.handle(ringing(), now);

        telephone.handle(TelephoneEvent::Ended, now);
        telephone.touch(CallTouch::Answer);
        telephone.handle(TelephoneEvent::Answered, now);

        assert_eq!(telephone.state(), CallState::Resting);
        assert_eq!(said(&mut telephone), []);
    }

    #[test]
    fn one_key_holds_and_takes_back() {
        let now = Instant::now();
        let mut telephone = Telephone::new(true);
        telephone.handle(TelephoneEvent::Registered, now);
        telephone.handle(ringing(), now);
        telephone.handle(TelephoneEvent::Answered, now);
        said(&mut telephone);

        telephone.touch(CallTouch::Hold);
        telephone.handle(TelephoneEvent::Held, now);
        telephone.touch(CallTouch::Hold);

        let orders = [TelephoneOrder::Hold, TelephoneOrder::Retrieve];
        assert_eq!(said(&mut telephone), orders.map(TelephoneCommand::Order));
    }

    #[test]
    fn a_desk_without_a_telephone_orders_nothing() {
        let mut telephone = Telephone::new(false);

        telephone.handle(ringing(), Instant::now());
        telephone.touch(CallTouch::Answer);
        telephone.present(Presence::SignedOut);

        assert_eq!(telephone.state(), CallState::NotConfigured);
        assert_eq!(said(&mut telephone), []);
    }
}
