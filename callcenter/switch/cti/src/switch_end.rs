//! The switch's end of a line: one desk, from its hello to its last frame.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{
    Claim, Closing, Event, FrameFault, FromDesk, FromSwitch, LoanRefusal, Proof, Request,
    SignInRefusal, SignedIn, TelephoneAccount, VERSION, heartbeat::Heartbeat, throttle::Throttle,
};

/// A desk that says nothing first is no desk.
const HELLO_WITHIN: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
pub enum SwitchEvent {
    Received(Result<FromDesk, FrameFault>),
    /// What became of [`SwitchCommand::SignIn`].
    SignInAnswered(Result<Box<SignedIn>, SignInRefusal>),
    /// What became of [`SwitchCommand::LendTelephone`].
    LoanAnswered(Result<TelephoneAccount, LoanRefusal>),
    /// The desk is to be told.
    Show(Event),
    /// More waits to be read by the desk than it is granted.
    Overrun,
    /// The switch wants the line no more.
    Dismissed(Closing),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwitchCommand {
    Send(FromSwitch),
    /// Find out whether this is true.
    SignIn(Claim),
    /// A kiosk wants to be called, and to call.
    LendTelephone,
    /// The agent has signed out.
    SignOut,
    Ask(Request),
    /// Close the line once everything before this is sent, or cannot be.
    Close(Closing),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Until then.
    AwaitingHello(Instant),
    SignedOut,
    Checking,
    SignedIn,
    /// A kiosk waits for its telephone.
    Lending,
    Lent,
    Closed,
}

/// One desk's line, seen from the switch.
#[derive(Debug)]
pub struct SwitchEnd {
    stage: Stage,
    heartbeat: Heartbeat,
    throttle: Throttle,
    commands: VecDeque<SwitchCommand>,
}

impl SwitchEnd {
    /// A line that has just come up.
    pub fn new(now: Instant) -> Self {
        let mut end = Self {
            stage: Stage::AwaitingHello(now + HELLO_WITHIN),
            heartbeat: Heartbeat::new(now),
            throttle: Throttle::new(now),
            commands: VecDeque::new(),
        };
        end.send(FromSwitch::Hello { version: VERSION });
        end
    }

    pub fn handle(&mut self, event: SwitchEvent, now: Instant) {
        if self.stage == Stage::Closed {
            return;
        }
        match event {
            SwitchEvent::Received(_) if !self.throttle.takes(now) => self.close(Closing::Flooding),
            SwitchEvent::Received(Ok(frame)) => self.received(frame, now),
            SwitchEvent::Received(Err(FrameFault::TooLong)) => self.close(Closing::TooLong),
            SwitchEvent::Received(Err(FrameFault::Malformed { .. })) => {
                self.close(Closing::Malformed);
            }
            SwitchEvent::SignInAnswered(answer) => self.sign_in_answered(answer),
            SwitchEvent::LoanAnswered(answer) => self.loan_answered(answer),
            SwitchEvent::Show(event) => {
                if self.stage == Stage::SignedIn {
                    self.send(FromSwitch::Event(Box::new(event)));
                }
            }
            SwitchEvent::Overrun => self.close(Closing::TooSlow),
            SwitchEvent::Dismissed(why) => self.close(why),
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        match self.stage {
            Stage::Closed => {}
            Stage::AwaitingHello(until) if until <= now => self.close(Closing::Silent),
            Stage::AwaitingHello(_)
            | Stage::SignedOut
            | Stage::Checking
            | Stage::SignedIn
            | Stage::Lending
            | Stage::Lent => {
                if self.heartbeat.is_gone(now) {
                    self.close(Closing::Silent);
                } else if let Some(number) = self.heartbeat.due(now) {
                    self.send(FromSwitch::Heartbeat { number });
                }
            }
        }
    }

    pub fn poll_command(&mut self) -> Option<SwitchCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.stage {
            Stage::Closed => None,
            Stage::AwaitingHello(until) => Some(until.min(self.heartbeat.poll_timeout())),
            Stage::SignedOut | Stage::Checking | Stage::SignedIn | Stage::Lending | Stage::Lent => {
                Some(self.heartbeat.poll_timeout())
            }
        }
    }

    fn received(&mut self, frame: FromDesk, now: Instant) {
        match (self.stage, frame) {
            (Stage::AwaitingHello(_), FromDesk::Hello { version: VERSION }) => {
                self.stage = Stage::SignedOut;
            }
            (Stage::AwaitingHello(_), FromDesk::Hello { .. }) => {
                self.close(Closing::Version { ours: VERSION });
            }
            (Stage::AwaitingHello(_), _) | (_, FromDesk::Hello { .. }) => {
                self.close(Closing::OutOfPlace);
            }
            (_, FromDesk::Heartbeat { number }) => {
                self.send(FromSwitch::HeartbeatHeard { number });
            }
            (_, FromDesk::HeartbeatHeard { number }) => self.heartbeat.heard(number, now),
            (
                Stage::SignedOut,
                FromDesk::SignIn {
                    account,
                    passphrase,
                },
            ) => self.check(account, Proof::Passphrase(passphrase)),
            (
                Stage::SignedOut,
                FromDesk::Resume {
                    account,
                    resumption,
                },
            ) => self.check(account, Proof::Resumption(resumption)),
            (Stage::SignedOut, FromDesk::BorrowTelephone) => {
                self.stage = Stage::Lending;
                self.commands.push_back(SwitchCommand::LendTelephone);
            }
            (Stage::SignedIn, FromDesk::SignOut) => {
                self.stage = Stage::SignedOut;
                self.commands.push_back(SwitchCommand::SignOut);
            }
            (Stage::SignedIn, FromDesk::Request(request)) => {
                self.commands.push_back(SwitchCommand::Ask(request));
            }
            // Said before the desk could know what had become of its agent.
            (Stage::SignedOut, FromDesk::SignOut | FromDesk::Request(_)) => {}
            (
                Stage::Checking | Stage::SignedIn | Stage::Lending | Stage::Lent | Stage::Closed,
                FromDesk::SignIn { .. }
                | FromDesk::Resume { .. }
                | FromDesk::SignOut
                | FromDesk::BorrowTelephone
                | FromDesk::Request(_),
            ) => self.close(Closing::OutOfPlace),
        }
    }

    fn check(&mut self, account: String, proof: Proof) {
        self.stage = Stage::Checking;
        let claim = Claim { account, proof };
        self.commands.push_back(SwitchCommand::SignIn(claim));
    }

    fn sign_in_answered(&mut self, answer: Result<Box<SignedIn>, SignInRefusal>) {
        if self.stage != Stage::Checking {
            return;
        }
        match answer {
            Ok(signed_in) => {
                self.stage = Stage::SignedIn;
                self.send(FromSwitch::SignedIn(signed_in));
            }
            Err(why) => {
                self.stage = Stage::SignedOut;
                self.send(FromSwitch::SignInRefused { why });
            }
        }
    }

    fn loan_answered(&mut self, answer: Result<TelephoneAccount, LoanRefusal>) {
        if self.stage != Stage::Lending {
            return;
        }
        match answer {
            Ok(account) => {
                self.stage = Stage::Lent;
                self.send(FromSwitch::TelephoneLent(account));
            }
            Err(why) => {
                self.stage = Stage::SignedOut;
                self.send(FromSwitch::TelephoneRefused { why });
            }
        }
    }

    fn send(&mut self, frame: FromSwitch) {
        self.commands.push_back(SwitchCommand::Send(frame));
    }

    fn close(&mut self, why: Closing) {
        self.stage = Stage::Closed;
        self.send(FromSwitch::Closing { why });
        self.commands.push_back(SwitchCommand::Close(why));
    }
}
