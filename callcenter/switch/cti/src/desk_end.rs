//! The desk's end of the line: signs in whenever the line comes up, asks and is told.

use std::{collections::VecDeque, time::Instant};

use crate::{
    Claim, Closing, Event, FromDesk, FromSwitch, LineCommand, LineEvent, Proof, Request,
    SignInRefusal, SignedIn,
    line_end::{LineEnd, Output},
};

#[derive(Clone, Debug)]
pub enum DeskEvent {
    /// An agent wants to work.
    SignIn(Claim),
    SignOut,
    Ask(Request),
    Line(LineEvent),
}

pub type DeskCommand = LineCommand<Report>;

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

/// A desk's line to the switch.
#[derive(Debug)]
pub struct DeskEnd {
    line: LineEnd,
    /// Who works here, and by what the switch knows it.
    claim: Option<Claim>,
    /// What the switch was told and has not answered.
    presented: Option<Claim>,
    signed_in: bool,
    commands: VecDeque<DeskCommand>,
}

impl DeskEnd {
    /// Connects at once. `seed` spreads the attempts of many desks.
    pub fn new(seed: u64, now: Instant) -> Self {
        Self {
            line: LineEnd::new(seed, now),
            claim: None,
            presented: None,
            signed_in: false,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: DeskEvent, now: Instant) {
        match event {
            DeskEvent::SignIn(claim) => {
                self.claim = Some(claim);
                if self.line.is_open() {
                    self.present_claim();
                } else {
                    // Presented when the switch is back.
                    self.report(Report::Away);
                }
            }
            DeskEvent::SignOut => {
                self.claim = None;
                if std::mem::take(&mut self.signed_in) && self.line.is_open() {
                    self.send(FromDesk::SignOut);
                }
            }
            DeskEvent::Ask(request) => {
                if self.signed_in && self.line.is_open() {
                    self.send(FromDesk::Request(request));
                }
            }
            DeskEvent::Line(event) => self.line.handle(event, now),
        }
        self.follow(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        self.line.handle_timeout(now);
        self.follow(now);
    }

    pub fn poll_command(&mut self) -> Option<DeskCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.line.poll_timeout()
    }

    fn follow(&mut self, now: Instant) {
        while let Some(output) = self.line.poll_output() {
            match output {
                Output::Connect => self.commands.push_back(LineCommand::Connect),
                Output::Send(frame) => self.send(frame),
                Output::Disconnect => self.commands.push_back(LineCommand::Disconnect),
                Output::Opened => {
                    self.report(Report::Reached);
                    self.present_claim();
                }
                Output::Away => {
                    self.signed_in = false;
                    self.presented = None;
                    self.report(Report::Away);
                }
                Output::Closed(why) => self.closed(why),
                Output::Heard(FromSwitch::SignedIn(signed_in)) => self.signed_in(signed_in),
                Output::Heard(FromSwitch::SignInRefused { why }) => self.refused(why),
                Output::Heard(FromSwitch::Event(event)) => {
                    if self.signed_in {
                        self.report(Report::Told(event));
                    }
                }
                // Of no desk's business.
                Output::Heard(_) => self.line.hang_up(now),
            }
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

    fn closed(&mut self, why: Closing) {
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
    }

    fn send(&mut self, frame: FromDesk) {
        self.commands.push_back(LineCommand::Send(frame));
    }

    fn report(&mut self, report: Report) {
        self.commands.push_back(LineCommand::Report(report));
    }
}
