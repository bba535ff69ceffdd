//! A day of 20,000 calls, foretold by Erlang C and seen, quarter by quarter.
//!
//! `cargo bench --package figures --bench day`. Callers come at random with the
//! profile of an office day and talk for three minutes on average; agents work in
//! shifts of four hours that cover what the forecast of five weeks needs.

#![allow(clippy::unwrap_used, reason = "a day that cannot be played has failed")]

#[path = "../tests/day/dice.rs"]
mod dice;
#[path = "../tests/day/hall.rs"]
mod hall;
#[path = "../tests/day/profile.rs"]
mod profile;
#[path = "../tests/day/report.rs"]
mod report;
#[path = "../tests/day/shifts.rs"]
mod shifts;

use std::io::Write;

fn main() -> std::io::Result<()> {
    let report = report::day(1, 20_000.0);
    write!(std::io::stdout().lock(), "{report}")
}
