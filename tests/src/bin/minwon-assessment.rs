//! Sets the self-assessment sheet from what the tests of the screens have written down:
//! `minwon-assessment FOLDER` leaves `accessibility.pdf` there.

use std::{env, fs, path::PathBuf, time::SystemTime};

use anyhow::Context;
use certificate::Press;
use request::Timestamp;
use tests::assessment::{self, Results};

fn main() -> anyhow::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("Say in which folder the results lie")?;
    let results = Results::read(&folder)?;
    let press = Press::with_debian_fonts()?;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let today = (Timestamp::default() + since).local();
    let day = (today.year, today.month, today.day);
    let sheet = assessment::print(&press, &results, day)?;
    fs::write(folder.join("accessibility.pdf"), sheet.bytes)?;
    Ok(())
}
