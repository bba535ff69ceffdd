//! The command by which an operator hands in an edition.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, bail};
use edition::{Edition, EditionSigner};

use crate::{
    carried::{Word, hand_in},
    handed_in::HandedIn,
};

const USAGE: &str = "usage:
  minwon-exchange edition FILE --signer FILE --data FOLDER
      hands an edition of the catalogue, which the key in the second file (PEM) has
      signed, to the exchange that serves; it counts from the next start on
      ends with 0 when it was taken, with 1 when it was not";

/// Does what the words command; none when it is another command.
///
/// # Errors
/// When something is missing on the command line, or no exchange serves.
pub fn hand_in_edition(words: &[String]) -> anyhow::Result<Option<ExitCode>> {
    let Some(HandedIn {
        what: file,
        signer,
        data,
    }) = HandedIn::read("edition", USAGE, words)?
    else {
        return Ok(None);
    };
    let read =
        |file: &PathBuf| fs::read(file).with_context(|| format!("cannot read {}", file.display()));
    let pem = String::from_utf8(read(&signer)?).unwrap_or_default();
    let signer = EditionSigner::from_pem(&pem).with_context(|| signer.display().to_string())?;
    let edition = match Edition::open(&read(&file)?, &signer) {
        Ok(edition) => edition,
        Err(refused) => return refuse(&refused.to_string()),
    };
    let ours = edition.sign(&super::key(&data)?)?;
    match hand_in(&data, &ours)? {
        Word::Edition(number) => {
            writeln!(
                io::stdout(),
                "edition {number} was taken; it counts when the exchange starts anew"
            )?;
            Ok(Some(ExitCode::SUCCESS))
        }
        Word::Refused(why) => refuse(&why),
        Word::Taken(_) | Word::Done => bail!("the exchange took it for something else"),
    }
}

fn refuse(why: &str) -> anyhow::Result<Option<ExitCode>> {
    writeln!(io::stdout(), "nothing was taken: {why}")?;
    Ok(Some(ExitCode::FAILURE))
}
