//! What an operator hands in at the server: something signed, and the key that has signed it.

use std::path::PathBuf;

use anyhow::bail;

pub(crate) struct HandedIn {
    /// A file or a folder.
    pub(crate) what: PathBuf,
    /// The signer's public key, in PEM.
    pub(crate) signer: PathBuf,
    /// The exchange's folder.
    pub(crate) data: PathBuf,
}

impl HandedIn {
    /// Reads `NAME WHAT --signer FILE --data FOLDER`; none when it is another command.
    ///
    /// # Errors
    /// When something is missing on the command line, or is not known.
    pub(crate) fn read(name: &str, usage: &str, words: &[String]) -> anyhow::Result<Option<Self>> {
        let Some((_, words)) = words.split_first().filter(|(it, _)| *it == name) else {
            return Ok(None);
        };
        let (mut what, mut signer, mut data) = (None, None, None);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--signer" => signer = words.next().map(PathBuf::from),
                "--data" => data = words.next().map(PathBuf::from),
                option if option.starts_with("--") => bail!("{option} is not known\n{usage}"),
                _ => what = Some(PathBuf::from(word)),
            }
        }
        let (Some(what), Some(signer), Some(data)) = (what, signer, data) else {
            bail!("{name} lacks something\n{usage}");
        };
        Ok(Some(Self { what, signer, data }))
    }
}
