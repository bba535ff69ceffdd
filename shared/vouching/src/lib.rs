//! The two-person check: somebody without a readable card is identified by two
//! agents at two desks, by questions out of the register.
//!
//! The exchange takes the record, draws questions from it ([`draw`]) and keeps a
//! [`Check`]: which question was asked, whether the answer was right, and the words
//! of the two. Agents see a question's wording and what came of it, never the record
//! and never the right answer; the resident number reaches no desk. A check is the
//! sum of its [`CheckFact`]s: [`Check::decide`] looks and answers with facts,
//! [`Check::apply`] takes them over, and between the two stands the exchange's
//! ledger. [`Checks`] holds those that are under way, with the right answers and what
//! the citizen has typed, in memory alone. The [`Asker`] is the kiosk's end, the
//! [`Examiner`] a desk's.
//!
//! Pure: no clock, no disk, no network; seeds and times are arguments.

mod answer;
mod asker;
mod check;
mod checks;
mod draw;
mod examiner;
mod fact;
mod person;
mod question;
mod refusal;
mod sheet;

pub use asker::{Asker, AskerCommand, AskerEvent, AskerReport};
pub use check::{Check, OpenedFor, Stage};
pub use checks::{CHECKS_MAX, Checks, SAID_MAX, SILENCE_MAX};
pub use draw::{Drawn, NotDrawn, draw};
pub use examiner::{Examiner, ExaminerCommand, ExaminerEvent, ExaminerReport};
pub use fact::{CheckEnding, CheckFact, Doubt, Ground};
pub use person::{Role, Seat, Speaker};
pub use question::{
    ANSWER_MAX, Attempt, CheckFault, CheckNotice, CheckOpening, DeskAnswer, DeskDeed, DeskQuestion,
    DeskSaying, KioskAnswer, KioskDeed, KioskQuestion, NoticeStage, WaitingChecks,
};
pub use refusal::CheckRefusal;
pub use sheet::{
    AskedQuestion, CheckOutcome, DeskSheet, FirstWord, KioskState, KioskView, LogLine, Part,
    Wording,
};
