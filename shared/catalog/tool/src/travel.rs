//! An edition of the catalogue: packed and signed, or looked into.

use std::{fs, io::Write, process::ExitCode};

use anyhow::{Context, ensure};
use catalog_tool::{Check, check, is_day, pack};
use edition::{Edition, EditionKey, EditionSigner, Refused, digest};
use request::Timestamp;

use crate::{FOUND, arguments::Arguments, say};

const DAY_MILLISECONDS: i64 = 86_400_000;
/// Korea is nine hours ahead of UTC.
const AHEAD_MILLISECONDS: i64 = 32_400_000;

/// Signs nothing that is not right.
pub(crate) fn edition(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let number = arguments.needed("--number")?;
    let number: u64 = number
        .parse()
        .with_context(|| format!("`{number}` is no number"))?;
    ensure!(number > 0, "editions are numbered from 1");
    let valid_from = midnight(arguments.needed("--valid-from")?)?;
    let file = arguments.needed("--key")?;
    let key = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let key = EditionKey::from_pem(&key).with_context(|| file.to_owned())?;
    let report = check(&arguments.folder, &Check::All)?;
    if !report.is_clean() {
        say(&report, arguments.language()?, &mut std::io::stdout())?;
        return Ok(ExitCode::from(FOUND));
    }
    let edition = Edition {
        number,
        valid_from,
        files: pack(&arguments.folder)?,
    };
    let (signed, to) = (edition.sign(&key)?, arguments.needed("--to")?);
    durable::replace(to.as_ref(), &signed).with_context(|| format!("cannot write {to}"))?;
    tell(&edition, &signed)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn verify(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let file = arguments.needed("--signer")?;
    let signer = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let signer = EditionSigner::from_pem(&signer).with_context(|| file.to_owned())?;
    let signed = fs::read(&arguments.folder)
        .with_context(|| format!("cannot read {}", arguments.folder.display()))?;
    match Edition::open(&signed, &signer) {
        Ok(edition) => {
            tell(&edition, &signed)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            let refused: Refused = refused;
            writeln!(std::io::stdout(), "{refused}")?;
            Ok(ExitCode::from(FOUND))
        }
    }
}

fn tell(edition: &Edition, signed: &[u8]) -> std::io::Result<()> {
    writeln!(
        std::io::stdout(),
        "edition {} from {}, {} files, SHA-256 {}",
        edition.number,
        edition.valid_from.local(),
        edition.files.iter().len(),
        digest(signed)
    )
}

/// When a day begins in Korea.
fn midnight(day: &str) -> anyhow::Result<Timestamp> {
    ensure!(is_day(day), "`{day}` is no day like 2026-12-01");
    let mut parts = day.split('-').map(str::parse::<i64>);
    let mut part = || parts.next().context("three numbers")?.context("a number");
    let (year, month, day) = (part()?, part()?, part()?);
    Ok(Timestamp::from_millis(
        days_since_1970(year, month, day) * DAY_MILLISECONDS - AHEAD_MILLISECONDS,
    ))
}

/// By the Gregorian calendar; a year that begins in March ends with its leap day.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468
}
