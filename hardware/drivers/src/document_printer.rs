//! Document printers.

mod ipp_client;
pub mod ipp_everywhere;
mod ipp_job;
mod ipp_status;
