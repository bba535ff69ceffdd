//! Document printers.

mod ipp_client;
pub mod ipp_everywhere;
mod ipp_framing;
mod ipp_job;
mod ipp_message;
mod ipp_status;

pub use ipp_framing::Misframed;
pub use ipp_job::{Answer, Question};
pub use ipp_message::{Unreadable, read as read_answer};
pub use ipp_status::PrinterAttributes;
