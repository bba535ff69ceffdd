//! Tells the roster what stands in the file of records: the reporting machine with its
//! file and its line.

use std::time::Instant;

use super::roster_line::RosterLine;
use crate::{
    records::Records,
    reporting::{BATCH, ReportCommand, ReportEvent, Reporting},
};

pub(super) struct Telling {
    reporting: Reporting,
    line: RosterLine,
}

impl Telling {
    /// # Errors
    /// When the system has no thread.
    pub(super) fn start(way: link::Settings, records: &Records) -> anyhow::Result<Self> {
        Ok(Self {
            reporting: Reporting::new(records.told()),
            line: RosterLine::start(way)?,
        })
    }

    pub(super) fn added(&mut self, now: Instant) {
        self.reporting.handle(ReportEvent::Added, now);
    }

    pub(super) fn told(&mut self, taken: bool, now: Instant) {
        let answer = match taken {
            true => ReportEvent::Taken,
            false => ReportEvent::Failed,
        };
        self.reporting.handle(answer, now);
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        self.reporting.handle_timeout(now);
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.reporting.poll_timeout()
    }

    /// Does what is to be done; `done` hears whether the roster has what it is told.
    pub(super) fn follow(
        &mut self,
        records: &Records,
        now: Instant,
        done: impl FnOnce(bool) + Clone + Send + 'static,
    ) {
        while let Some(command) = self.reporting.poll_command() {
            match command {
                ReportCommand::Read { after } => {
                    let event = match records.after(after, BATCH) {
                        Ok((records, lines)) => ReportEvent::Read { records, lines },
                        Err(error) => {
                            tracing::error!(%error, "The records of training cannot be read");
                            ReportEvent::Failed
                        }
                    };
                    self.reporting.handle(event, now);
                }
                ReportCommand::Tell(records) => self.line.tell(records, done.clone()),
                ReportCommand::Mark(lines) => {
                    // What is not marked is told again, and kept once.
                    if let Err(error) = records.mark_told(lines) {
                        tracing::error!(%error, "What the roster was told cannot be noted");
                    }
                }
            }
        }
    }
}
