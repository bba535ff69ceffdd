//! How many bridged calls a core carries, what a packet costs and how punctual the clock is.
//!
//! `cargo bench --package media --bench media`. Goals: 1,000 bridged calls a core,
//! and the clock not later than 5 ms for 99 of 100 phases.

mod calls;
mod costs;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    // A process of its own sends and receives, so that its work is not counted.
    if let Some(plan) = calls::Plan::from_arguments() {
        return calls::be_telephones(&plan);
    }
    let mut out = io::stdout();
    costs::print(&mut out)?;
    for count in [100, 500, 700, 1_000] {
        let measured = calls::measure(count)?;
        writeln!(out, "{measured}")?;
    }
    Ok(())
}
