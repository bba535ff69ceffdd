//! `minwon-examiner TRUST < FILE`: examines one file for the exchange, as a process that
//! may die of it; answers a `Finding` as JSON.

use std::{
    io::{Read, Write},
    path::Path,
};

use anyhow::Context;
use verify::{Finding, Trust};

/// More than the exchange takes.
const BYTES_MAX: u64 = 16 << 20;
/// A page at 600 dpi has 35 million dots, a good telephone's picture up to 50.
const PIXELS_MAX: u64 = 50_000_000;

fn main() -> anyhow::Result<()> {
    let trust = std::env::args_os()
        .nth(1)
        .context("usage: minwon-examiner TRUST < FILE")?;
    let trust = Trust::read(Path::new(&trust))?;
    let mut file = Vec::new();
    std::io::stdin().take(BYTES_MAX).read_to_end(&mut file)?;
    let finding = Finding::of(&file, &trust, PIXELS_MAX);
    let mut answer = serde_json::to_vec(&finding)?;
    answer.push(b'\n');
    std::io::stdout().write_all(&answer)?;
    Ok(())
}
