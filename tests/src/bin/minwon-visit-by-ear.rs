//! `minwon-visit-by-ear FOLDER`: somebody who sees nothing visits a kiosk; what was said
//! is left there as text and as sound.

use std::{fs, path::PathBuf};

use anyhow::{Context, ensure};
use speech::Espeak;
use tests::{office::TUESDAY_10_00, stand::Stand, walk::End};

const USAGE: &str = "usage: minwon-visit-by-ear FOLDER";

fn main() -> anyhow::Result<()> {
    let folder: PathBuf = std::env::args_os().nth(1).context(USAGE)?.into();
    let mut stand = Stand::open(TUESDAY_10_00);
    let end = stand.visit_by_ear();
    ensure!(end == End::Thanked, "the visit ended with {end:?}");
    let transcript = stand.transcript();
    fs::write(folder.join("visit-by-ear.txt"), transcript.to_string())?;
    transcript.speak(&Espeak, &folder.join("visit-by-ear.wav"))?;
    Ok(())
}
