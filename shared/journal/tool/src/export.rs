//! Closes what the exchange has not confirmed into parcels.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use journal::Journal;
use parcel::{ENTRIES_MAX, pack};
use request::Timestamp;
use sync::{Head, SignedHead};

use crate::arguments::Arguments;

pub(crate) fn export(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let journal = Journal::inspect(&arguments.journal, &arguments.key()?)?;
    let (station, exchange) = (arguments.station_key()?, arguments.exchange()?);
    let folder = arguments.needed("--to")?;
    let mut before = head_at(&journal, journal.acknowledged()?)?;
    let mut out = std::io::stdout();
    loop {
        let entries = journal.entries(before.number, ENTRIES_MAX)?;
        let Some(last) = entries.last() else {
            break;
        };
        let head = head_at(&journal, last.number)?;
        let signed = SignedHead::sign(head.clone(), now()?, &station);
        let sealed = pack(&signed, before.hash, &entries, &exchange)?;
        let name = name(&before, &head);
        write_durably(folder, &name, &sealed)
            .with_context(|| format!("cannot write {name} into {}", folder.display()))?;
        writeln!(
            out,
            "{name}: entries {} to {}",
            before.number + 1,
            head.number
        )?;
        before = head;
    }
    if before.number == journal.acknowledged()? {
        writeln!(out, "the exchange has confirmed everything")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the chain stood after an entry.
fn head_at(journal: &Journal, number: u64) -> anyhow::Result<Head> {
    let head = journal.head_at(number)?;
    head.with_context(|| format!("entry {number} is missing"))
}

/// In characters that the file system of any stick takes.
fn name(before: &Head, head: &Head) -> String {
    let station: String = head
        .station
        .as_str()
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '-' })
        .collect();
    let life = head.incarnation.as_str();
    format!(
        "{station}-{}-{:08}-{:08}.parcel",
        life.get(..6).unwrap_or(life),
        before.number + 1,
        head.number
    )
}

/// Under its name only when all of it is on the stick.
fn write_durably(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(format!("{name}.unfinished"));
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(name))?;
    File::open(folder)?.sync_all()
}

fn now() -> anyhow::Result<Timestamp> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock stands before 1970")?;
    Ok(Timestamp::from_millis(i64::try_from(since.as_millis())?))
}
