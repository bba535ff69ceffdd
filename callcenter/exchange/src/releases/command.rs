//! The command by which an operator hands in releases.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, ensure};
use fleet::{
    Release,
    signed::{Signer, open},
};
use identity::is_plain;

use super::ReleaseShelf;
use crate::handed_in::HandedIn;

const USAGE: &str = "usage:
  minwon-exchange release FOLDER --signer FILE --data FOLDER
      takes the releases in a folder that the key in the file (PEM) has signed, with their
      files; machines get them when somebody rolls them out at the console
      ends with 0 when one was taken, with 1 when none was";

/// Does what the words command; none when it is another command.
///
/// # Errors
/// When something is missing on the command line, or a release is not whole.
pub fn hand_in_release(words: &[String]) -> anyhow::Result<Option<ExitCode>> {
    let Some(HandedIn { what, signer, data }) = HandedIn::read("release", USAGE, words)? else {
        return Ok(None);
    };
    let pem = fs::read_to_string(&signer);
    let pem = pem.with_context(|| format!("cannot read {}", signer.display()))?;
    let signer = Signer::from_pem(&pem)?;
    let shelf = ReleaseShelf::new(&data);
    let mut taken = 0;
    let mut files: Vec<PathBuf> = fs::read_dir(&what)
        .with_context(|| format!("cannot read {}", what.display()))?
        .map(|it| it.map(|it| it.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|it| it.extension().is_some_and(|it| it == "release"));
    files.sort();
    for file in files {
        let signed = fs::read(&file)?;
        let name = file.display();
        let release: Release = match open(&signed, &signer) {
            Ok(release) => release,
            Err(why) => {
                writeln!(io::stdout(), "{name} was not taken: {why}")?;
                continue;
            }
        };
        is_whole(&release, &what)?;
        shelf.keep(&release, &signed, &pem, &what)?;
        let Release { model, version, .. } = release;
        writeln!(
            io::stdout(),
            "version {version} for machines of {model} was taken"
        )?;
        taken += 1;
    }
    Ok(Some(if taken > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }))
}

fn is_whole(release: &Release, folder: &Path) -> anyhow::Result<()> {
    ensure!(
        is_plain(&release.model),
        "the release's model has no plain name"
    );
    for artefact in &release.artefacts {
        let name = &artefact.name;
        ensure!(artefact.has_plain_name(), "{name} is no name of a file");
        let whole = artefact.is_whole(&folder.join(name));
        let whole = whole.with_context(|| format!("cannot read {name}"))?;
        ensure!(whole, "{name} is not what was signed");
    }
    Ok(())
}
