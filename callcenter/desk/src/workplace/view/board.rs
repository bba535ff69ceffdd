//! The wallboard as it is shown. What nobody counts is empty.

use distributor::BreakReason;
use figures::Doing;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardView {
    /// The switch has told one.
    pub known: bool,
    /// When it was so.
    pub at: String,
    pub all: BoardRowView,
    /// The share that is to be answered in time, such as `80 %`.
    pub target: String,
    /// The share of their time in which agents talk or wrap up.
    pub occupancy: String,
    /// Agents who take calls now or soon.
    pub serving: usize,
    pub queues: Vec<QueueView>,
    pub agents: Vec<AgentView>,
    pub selected: Option<usize>,
    /// The quarters of an hour that are worth a look.
    pub slots: Vec<SlotView>,
    /// The scale of the plot: no quarter of an hour has more calls.
    pub calls_most: u64,
    /// This quarter of an hour and the next ones, where there is a history.
    pub forecast: Vec<ForecastView>,
    /// How the day's calls ended: what agents said most often first, and how often.
    pub outcomes: Vec<(String, u64)>,
    /// What is not among these, taken together.
    pub other_outcomes: u64,
    /// Wrap-ups in which agents said nothing.
    pub unsaid: u64,
    /// Some queue's callers have said how their talks were.
    pub surveyed: bool,
}

/// A queue, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardRowView {
    pub waiting: u64,
    pub longest_wait: String,
    pub callbacks: u64,
    pub service_level: String,
    /// It is below the goal.
    pub below: bool,
    pub abandonment: String,
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    /// What callers said after their talks, from 1 to 5, and how many answers that is.
    pub opinion: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueView {
    pub name: String,
    /// An answer within it keeps the service level.
    pub within_seconds: u32,
    pub row: BoardRowView,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentView {
    pub name: String,
    pub doing: Doing,
    /// Of a break.
    pub reason: Option<BreakReason>,
    /// How long already.
    pub lasted: String,
    pub wants_help: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotView {
    /// The even hour that begins with it, where one does.
    pub hour: Option<u32>,
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub expected: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastView {
    pub from: String,
    pub calls: u64,
    pub agents: u64,
}
