//! The archive that a kernel unpacks into memory: cpio's "newc" (Linux
//! Documentation/driver-api/early-userspace/buffer-format.rst).
//!
//! Two archives of the same content are the same bytes: names are in order, times are zero
//! and everything is root's.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

const MAGIC: &str = "070701";
const TRAILER: &str = "TRAILER!!!";
/// `PATH_MAX`, with the zero at the end.
const NAME_BYTES_MAX: usize = 4_096;

/// What lies at a place of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Folder { mode: u32 },
    File { mode: u32, content: Content },
    Link { to: String },
    Character { major: u32, minor: u32 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Bytes(Vec<u8>),
    /// Copied when the archive is written.
    Of(PathBuf),
}

#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("{0:?} is no name within an archive")]
    Name(String),
    #[error("{0} cannot be read")]
    Read(PathBuf, #[source] io::Error),
    #[error("{0} is too large for an archive")]
    TooLarge(String),
    #[error("{0} has changed while it was copied")]
    Changed(String),
    #[error("the archive cannot be written")]
    Write(#[source] io::Error),
}

/// An archive that is being filled; names are absolute, as they will be.
#[derive(Clone, Debug, Default)]
pub struct Archive(BTreeMap<String, Entry>);

impl Archive {
    /// # Errors
    /// When the name is none.
    pub fn folder(&mut self, name: &str, mode: u32) -> Result<(), ArchiveError> {
        self.put(name, Entry::Folder { mode })
    }

    /// # Errors
    /// When the name is none.
    pub fn bytes(
        &mut self,
        name: &str,
        mode: u32,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<(), ArchiveError> {
        let content = Content::Bytes(bytes.into());
        self.put(name, Entry::File { mode, content })
    }

    /// A copy of a file of this machine's; of a link, of what it leads to.
    ///
    /// # Errors
    /// When the name is none.
    pub fn copy(
        &mut self,
        name: &str,
        mode: u32,
        file: impl Into<PathBuf>,
    ) -> Result<(), ArchiveError> {
        let content = Content::Of(file.into());
        self.put(name, Entry::File { mode, content })
    }

    /// A copy of everything in a folder.
    ///
    /// # Errors
    /// When the folder cannot be read or holds a name that is none.
    pub fn copy_all(&mut self, name: &str, folder: &Path) -> Result<(), ArchiveError> {
        let unread = |error| ArchiveError::Read(folder.to_owned(), error);
        for entry in fs::read_dir(folder).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            let file_name = path.file_name().and_then(|it| it.to_str());
            let file_name =
                file_name.ok_or_else(|| ArchiveError::Name(path.display().to_string()))?;
            let name = format!("{name}/{file_name}");
            if path.is_dir() {
                self.copy_all(&name, &path)?;
            } else {
                self.copy(&name, 0o644, path)?;
            }
        }
        Ok(())
    }

    /// # Errors
    /// When the name is none.
    pub fn link(&mut self, name: &str, to: &str) -> Result<(), ArchiveError> {
        self.put(name, Entry::Link { to: to.to_owned() })
    }

    /// A character device.
    ///
    /// # Errors
    /// When the name is none.
    pub fn character(&mut self, name: &str, major: u32, minor: u32) -> Result<(), ArchiveError> {
        self.put(name, Entry::Character { major, minor })
    }

    /// Puts something in, and the folders above it.
    fn put(&mut self, name: &str, entry: Entry) -> Result<(), ArchiveError> {
        let inner = name.strip_prefix('/').unwrap_or_default();
        let plain =
            |part: &str| !part.is_empty() && !part.contains('\0') && part != "." && part != "..";
        if !inner.split('/').all(plain) || inner.len() >= NAME_BYTES_MAX || inner == TRAILER {
            return Err(ArchiveError::Name(name.to_owned()));
        }
        for (end, _) in inner.match_indices('/') {
            let above = inner[..end].to_owned();
            self.0.entry(above).or_insert(Entry::Folder { mode: 0o755 });
        }
        self.0.insert(inner.to_owned(), entry);
        Ok(())
    }

    /// Writes all of it, folders before what is in them.
    ///
    /// # Errors
    /// When a file cannot be read or is too large, or the archive cannot be written.
    pub fn write(&self, mut out: impl Write) -> Result<(), ArchiveError> {
        for (number, (name, entry)) in (1_u32..).zip(&self.0) {
            write_entry(&mut out, number, name, entry)?;
        }
        let head = Head::default();
        head.write(&mut out, TRAILER).map_err(ArchiveError::Write)
    }
}

fn write_entry(
    out: &mut impl Write,
    number: u32,
    name: &str,
    entry: &Entry,
) -> Result<(), ArchiveError> {
    let mut head = Head {
        number,
        ..Head::default()
    };
    match entry {
        Entry::Folder { mode } => {
            head.mode = 0o040_000 | mode;
            head.write(out, name).map_err(ArchiveError::Write)
        }
        Entry::Character { major, minor } => {
            head.mode = 0o020_600;
            head.device = (*major, *minor);
            head.write(out, name).map_err(ArchiveError::Write)
        }
        Entry::Link { to } => {
            head.mode = 0o120_777;
            write_content(out, name, head, to.as_bytes())
        }
        Entry::File { mode, content } => {
            head.mode = 0o100_000 | mode;
            match content {
                Content::Bytes(bytes) => write_content(out, name, head, bytes),
                Content::Of(path) => {
                    let file = File::open(path)
                        .map_err(|error| ArchiveError::Read(path.clone(), error))?;
                    copy_content(out, name, head, &file, path)
                }
            }
        }
    }
}

fn write_content(
    out: &mut impl Write,
    name: &str,
    mut head: Head,
    content: &[u8],
) -> Result<(), ArchiveError> {
    head.size =
        u32::try_from(content.len()).map_err(|_| ArchiveError::TooLarge(name.to_owned()))?;
    head.write(out, name)
        .and_then(|()| out.write_all(content))
        .and_then(|()| pad(out, content.len()))
        .map_err(ArchiveError::Write)
}

fn copy_content(
    out: &mut impl Write,
    name: &str,
    mut head: Head,
    mut file: &File,
    path: &Path,
) -> Result<(), ArchiveError> {
    let unread = |error| ArchiveError::Read(path.to_owned(), error);
    let bytes = file.metadata().map_err(unread)?.len();
    head.size = u32::try_from(bytes).map_err(|_| ArchiveError::TooLarge(name.to_owned()))?;
    head.write(out, name).map_err(ArchiveError::Write)?;
    let copied = io::copy(&mut file, out).map_err(ArchiveError::Write)?;
    if copied != bytes {
        return Err(ArchiveError::Changed(name.to_owned()));
    }
    pad(out, (copied % 4) as usize).map_err(ArchiveError::Write)
}

#[derive(Clone, Copy, Default)]
struct Head {
    number: u32,
    mode: u32,
    size: u32,
    device: (u32, u32),
}

impl Head {
    fn write(self, out: &mut impl Write, name: &str) -> io::Result<()> {
        // Inode, mode, owner, group, links, time, size, device, device it is, name, check.
        let name_bytes = u32::try_from(name.len() + 1).map_err(io::Error::other)?;
        let (major, minor) = self.device;
        let fields = [
            self.number,
            self.mode,
            0,
            0,
            1,
            0,
            self.size,
            0,
            0,
            major,
            minor,
            name_bytes,
            0,
        ];
        let mut head = MAGIC.to_owned();
        for field in fields {
            head += &format!("{field:08x}");
        }
        head += name;
        head.push('\0');
        out.write_all(head.as_bytes())?;
        pad(out, head.len())
    }
}

/// Everything begins at a multiple of four bytes.
fn pad(out: &mut impl Write, length: usize) -> io::Result<()> {
    out.write_all(&[0; 3][..length.wrapping_neg() % 4])
}
