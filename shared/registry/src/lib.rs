//! Questions to the data networks and their answers: the X-Road Message Protocol
//! for REST (PR-REST 1.0), without I/O.

mod address;
mod answer;
mod patience;
mod question;

pub use address::{Address, ClientId};
pub use answer::{Answer, Fault, check, is_answer_to, read};
pub use question::{Message, Question, message_id};

/// The headers of PR-REST, clause 4.3.
pub mod header {
    pub const CLIENT: &str = "X-Road-Client";
    pub const ID: &str = "X-Road-Id";
    pub const ISSUE: &str = "X-Road-Issue";
    pub const SERVICE: &str = "X-Road-Service";
    pub const REQUEST_ID: &str = "X-Road-Request-Id";
    pub const ERROR: &str = "X-Road-Error";
}
