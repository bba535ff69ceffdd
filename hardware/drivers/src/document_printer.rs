//! Document printers.

mod ipp_client;
pub mod ipp_everywhere;
mod ipp_framing;
mod ipp_job;
mod ipp_message;
mod ipp_status;
