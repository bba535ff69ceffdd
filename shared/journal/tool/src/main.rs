//! `minwon-journal`: is a station's journal whole, and how it travels by hand.

mod acknowledge;
mod arguments;
mod export;
mod verify;

use std::process::ExitCode;

use arguments::{Arguments, USAGE};

/// The journal is not what was written.
const TAMPERED: u8 = 1;
/// It could not be told: a file is missing, a key is wrong, the command is not known.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let mut words = std::env::args_os().skip(1);
    let command = words.next().unwrap_or_default();
    match command.to_str() {
        Some("verify") => {
            let options = ["--key", "--head", "--station", "--for"];
            verify::verify(&Arguments::read(words, &options)?)
        }
        Some("export") => {
            let options = ["--key", "--station-key", "--for", "--to"];
            export::export(&Arguments::read(words, &options)?)
        }
        Some("acknowledge") => {
            let options = ["--key", "--station-key", "--for", "--receipt"];
            acknowledge::acknowledge(&Arguments::read(words, &options)?)
        }
        _ => anyhow::bail!(USAGE),
    }
}
