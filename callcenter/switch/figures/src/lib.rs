//! What a call center comes to in figures: for the wallboard, for a day's report
//! and for planning.
//!
//! A [`Counter`] is told what happened in calls and to agents, live or from the
//! call book, and keeps a [`Ledger`]: counts by quarter of an hour and queue.
//! Ledgers can be added up and written down. A [`Board`] is what a wallboard
//! shows at one moment; an [`Outlook`] says beside it how many agents a day
//! needs, by the center's own history. [`Review`]s and callers' [`Opinion`]s say how
//! good the talks were, [`WrapUps`] how they ended.
//!
//! What befalls a caller counts in the quarter of an hour in which he came, so
//! that answered and abandoned make up what was offered; agents' time counts
//! when it passes. The figures know no person: calls, queues and agents are
//! numbers and names of the center's own.

mod board;
mod counter;
mod counts;
mod disposition;
mod event;
mod forecast;
mod interval;
mod ledger;
mod outlook;
mod presence;
mod quality;
mod survey;

pub use board::{AgentRow, Board, QueueRow, Row, Share, Slot};
pub use counter::{Counter, Goal};
pub use counts::{Counts, ServiceLevel};
pub use disposition::{DispositionCount, WrapUps};
pub use event::{Event, PromiseEnd};
pub use forecast::{Expected, Forecast, Holidays};
pub use interval::{Interval, LocalDay, Weekday};
pub use ledger::Ledger;
pub use outlook::{Outlook, Planned, Requirement};
pub use presence::{AgentTime, Doing};
pub use quality::{
    Criterion, CriterionMerit, Form, FormError, Mean, Merit, Review, ReviewError, Tally, Wording,
};
pub use survey::{NoAnswer, Opinion, Satisfaction};
