//! How many calls a second one core switches, with SIPp as both ends on loopback.
//!
//! `cargo bench --package switch --bench calls`. The switch has one core for itself
//! and the telephones share another; a machine with one core measures both at once
//! and says so. Each rate lasts some seconds; the first at which a call is lost, a
//! message is repeated or the answer comes late is the last. Beside it the same
//! telephones call each other without a switch, which is the most this can measure.
//! Goal: 900 calls a second.

#![allow(
    clippy::unwrap_used,
    reason = "a bench that cannot set itself up has failed"
)]

mod book;
mod center;
mod outcome;
mod processor;
mod telephones;

use std::{
    io::{self, Write},
    net::SocketAddr,
    time::Duration,
};

use center::Center;
use outcome::Outcome;
use processor::{Cores, Used};
use telephones::{Agents, Callers};

const RATES: [u32; 8] = [100, 300, 500, 700, 900, 1_000, 1_200, 1_400];
/// Without a switch far more.
const RATES_OF_SIPP: [u32; 4] = [1_000, 2_000, 3_000, 4_000];
/// How long calls are begun at each rate.
const EACH: Duration = Duration::from_secs(6);
/// Agents, each with a telephone; a talk lasts a tenth of a second.
const AGENTS: u32 = 200;

fn main() -> io::Result<()> {
    let mut out = io::stdout();
    let cores = Cores::of_this_machine();
    writeln!(out, "{cores}")?;
    writeln!(out, "SIPp calls SIPp:")?;
    let agents = Agents::answer(&cores);
    let most = rise(
        &mut out,
        &RATES_OF_SIPP,
        &cores,
        agents.address,
        &agents,
        || None,
    )?;
    drop(agents);
    writeln!(out, "SIPp calls SIPp through the switch, {AGENTS} agents:")?;
    let center = Center::open(AGENTS, &cores);
    Agents::register(AGENTS, center.address);
    let agents = Agents::answer(&cores);
    let switched = rise(&mut out, &RATES, &cores, center.address, &agents, || {
        Some(center.used())
    })?;
    writeln!(out, "by the switch's threads: {}", center.used_by_threads())?;
    drop(agents);
    writeln!(out, "{}", center.closed())?;
    writeln!(
        out,
        "sustained: {} calls a second through the switch, {} without it",
        switched, most
    )
}

/// The highest of the rising rates at which all went well.
fn rise(
    out: &mut impl Write,
    rates: &[u32],
    cores: &Cores,
    target: SocketAddr,
    agents: &Agents,
    switch: impl Fn() -> Option<Used>,
) -> io::Result<u32> {
    let mut sustained = 0;
    for &rate in rates {
        let before = (switch(), agents.used());
        let (outcome, callers) = Callers::call(target, rate, EACH, cores);
        let agents = agents.used() - before.1;
        let telephones = callers + agents;
        let switched = switch().zip(before.0).map(|(after, before)| after - before);
        writeln!(out, "{}", shown(&outcome, telephones, switched))?;
        if !outcome.is_sound() {
            break;
        }
        sustained = rate;
    }
    Ok(sustained)
}

fn shown(outcome: &Outcome, telephones: Used, switch: Option<Used>) -> String {
    let each = |used: Used| used.seconds() * 1e6 / outcome.successful.max(1) as f64;
    let share = |used: Used| 100.0 * used.seconds() / outcome.lasted.as_secs_f64();
    let telephones = format!(
        "telephones {:.0} µs a call ({:.0} % of a core)",
        each(telephones),
        share(telephones)
    );
    match switch {
        None => format!("{outcome}; {telephones}"),
        Some(switch) => format!(
            "{outcome}; switch {:.0} µs a call ({:.0} % of a core), {telephones}",
            each(switch),
            share(switch)
        ),
    }
}
