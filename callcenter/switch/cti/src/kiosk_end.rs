//! A kiosk's end of the line: comes up, borrows a telephone, comes back.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{
    Closing, FrameFault, FromDesk, FromSwitch, LoanRefusal, TelephoneAccount, VERSION,
    heartbeat::Heartbeat, retry::Retry,
};

/// A switch that does not greet within this is none.
const HELLO_WITHIN: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub enum KioskEvent {
    /// What became of [`KioskCommand::Connect`].
    Connected,
    /// The line is down, or did not come up.
    Disconnected,
    Received(Result<FromSwitch, FrameFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KioskCommand {
    Connect,
    Send(FromDesk),
    Disconnect,
    Report(KioskReport),
}

/// What the kiosk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KioskReport {
    /// Holds until the switch is away.
    Lent(TelephoneAccount),
    /// Asked for again when the line has broken and is back.
    Refused(LoanRefusal),
    /// The switch cannot be reached now; it is tried again.
    Away,
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

/// A kiosk's line to the switch.
#[derive(Debug)]
pub struct KioskEnd {
    stage: Stage,
    retry: Retry,
    commands: VecDeque<KioskCommand>,
}

impl KioskEnd {
    /// Connects at once. `seed` spreads the attempts of many kiosks.
    pub fn new(seed: u64, now: Instant) -> Self {
        Self {
            stage: Stage::Away(now),
            retry: Retry::new(seed),
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: KioskEvent, now: Instant) {
        match event {
            KioskEvent::Connected => {
                if matches!(self.stage, Stage::Connecting) {
                    self.stage = Stage::Greeting(now + HELLO_WITHIN);
                    self.send(FromDesk::Hello { version: VERSION });
                }
            }
            KioskEvent::Disconnected => self.disconnected(now),
            KioskEvent::Received(Ok(frame)) => self.received(frame, now),
            KioskEvent::Received(Err(_)) => self.hang_up(now),
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        match &mut self.stage {
            Stage::Away(until) if *until <= now => {
                self.stage = Stage::Connecting;
                self.commands.push_back(KioskCommand::Connect);
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

    pub fn poll_command(&mut self) -> Option<KioskCommand> {
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
                self.send(FromDesk::BorrowTelephone);
            }
            (Stage::Greeting(_), FromSwitch::Hello { version }) => {
                self.report(KioskReport::Closed(Closing::Version { ours: version }));
                self.hang_up(now);
            }
            (Stage::Greeting(_) | Stage::Open(_), FromSwitch::Closing { why }) => {
                self.report(KioskReport::Closed(why));
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
            (Stage::Open(_), FromSwitch::TelephoneLent(account)) => {
                self.report(KioskReport::Lent(account));
            }
            (Stage::Open(_), FromSwitch::TelephoneRefused { why }) => {
                self.report(KioskReport::Refused(why));
            }
            // Of no kiosk's business.
            (Stage::Greeting(_), _)
            | (
                Stage::Open(_),
                FromSwitch::Hello { .. }
                | FromSwitch::SignedIn(_)
                | FromSwitch::SignInRefused { .. }
                | FromSwitch::Event(_),
            ) => self.hang_up(now),
            // Still under way when the line was given up.
            (Stage::Away(_) | Stage::Connecting, _) => {}
        }
    }

    fn hang_up(&mut self, now: Instant) {
        if !matches!(self.stage, Stage::Away(_)) {
            self.commands.push_back(KioskCommand::Disconnect);
            self.disconnected(now);
        }
    }

    fn disconnected(&mut self, now: Instant) {
        if !matches!(self.stage, Stage::Away(_)) {
            self.stage = Stage::Away(self.retry.next(now));
            self.report(KioskReport::Away);
        }
    }

    fn send(&mut self, frame: FromDesk) {
        self.commands.push_back(KioskCommand::Send(frame));
    }

    fn report(&mut self, report: KioskReport) {
        self.commands.push_back(KioskCommand::Report(report));
    }
}
