//! The table of call flows by the telephones that drive them.
//!
//! A test that plays a flow says so as it begins ([`tried`]), and what it saw when
//! it is through ([`Trial::saw`]); `make call-test` gathers that and prints the
//! table. What is planned ([`PLAN`]) and was not played stands in it as not run.

mod peer;
mod plan;
mod table;
mod trial;

pub use peer::Peer;
pub use plan::{Flow, PLAN};
pub use table::{Mark, Table};
pub use trial::{REPORTS, Trial, tried};
