//! Where releases lie.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use fleet::{
    Release, Version,
    signed::{Signer, open},
};

/// What a machine is given at once.
const PIECE: u64 = 4 << 20;
const SIGNER: &str = "signer.pem";
const FILES: &str = "files";
const ENDING: &str = "release";
/// Hexadecimal digits of SHA-256.
const DIGEST: usize = 64;

pub(crate) struct ReleaseShelf {
    folder: PathBuf,
    /// What was read, and the folder's last change then: every machine's report asks.
    read: Mutex<Option<(SystemTime, Vec<Held>)>>,
}

/// A release and its signed form.
pub(crate) type Held = (Release, Vec<u8>);

impl ReleaseShelf {
    pub(crate) fn new(data: &Path) -> Self {
        Self {
            folder: data.join("releases"),
            read: Mutex::default(),
        }
    }

    /// All that were handed in under the signer of today, with their signed forms.
    pub(crate) fn held(&self) -> io::Result<Vec<Held>> {
        let changed_at = match fs::metadata(&self.folder) {
            Ok(folder) => folder.modified()?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, held)) = read.as_ref().filter(|(at, _)| *at == changed_at) {
            return Ok(held.clone());
        }
        let held = self.look()?;
        *read = Some((changed_at, held.clone()));
        Ok(held)
    }

    /// What a release comes to in a TPM; nothing of one that is not here.
    pub(crate) fn measured(&self, model: &str, version: &Version) -> io::Result<Vec<String>> {
        let held = self.held()?.into_iter();
        let found = held
            .map(|(it, _)| it)
            .find(|it| it.model == model && it.version == *version);
        Ok(found.map_or_else(Vec::new, |it| it.measured))
    }

    fn look(&self) -> io::Result<Vec<Held>> {
        let Ok(pem) = fs::read_to_string(self.folder.join(SIGNER)) else {
            return Ok(Vec::new());
        };
        let signer = Signer::from_pem(&pem).map_err(io::Error::other)?;
        let mut held = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let path = file?.path();
            if path.extension().is_none_or(|it| it != ENDING) {
                continue;
            }
            let signed = fs::read(&path)?;
            match open::<Release>(&signed, &signer) {
                Ok(release) => held.push((release, signed)),
                Err(why) => {
                    tracing::warn!(file = %path.display(), %why, "A release does not count")
                }
            }
        }
        held.sort_by(|(a, _), (b, _)| (&a.model, &b.version).cmp(&(&b.model, &a.version)));
        Ok(held)
    }

    /// Part of a release's file from `from` on, at most [`PIECE`] bytes; empty behind its end,
    /// none when there is no such file.
    pub(crate) fn piece(&self, sha256: &str, from: u64) -> io::Result<Option<Vec<u8>>> {
        let is_digest = sha256.len() == DIGEST && sha256.bytes().all(|it| it.is_ascii_hexdigit());
        if !is_digest {
            return Ok(None);
        }
        let mut file = match File::open(self.file(sha256)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        file.seek(SeekFrom::Start(from))?;
        let mut piece = Vec::new();
        file.take(PIECE).read_to_end(&mut piece)?;
        Ok(Some(piece))
    }

    /// Keeps what is signed and its files, which were found to be whole; the release last, so
    /// that none is offered whose files are not here.
    pub(crate) fn keep(
        &self,
        release: &Release,
        signed: &[u8],
        signer_pem: &str,
        from: &Path,
    ) -> io::Result<()> {
        fs::create_dir_all(self.folder.join(FILES))?;
        for artefact in &release.artefacts {
            let file = self.file(&artefact.sha256);
            let beside = file.with_extension("new");
            fs::copy(from.join(&artefact.name), &beside)?;
            File::open(&beside)?.sync_all()?;
            fs::rename(&beside, &file)?;
        }
        durable::sync_folder_of(&self.folder.join(FILES).join("."))?;
        durable::replace(&self.folder.join(SIGNER), signer_pem.as_bytes())?;
        let name = format!("{}-{}.{ENDING}", release.model, release.version);
        durable::replace(&self.folder.join(name), signed)
    }

    fn file(&self, sha256: &str) -> PathBuf {
        self.folder.join(FILES).join(sha256)
    }
}
