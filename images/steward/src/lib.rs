//! Looks after a machine in the field: which image runs, whether a start was a good one, what
//! comes next, and what the exchange is told and orders.
//!
//! [`gate`] decides whether a start counts as good, [`updates`] what becomes of releases,
//! [`orders`] which orders are carried out, [`alarms`] what is worth one: machines without a clock or a disk. What they know
//! is in the [`book`], which is durable before anything is done. `minwon-steward` is the shell
//! around them, and the [`firewall`]'s; how an image is laid into the other slot is systemd's
//! (`systemd-sysupdate`).

pub mod alarms;
pub mod book;
pub mod fetching;
pub mod firewall;
pub mod gate;
pub mod image;
pub mod line;
pub mod machine;
pub mod orders;
pub mod places;
pub mod pulse;
mod recovery;
pub mod releases;
pub mod renewal;
pub mod service;
mod shown;
mod telling;
pub mod tpm;
pub mod updates;
mod wanting;
