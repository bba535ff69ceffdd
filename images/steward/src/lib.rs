//! Looks after a machine in the field: which image runs, whether a start was a good one, what
//! comes next, and what the exchange is told and orders.
//!
//! [`gate`] decides whether a start counts as good, [`updates`] what becomes of releases,
//! [`orders`] which orders are carried out: machines without a clock or a disk. What they know
//! is in the [`book`], which is durable before anything is done. `minwon-steward` is the shell
//! around them; how an image is laid into the other slot is systemd's (`systemd-sysupdate`).

pub mod book;
pub mod gate;
pub mod image;
pub mod machine;
pub mod orders;
pub mod places;
pub mod pulse;
pub mod releases;
pub mod service;
mod shown;
mod telling;
pub mod updates;
