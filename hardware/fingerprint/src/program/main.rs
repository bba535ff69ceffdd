//! `minwon-fingerprint DRIVER`: has one fingerprint reader through libfprint, and answers
//! what a kiosk asks of it over its standard input.
//!
//! It is started by the kiosk's driver and ends with it, or when it is told to forget: what
//! libfprint had in memory is the kernel's again then.

mod attending;
mod library;
mod listening;

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use fingerprint::Answer;
use nix::sys::prctl;

use attending::{Attendant, answer};
use library::Library;

/// Between two looks for a library or a reader that is not there.
const PAUSE: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    // No core file and no debugger sees a finger, and whatever a reader's driver is made to
    // do, it does with no more rights than these.
    if prctl::set_dumpable(false).is_err() || prctl::set_no_new_privs().is_err() {
        return ExitCode::FAILURE;
    }
    let Some(driver) = std::env::args().nth(1) else {
        return ExitCode::FAILURE;
    };
    if attending::keep_output().is_err() {
        return ExitCode::FAILURE;
    }
    answer(&Answer::Up);
    let mut listening = listening::begin();
    let mut told = None;
    let mut tell = |answer: Answer| {
        if told.as_ref() != Some(&answer) {
            attending::answer(&answer);
            told = Some(answer);
        }
    };
    loop {
        let found = match Library::load() {
            None => Err(Answer::NoLibrary),
            Some(library) => library.find(&driver),
        };
        match found {
            Ok(reader) => {
                tell(Answer::Reader);
                Attendant::new(reader).attend(&mut listening);
                // The next process looks for it anew.
                tell(Answer::NoReader);
                return ExitCode::SUCCESS;
            }
            Err(why) => tell(why),
        }
        listening.refuse_until(Instant::now() + PAUSE);
    }
}
