//! A file of changes: a heading that says where it begins, then records.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    BackupError, Damage,
    changes::{self, Chain, Next},
    checked_file::{create, name},
    error::failed,
};

const MAGIC: &[u8; 17] = b"minwon changes 1\n";
/// A stream's name: eight random bytes in hexadecimal.
pub(crate) const STREAM_BYTES: usize = 16;
const HEADING_BYTES: usize = MAGIC.len() + STREAM_BYTES + 8 + 32 + 32;

/// A segment that grows.
pub(crate) struct Segment {
    file: File,
    path: PathBuf,
    /// What is written and durable.
    length: u64,
}

impl Segment {
    /// Begins a segment for what follows change `after`. A file of the same name
    /// holds only what was never confirmed.
    pub(crate) fn create(
        path: PathBuf,
        stream: &str,
        after: u64,
        chain: Chain,
    ) -> Result<Self, BackupError> {
        let mut heading = Vec::with_capacity(HEADING_BYTES);
        heading.extend_from_slice(MAGIC);
        heading.extend_from_slice(stream.as_bytes());
        heading.extend_from_slice(&after.to_be_bytes());
        heading.extend_from_slice(&chain.0);
        let digest = Sha256::digest(&heading);
        heading.extend_from_slice(&digest);
        let begin = || {
            let mut file = create(&path)?;
            file.write_all(&heading)?;
            file.sync_all()?;
            durable::sync_folder_of(&path)?;
            Ok(file)
        };
        let file = begin().map_err(failed("begin", &path))?;
        Ok(Self {
            file,
            length: heading.len() as u64,
            path,
        })
    }

    /// Returns when the record is durable, and where it begins. After a failure the same record may be
    /// appended again: what was half written is written over.
    pub(crate) fn append(&mut self, record: &[u8]) -> Result<u64, BackupError> {
        let mut put = || {
            if self.file.metadata()?.len() != self.length {
                self.file.set_len(self.length)?;
            }
            self.file.seek(SeekFrom::Start(self.length))?;
            self.file.write_all(record)?;
            self.file.sync_data()
        };
        put().map_err(failed("write", &self.path))?;
        let before = self.length;
        self.length += record.len() as u64;
        Ok(before)
    }

    /// Takes back a record that nobody was told of.
    pub(crate) fn retract(&mut self, before: u64) {
        self.length = before;
    }
}

/// A segment that is read.
pub(crate) struct SegmentReader {
    file: BufReader<File>,
    path: PathBuf,
    pub(crate) stream: String,
    pub(crate) after: u64,
    pub(crate) chain: Chain,
}

impl SegmentReader {
    pub(crate) fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(failed("read", path))?;
        let mut file = BufReader::new(file);
        let mut heading = [0; HEADING_BYTES];
        let altered = || Damage::Altered { file: name(path) };
        match file.read_exact(&mut heading) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(altered().into());
            }
            read => read.map_err(failed("read", path))?,
        }
        let (text, digest) = heading.split_at(HEADING_BYTES - 32);
        let (stream, rest) = text
            .strip_prefix(MAGIC)
            .filter(|_| Sha256::digest(text)[..] == *digest)
            .ok_or_else(altered)?
            .split_at(STREAM_BYTES);
        let (mut after, mut chain) = ([0; 8], [0; 32]);
        after.copy_from_slice(&rest[..8]);
        chain.copy_from_slice(&rest[8..]);
        Ok(Self {
            file,
            path: path.to_path_buf(),
            stream: String::from_utf8_lossy(stream).into_owned(),
            after: u64::from_be_bytes(after),
            chain: Chain(chain),
        })
    }

    /// What follows the last change that was read; the reader goes on behind it.
    pub(crate) fn next(&mut self) -> Result<Next, BackupError> {
        let next = changes::next(&mut self.file, self.after, self.chain)
            .map_err(failed("read", &self.path))?;
        if let Next::Change(change, chain) = &next {
            (self.after, self.chain) = (change.last, *chain);
        }
        Ok(next)
    }
}
