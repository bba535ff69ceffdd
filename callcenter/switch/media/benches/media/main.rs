//! How many bridged calls a core carries, what a packet costs and how punctual the clock is.
//!
//! `cargo bench --package media --bench media`. Goals: 1,000 bridged calls a core,
//! and the clock not later than 5 ms for 99 of 100 phases. Beside it a relay carries
//! the same packets and does nothing else with them: what a call costs the system at
//! least. Telephones share the machine's cores with both; processor time is told apart
//! by process.

mod calls;
mod costs;
mod jitter;
mod relay;
mod telephones;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    // A process of its own sends and receives, so that its work is not counted.
    if let Some(plan) = telephones::Plan::from_arguments() {
        return telephones::be_telephones(&plan);
    }
    let mut out = io::stdout();
    costs::print(&mut out)?;
    for count in [100, 500, 1_000] {
        writeln!(out, "{}", calls::relayed(count)?)?;
        writeln!(out, "{}", calls::bridged(count)?)?;
    }
    Ok(())
}
