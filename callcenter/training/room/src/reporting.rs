//! When the exchange is told of records: in the order of their file, until it has them.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use training::TrainingRecord;

/// Records of one telling.
pub(crate) const BATCH: usize = 50;
const FIRST_PAUSE: Duration = Duration::from_secs(15);
/// An exchange may be away for days.
const LONGEST_PAUSE: Duration = Duration::from_secs(900);

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ReportEvent {
    /// A record has been added to the file.
    Added,
    /// The records that stand after those that were told, and how many lines of the
    /// file are told with them.
    Read {
        records: Vec<TrainingRecord>,
        lines: usize,
    },
    /// The exchange has what it was told.
    Taken,
    /// It has not, or nobody knows.
    Failed,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ReportCommand {
    /// Read at most [`BATCH`] lines after so many.
    Read {
        after: usize,
    },
    Tell(Vec<TrainingRecord>),
    /// Write down that so many lines are told.
    Mark(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Resting,
    Reading,
    /// All up to this line.
    Telling {
        lines: usize,
    },
    Pausing {
        until: Instant,
    },
}

/// One room's reporting.
#[derive(Debug)]
pub(crate) struct Reporting {
    told: usize,
    step: Step,
    pause: Duration,
    commands: VecDeque<ReportCommand>,
}

impl Reporting {
    /// `told` lines of the file were told before.
    pub(crate) fn new(told: usize) -> Self {
        let mut reporting = Self {
            told,
            step: Step::Resting,
            pause: FIRST_PAUSE,
            commands: VecDeque::new(),
        };
        reporting.step = reporting.read();
        reporting
    }

    pub(crate) fn handle(&mut self, event: ReportEvent, now: Instant) {
        self.step = match (self.step, event) {
            (Step::Resting, ReportEvent::Added) => self.read(),
            (Step::Reading, ReportEvent::Read { lines, .. }) if lines <= self.told => Step::Resting,
            (Step::Reading, ReportEvent::Read { records, lines }) if records.is_empty() => {
                // Lines that are no records have nothing to tell.
                self.mark(lines)
            }
            (Step::Reading, ReportEvent::Read { records, lines }) => {
                self.commands.push_back(ReportCommand::Tell(records));
                Step::Telling { lines }
            }
            (Step::Telling { lines }, ReportEvent::Taken) => {
                self.pause = FIRST_PAUSE;
                self.mark(lines)
            }
            (Step::Telling { .. } | Step::Reading, ReportEvent::Failed) => {
                let until = now + self.pause;
                self.pause = (self.pause * 2).min(LONGEST_PAUSE);
                Step::Pausing { until }
            }
            (step, _) => step,
        };
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        if let Step::Pausing { until } = self.step
            && until <= now
        {
            self.step = self.read();
        }
    }

    pub(crate) fn poll_command(&mut self) -> Option<ReportCommand> {
        self.commands.pop_front()
    }

    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        match self.step {
            Step::Pausing { until } => Some(until),
            Step::Resting | Step::Reading | Step::Telling { .. } => None,
        }
    }

    fn read(&mut self) -> Step {
        let after = self.told;
        self.commands.push_back(ReportCommand::Read { after });
        Step::Reading
    }

    /// And looks for what came meanwhile.
    fn mark(&mut self, lines: usize) -> Step {
        self.told = lines;
        self.commands.push_back(ReportCommand::Mark(lines));
        self.read()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
