//! Editions on a disk: each in one file as it was signed, whole or not there. Its
//! files are laid out beside it anew whenever they are read, and believed no longer
//! than that.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use request::Timestamp;

use crate::{Edition, EditionSigner, Files, Refused, RefusedEdition, digest};

/// Read by whoever reads a catalogue, though nothing lies in them.
const NEEDED: [&str; 4] = ["codes", "fees", "networks", "services"];

/// So many are kept: the one in use, and the one before it.
const KEPT: usize = 2;
const ENDING: &str = "edition";

pub struct Shelf {
    folder: PathBuf,
}

/// An edition that can be used, and what was read from its files.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<T> {
    pub number: u64,
    /// SHA-256 of the signed form, in hexadecimal.
    pub digest: String,
    pub valid_from: Timestamp,
    pub content: T,
}

/// Why an edition was not taken; the shelf is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("edition {number} is not higher than edition {newest}, which is here already")]
    Older { number: u64, newest: u64 },
    #[error("edition {number} is no catalogue: {why}")]
    Catalog { number: u64, why: String },
    #[error("edition {number} cannot be kept: {source}")]
    Disk {
        number: u64,
        #[source]
        source: io::Error,
    },
}

impl Shelf {
    /// The folder need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Takes an edition that `signer` has signed, whose number is higher than all here
    /// and than `above`, and whose files `read` can read. When this returns it is on
    /// the disk.
    ///
    /// # Errors
    /// The reason why it was not taken.
    pub fn take<T>(
        &self,
        signed: &[u8],
        signer: &EditionSigner,
        above: u64,
        read: impl FnOnce(&Path) -> Result<T, String>,
    ) -> Result<Found<T>, NotTaken> {
        let edition = Edition::open(signed, signer)?;
        let number = edition.number;
        let failed = |source| NotTaken::Disk { number, source };
        let here = self.numbers().map_err(failed)?;
        let newest = here.first().copied().unwrap_or(0).max(above);
        if number <= newest {
            return Err(NotTaken::Older { number, newest });
        }
        let laid_out = self.lay_out(number, &edition.files).map_err(failed)?;
        let content = match read(&laid_out) {
            Ok(content) => content,
            Err(why) => {
                // Whatever stays is removed before it is laid out anew.
                let _ = remove_folder(&laid_out);
                return Err(NotTaken::Catalog { number, why });
            }
        };
        durable::replace(&self.file(number), signed).map_err(failed)?;
        Ok(Found {
            number,
            digest: digest(signed),
            valid_from: edition.valid_from,
            content,
        })
    }

    /// The highest edition that counts at `now`, is `signer`'s and can be read, and
    /// those above it that are not.
    ///
    /// # Errors
    /// When the shelf itself cannot be read.
    pub fn newest<T>(
        &self,
        signer: &EditionSigner,
        now: Timestamp,
        mut read: impl FnMut(&Path) -> Result<T, String>,
    ) -> io::Result<(Option<Found<T>>, Vec<RefusedEdition>)> {
        let mut refused = Vec::new();
        for number in self.numbers()? {
            let signed = fs::read(self.file(number))?;
            let content = Edition::open(&signed, signer).map_err(|it| it.to_string());
            let content = content.and_then(|edition| {
                if edition.number != number {
                    return Err("it lies under another number".to_owned());
                }
                if edition.valid_from > now {
                    return Ok(None);
                }
                let laid_out = self.lay_out(number, &edition.files);
                let content = read(&laid_out.map_err(|it| it.to_string())?)?;
                Ok(Some((edition.valid_from, content)))
            });
            match content {
                Ok(Some((valid_from, content))) => {
                    let digest = digest(&signed);
                    let found = Found {
                        number,
                        digest,
                        valid_from,
                        content,
                    };
                    return Ok((Some(found), refused));
                }
                // Its time has not come.
                Ok(None) => {}
                Err(reason) => refused.push(RefusedEdition { number, reason }),
            }
        }
        Ok((None, refused))
    }

    /// The signed form of an edition by its digest.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn signed(&self, wanted: &str) -> io::Result<Option<Vec<u8>>> {
        for number in self.numbers()? {
            let signed = fs::read(self.file(number))?;
            if digest(&signed) == wanted {
                return Ok(Some(signed));
            }
        }
        Ok(None)
    }

    /// Lets go of what is older than the edition in use and the one before it.
    ///
    /// # Errors
    /// When something cannot be deleted.
    pub fn tidy(&self, in_use: u64) -> io::Result<()> {
        let older = self
            .numbers()?
            .into_iter()
            .filter(|it| *it <= in_use)
            .skip(KEPT);
        for number in older {
            fs::remove_file(self.file(number))?;
            remove_folder(&self.laid_out(number))?;
        }
        Ok(())
    }

    /// Of all editions here, the highest first.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn numbers(&self) -> io::Result<Vec<u64>> {
        let mut numbers = Vec::new();
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(numbers),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let is_edition = path.extension().is_some_and(|it| it == ENDING);
            let stem = path.file_stem().and_then(|it| it.to_str());
            numbers.extend(
                stem.filter(|_| is_edition)
                    .and_then(|it| it.parse::<u64>().ok()),
            );
        }
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        Ok(numbers)
    }

    /// Writes the files of an edition, in place of whatever was left there.
    fn lay_out(&self, number: u64, files: &Files) -> io::Result<PathBuf> {
        let folder = self.laid_out(number);
        remove_folder(&folder)?;
        for kind in NEEDED {
            fs::create_dir_all(folder.join(kind))?;
        }
        for (name, content) in files.iter() {
            let file = folder.join(name);
            if let Some(around) = file.parent() {
                fs::create_dir_all(around)?;
            }
            fs::write(file, content)?;
        }
        Ok(folder)
    }

    fn file(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number}.{ENDING}"))
    }

    fn laid_out(&self, number: u64) -> PathBuf {
        self.folder.join(number.to_string())
    }
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
