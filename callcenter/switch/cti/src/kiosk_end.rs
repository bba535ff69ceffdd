//! A kiosk's end of the line: borrows a telephone whenever the line comes up.

use std::{collections::VecDeque, time::Instant};

use crate::{
    Closing, FromDesk, FromSwitch, LineCommand, LineEvent, LoanRefusal, TelephoneAccount,
    line_end::{LineEnd, Output},
};

pub type KioskCommand = LineCommand<KioskReport>;

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

/// A kiosk's line to the switch.
#[derive(Debug)]
pub struct KioskEnd {
    line: LineEnd,
    commands: VecDeque<KioskCommand>,
}

impl KioskEnd {
    /// Connects at once. `seed` spreads the attempts of many kiosks.
    pub fn new(seed: u64, now: Instant) -> Self {
        Self {
            line: LineEnd::new(seed, now),
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: LineEvent, now: Instant) {
        self.line.handle(event, now);
        self.follow(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        self.line.handle_timeout(now);
        self.follow(now);
    }

    pub fn poll_command(&mut self) -> Option<KioskCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.line.poll_timeout()
    }

    fn follow(&mut self, now: Instant) {
        while let Some(output) = self.line.poll_output() {
            let command = match output {
                Output::Connect => LineCommand::Connect,
                Output::Send(frame) => LineCommand::Send(frame),
                Output::Disconnect => LineCommand::Disconnect,
                Output::Opened => LineCommand::Send(FromDesk::BorrowTelephone),
                Output::Away => LineCommand::Report(KioskReport::Away),
                Output::Closed(why) => LineCommand::Report(KioskReport::Closed(why)),
                Output::Heard(FromSwitch::TelephoneLent(account)) => {
                    LineCommand::Report(KioskReport::Lent(account))
                }
                Output::Heard(FromSwitch::TelephoneRefused { why }) => {
                    LineCommand::Report(KioskReport::Refused(why))
                }
                // Of no kiosk's business.
                Output::Heard(_) => {
                    self.line.hang_up(now);
                    continue;
                }
            };
            self.commands.push_back(command);
        }
    }
}
