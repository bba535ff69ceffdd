//! A queue in figures, for its supervisor.

use std::time::Duration;

use serde::Serialize;

/// The agents who serve a queue, by what they are doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AgentCounts {
    pub idle: usize,
    pub offered: usize,
    pub talking: usize,
    pub wrap_up: usize,
    pub resting: usize,
    pub at_kiosk: usize,
    pub on_break: usize,
    pub no_device: usize,
}

impl AgentCounts {
    /// Those who take calls now or soon.
    pub fn serving(&self) -> usize {
        self.idle + self.offered + self.talking + self.wrap_up + self.resting + self.at_kiosk
    }
}

/// A queue now, and what became of its callers since the switch was started. A
/// caller counts where he was when it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// On the line and not yet with an agent.
    pub waiting: usize,
    /// Promised callbacks that are not over.
    pub callbacks: usize,
    /// The longest of those who wait on the line.
    pub longest_wait: Duration,
    pub arrived: u64,
    /// Brought to an agent, each caller once.
    pub answered: u64,
    /// Answered within the plan's time.
    pub within_service_level: u64,
    /// Left while waiting.
    pub abandoned: u64,
    /// Called while the queue was closed.
    pub closed: u64,
    /// Sent away after the longest wait.
    pub refused: u64,
    /// Callbacks given up after all attempts.
    pub unreached: u64,
    /// Callbacks whose caller called again; the new call counts on.
    pub returned: u64,
    /// Talks that are over.
    pub completed: u64,
    /// Average speed of answer: the mean wait of those answered.
    pub average_speed_of_answer: Duration,
    pub agents: AgentCounts,
}
