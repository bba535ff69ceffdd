//! The desk's end of the line: comes up, signs in, comes back.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{
    Claim, Closing, Event, FrameFault, FromDesk, FromSwitch, Proof, Request, SignInRefusal,
    SignedIn, VERSION, heartbeat::Heartbeat, retry::Retry,
};

/// A switch that does not greet within this is none.
const HELLO_WITHIN: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub enum DeskEvent {
    /// An agent wants to work.
    SignIn(Claim),
    SignOut,
    Ask(Request),
    /// What became of [`DeskCommand::Connect`].
    Connected,
    /// The line is down, or did not come up.
    Disconnected,
    Received(Result<FromSwitch, FrameFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskCommand {
    Connect,
    Send(FromDesk),
    Disconnect,
    Report(Report),
}

/// What the desk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The switch has greeted.
    Reached,
    /// It cannot be reached now; it is tried again.
    Away,
    SignedIn(Box<SignedIn>),
    /// The agent has to say the passphrase again, or cannot work here.
    Refused(SignInRefusal),
    Told(Box<Event>),
    /// The switch has closed the line and said why.
    Closed(Closing),
}

#[derive(Debug)]
enum Stage {
    /// Tried again then.
    Away(Instant),
    Connecting,
    /// Until then.
    Greeting(Instant),
    Open(Heartbeat),
}

/// A desk's line to the switch.
#[derive(Debug)]
pub struct DeskEnd {
    stage: Stage,
    /// Who works here, and by what the switch knows it.
    claim: Option<Claim>,
    /// What the switch was told and has not answered.
    presented: Option<Claim>,
    signed_in: bool,
    retry: Retry,
    commands: VecDeque<DeskCommand>,
}

impl DeskEnd {
    /// Connects at once. `seed` spreads the attempts of many desks.
    pub fn new(seed: u64, now: Instant) -> Self {
        Self {
            stage: Stage::Away(now),
            claim: None,
            presented: None,
            signed_in: false,
            retry: Retry::new(seed),
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: DeskEvent, now: Instant) {
        match event {
            DeskEvent::SignIn(claim) => {
                self.claim = Some(claim);
                match self.stage {
                    Stage::Open(_) => self.present_claim(),
                    // Presented when the switch is back.
                    Stage::Away(_) | Stage::Connecting | Stage::Greeting(_) => {
                        self.report(Report::Away);
                    }
                }
            }
            DeskEvent::SignOut => {
                self.claim = None;
                if std::mem::take(&mut self.signed_in) && matches!(self.stage, Stage::Open(_)) {
                    self.send(FromDesk::SignOut);
                }
            }
            DeskEvent::Ask(request) => {
                if self.signed_in && matches!(self.stage, Stage::Open(_)) {
                    self.send(FromDesk::Request(request));
                }
            }
            DeskEvent::Connected => {
                if matches!(self.stage, Stage::Connecting) {
                    self.stage = Stage::Greeting(now + HELLO_WITHIN);
                    self.send(FromDesk::Hello { version: VERSION });
                }
            }
            DeskEvent::Disconnected => self.disconnected(now),
            DeskEvent::Received(Ok(frame)) => self.received(frame, now),
            DeskEvent::Received(Err(_)) => self.hang_up(now),
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        match &mut self.stage {
            Stage::Away(until) if *until <= now => {
                self.stage = Stage::Connecting;
                self.commands.push_back(DeskCommand::Connect);
            }
            Stage::Greeting(until) if *until <= now => self.hang_up(now),
            Stage::Open(heartbeat) if heartbeat.is_gone(now) => self.hang_up(now),
            Stage::Open(heartbeat) => {
                if let Some(number) = heartbeat.due(now) {
                    self.send(FromDesk::Heartbeat { number });
                }
            }
            Stage::Away(_) | Stage::Connecting | Stage::Greeting(_) => {}
        }
    }

    pub fn poll_command(&mut self) -> Option<DeskCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.stage {
            Stage::Away(until) | Stage::Greeting(until) => Some(*until),
            // The shell says when it came to nothing.
            Stage::Connecting => None,
            Stage::Open(heartbeat) => Some(heartbeat.poll_timeout()),
        }
    }

    fn received(&mut self, frame: FromSwitch, now: Instant) {
        match (&mut self.stage, frame) {
            (Stage::Greeting(_), FromSwitch::Hello { version: VERSION }) => {
                self.stage = Stage::Open(Heartbeat::new(now));
                self.report(Report::Reached);
                self.present_claim();
            }
            (Stage::Greeting(_) | Stage::Open(_), FromSwitch::Closing { why }) => {
                self.closed(why, now);
            }
            (Stage::Greeting(_), FromSwitch::Hello { version }) => {
                self.report(Report::Closed(Closing::Version { ours: version }));
                self.hang_up(now);
            }
            (Stage::Greeting(_), _) | (Stage::Open(_), FromSwitch::Hello { .. }) => {
                self.hang_up(now);
            }
            (Stage::Open(_), FromSwitch::Heartbeat { number }) => {
                self.send(FromDesk::HeartbeatHeard { number });
            }
            (Stage::Open(heartbeat), FromSwitch::HeartbeatHeard { number }) => {
                heartbeat.heard(number, now);
                // A switch that greets and hangs up is no success.
                self.retry.succeeded();
            }
            (Stage::Open(_), FromSwitch::SignedIn(signed_in)) => self.signed_in(signed_in),
            (Stage::Open(_), FromSwitch::SignInRefused { why }) => self.refused(why),
            (Stage::Open(_), FromSwitch::Event(event)) => {
                if self.signed_in {
                    self.report(Report::Told(event));
                }
            }
            // Lent to kiosks alone.
            (
                Stage::Open(_),
                FromSwitch::TelephoneLent(_) | FromSwitch::TelephoneRefused { .. },
            ) => self.hang_up(now),
            // Still under way when the line was given up.
            (Stage::Away(_) | Stage::Connecting, _) => {}
        }
    }

    fn refused(&mut self, why: SignInRefusal) {
        // Nobody is locked out by a desk that repeats itself.
        if self.presented.take() == self.claim {
            self.claim = None;
            self.report(Report::Refused(why));
        } else {
            self.present_claim();
        }
    }

    fn signed_in(&mut self, signed_in: Box<SignedIn>) {
        let is_wanted = self.presented.take() == self.claim;
        let Some(claim) = self.claim.as_mut().filter(|_| is_wanted) else {
            // Somebody else, or nobody, works here by now.
            self.send(FromDesk::SignOut);
            return self.present_claim();
        };
        claim.proof = Proof::Resumption(signed_in.resumption.clone());
        self.signed_in = true;
        self.report(Report::SignedIn(signed_in));
    }

    fn present_claim(&mut self) {
        if self.presented.is_some() {
            return;
        }
        let Some(Claim { account, proof }) = self.claim.clone() else {
            return;
        };
        self.presented = self.claim.clone();
        self.send(match proof {
            Proof::Passphrase(passphrase) => FromDesk::SignIn {
                account,
                passphrase,
            },
            Proof::Resumption(resumption) => FromDesk::Resume {
                account,
                resumption,
            },
        });
    }

    fn closed(&mut self, why: Closing, now: Instant) {
        match why {
            // Whoever works there now, it is not from this line.
            Closing::Superseded | Closing::SignedOut => self.claim = None,
            Closing::Version { .. }
            | Closing::OutOfPlace
            | Closing::Malformed
            | Closing::TooLong
            | Closing::Flooding
            | Closing::Silent
            | Closing::TooSlow => {}
        }
        self.report(Report::Closed(why));
        self.hang_up(now);
    }

    fn hang_up(&mut self, now: Instant) {
        if !matches!(self.stage, Stage::Away(_)) {
            self.commands.push_back(DeskCommand::Disconnect);
            self.disconnected(now);
        }
    }

    fn disconnected(&mut self, now: Instant) {
        if matches!(self.stage, Stage::Away(_)) {
            return;
        }
        self.signed_in = false;
        self.presented = None;
        self.stage = Stage::Away(self.retry.next(now));
        self.report(Report::Away);
    }

    fn send(&mut self, frame: FromDesk) {
        self.commands.push_back(DeskCommand::Send(frame));
    }

    fn report(&mut self, report: Report) {
        self.commands.push_back(DeskCommand::Report(report));
    }
}
