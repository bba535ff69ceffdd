//! Takes back what the exchange has answered to a parcel.

use std::{io::Write, process::ExitCode};

use anyhow::Context;
use journal::Journal;
use sync::CoSignedHead;

use crate::arguments::{Arguments, text};

pub(crate) fn acknowledge(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let file = arguments.needed("--receipt")?;
    let receipt: CoSignedHead = serde_json::from_str(&text(file)?)
        .with_context(|| format!("{} is not a receipt", file.display()))?;
    let station = arguments.station_key()?.public();
    receipt.verify(&station, &arguments.exchange()?.co_signer()?)?;
    let mut journal = Journal::open(
        &arguments.journal,
        receipt.head().station.clone(),
        &arguments.key()?,
    )?;
    let known = journal.acknowledged()?;
    // Refuses a head of another journal; so nothing is confirmed by it.
    journal.keep_checkpoint(&receipt)?;
    let number = receipt.head().number;
    journal.acknowledge(number)?;
    let mut out = std::io::stdout();
    if number > known {
        writeln!(out, "confirmed up to entry {number}")?;
    } else {
        writeln!(out, "confirmed up to entry {known} before; nothing is new")?;
    }
    Ok(ExitCode::SUCCESS)
}
