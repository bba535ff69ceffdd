//! A whole copy of the store and of what lies beside it.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, backup::Backup};
use sha2::{Digest, Sha256};

use super::{
    BackupError, Damage, Manifest, Recipient, SealedFile,
    changes::Chain,
    checked_file::{create, name},
    error::failed,
    folder::{Folder, make_private, moment},
};
use crate::{StoreError, Survey, survey::hex};

/// Pages copied at once, and the rest between: stations come first.
const STEP_PAGES: i32 = 256;
const STEP_PAUSE: Duration = Duration::from_millis(2);
/// Keys and trust lists are small.
const FILE_BYTES_MAX: u64 = 64 << 20;
const FILES_MAX: usize = 1_000;
const SCRATCH: &str = ".backup-scratch";
/// What the copied store is called when it is restored.
pub(crate) const STORE_NAME: &str = "exchange.sqlite";

/// The store held as it was at one moment, while it goes on.
pub struct Cut {
    pub(super) snapshot: Connection,
    pub(super) store: PathBuf,
    pub(super) folder: Folder,
    pub(super) recipient: Recipient,
    pub(super) at: i64,
    pub(super) number: u64,
    pub(super) stream: String,
    pub(super) chain: Chain,
}

impl Cut {
    /// Copies, looks whether the copy is sound, encrypts it and puts it into place.
    /// Until then there is no such backup, and the one before stays.
    ///
    /// # Errors
    /// When the copy is not sound or the folder cannot be written.
    pub fn finish(self, release: &str) -> Result<Manifest, BackupError> {
        let (unfinished, finished) = self.folder.base(self.at, self.number);
        if finished.exists() {
            return Manifest::read(&finished);
        }
        let data = self.store.parent().unwrap_or(Path::new(".")).to_path_buf();
        let scratch = data.join(SCRATCH);
        clear(&scratch)?;
        clear(&unfinished)?;
        make_private(&scratch)?;
        make_private(&unfinished)?;
        let made = self.make(&data, &scratch.join(STORE_NAME), &unfinished, release);
        clear(&scratch)?;
        let manifest = match made {
            Ok(manifest) => manifest,
            Err(error) => {
                clear(&unfinished)?;
                return Err(error);
            }
        };
        fs::rename(&unfinished, &finished)
            .and_then(|()| durable::sync_folder_of(&finished))
            .map_err(failed("put into place", &finished))?;
        Ok(manifest)
    }

    fn make(
        &self,
        data: &Path,
        copy: &Path,
        base: &Path,
        release: &str,
    ) -> Result<Manifest, BackupError> {
        self.copy_to(copy)?;
        let (survey, faults) = Survey::of(copy)?;
        if let Some(fault) = faults.first() {
            return Err(BackupError::Unsound(fault.to_string()));
        }
        let store = self.seal(copy, base, "store.age", STORE_NAME)?;
        let mut files = Vec::new();
        for path in beside(data, &self.store)? {
            let sealed = format!("{:04}.age", files.len() + 1);
            files.push(self.seal(&data.join(&path), base, &sealed, &path)?);
        }
        let manifest = Manifest {
            form: Manifest::FORM,
            release: release.to_owned(),
            taken: moment(self.at, "%Y-%m-%dT%H:%M:%SZ"),
            taken_millis: self.at,
            number: self.number,
            stream: self.stream.clone(),
            chain: self.chain,
            recipient: self.recipient.to_string(),
            store,
            files,
            survey,
        };
        manifest.write(base)?;
        for file in manifest.all_files() {
            check(base, file)?;
        }
        Ok(manifest)
    }

    fn copy_to(&self, file: &Path) -> Result<(), BackupError> {
        create(file).map_err(failed("make", file))?;
        let mut copy = Connection::open(file).map_err(StoreError::from)?;
        Backup::new(&self.snapshot, &mut copy)
            .and_then(|backup| backup.run_to_completion(STEP_PAGES, STEP_PAUSE, None))
            .map_err(StoreError::from)?;
        // One file, so that a look at it needs no log beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")
            .map_err(StoreError::from)?;
        Ok(())
    }

    fn seal(
        &self,
        from: &Path,
        base: &Path,
        name: &str,
        path: &str,
    ) -> Result<SealedFile, BackupError> {
        let mut file = File::open(from).map_err(failed("read", from))?;
        let mode = file.metadata().map_err(failed("read", from))?.permissions();
        let to = base.join(name);
        let mut put = || {
            let mut writer = self.recipient.seal(Weighed::new(create(&to)?))?;
            io::copy(&mut file, &mut writer)?;
            let weighed = writer.finish()?;
            weighed.to.sync_all()?;
            Ok(weighed)
        };
        let weighed = put().map_err(failed("write", &to))?;
        Ok(SealedFile {
            name: name.to_owned(),
            path: path.to_owned(),
            mode: mode.mode() & 0o777,
            bytes: weighed.bytes,
            sha256: hex(&weighed.digest.finalize()),
        })
    }
}

/// Whether a file of a whole copy is what its manifest says.
pub(crate) fn check(base: &Path, file: &SealedFile) -> Result<(), BackupError> {
    let path = base.join(&file.name);
    let mut reader = match File::open(&path) {
        Ok(reader) => reader,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Damage::FileMissing { file: name(&path) }.into());
        }
        Err(error) => return Err(failed("read", path)(error)),
    };
    let mut weighed = Weighed::new(io::sink());
    io::copy(&mut reader, &mut weighed).map_err(failed("read", &path))?;
    match weighed.bytes == file.bytes && hex(&weighed.digest.finalize()) == file.sha256 {
        true => Ok(()),
        false => Err(Damage::Altered { file: name(&path) }.into()),
    }
}

/// Files below the data folder that are neither the store nor under way.
fn beside(data: &Path, store: &Path) -> Result<Vec<String>, BackupError> {
    let store = store.file_name().unwrap_or_default().to_string_lossy();
    let (mut files, mut folders) = (Vec::new(), vec![data.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(failed("read", &folder))?;
        for entry in entries {
            let entry = entry.map_err(failed("read", &folder))?;
            let (path, kind) = (entry.path(), entry.file_type());
            let kind = kind.map_err(failed("read", &path))?;
            let called = entry.file_name().to_string_lossy().into_owned();
            let ours = folder == data && (called.starts_with(&*store) || called.starts_with('.'));
            if kind.is_dir() && !ours {
                folders.push(path);
            } else if kind.is_file() && !ours {
                let bytes = entry.metadata().map_err(failed("read", &path))?.len();
                if bytes > FILE_BYTES_MAX {
                    let most = FILE_BYTES_MAX;
                    return Err(BackupError::TooLarge { path, bytes, most });
                }
                let below = path.strip_prefix(data).unwrap_or(&path);
                files.push(below.to_string_lossy().into_owned());
            }
        }
        if files.len() > FILES_MAX {
            return Err(BackupError::TooMany(FILES_MAX));
        }
    }
    files.sort();
    Ok(files)
}

fn clear(folder: &Path) -> Result<(), BackupError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("remove", folder)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Digests and counts what is written through it.
struct Weighed<W> {
    to: W,
    digest: Sha256,
    bytes: u64,
}

impl<W: Write> Weighed<W> {
    fn new(to: W) -> Self {
        Self {
            to,
            digest: Sha256::new(),
            bytes: 0,
        }
    }
}

impl<W: Write> Write for Weighed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
