//! The command by which an operator hands in releases.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use fleet::{
    Release,
    signed::{Signer, open},
};
use identity::is_plain;
use sha2::{Digest, Sha256};

use super::ReleaseShelf;

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
    let Some((_, words)) = words.split_first().filter(|(name, _)| *name == "release") else {
        return Ok(None);
    };
    let (mut folder, mut signer, mut data) = (None, None, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--signer" => signer = words.next().map(PathBuf::from),
            "--data" => data = words.next().map(PathBuf::from),
            option if option.starts_with("--") => bail!("{option} is not known\n{USAGE}"),
            _ => folder = Some(PathBuf::from(word)),
        }
    }
    let (Some(folder), Some(signer), Some(data)) = (folder, signer, data) else {
        bail!("something is missing\n{USAGE}");
    };
    let pem = fs::read_to_string(&signer);
    let pem = pem.with_context(|| format!("cannot read {}", signer.display()))?;
    let signer = Signer::from_pem(&pem)?;
    let shelf = ReleaseShelf::new(&data);
    let mut taken = 0;
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
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
        is_whole(&release, &folder)?;
        shelf.keep(&release, &signed, &pem, &folder)?;
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
        let name = Path::new(&artefact.name);
        ensure!(
            name.file_name() == Some(name.as_os_str()),
            "{} is no name of a file",
            artefact.name
        );
        let mut file = File::open(folder.join(name))
            .with_context(|| format!("{} is not there", artefact.name))?;
        let mut hash = Sha256::new();
        let bytes = io::copy(&mut file, &mut hash)?;
        let sha256: String = hash
            .finalize()
            .iter()
            .map(|it| format!("{it:02x}"))
            .collect();
        ensure!(
            bytes == artefact.bytes && sha256 == artefact.sha256,
            "{} is not what was signed",
            artefact.name
        );
    }
    Ok(())
}
