//! SQLite's write-ahead log, read as what was committed.
//!
//! Every change to the store passes through this file as whole pages, so what
//! reads it misses nothing, whatever tables there are or will be. The form is
//! that of <https://www.sqlite.org/fileformat2.html> §4, "The Write-Ahead Log".

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use serde::{Deserialize, Serialize};

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
const MAGIC: u32 = 0x377f_0682;
const PAGE_BYTES_MAX: u32 = 65_536;

/// How far a log was read: behind a commit, and sure to be the same log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    salts: [u32; 2],
    frames: u64,
    checksum: [u32; 2],
    /// All of it is in the store's file; the next commit may begin a new log.
    pub(crate) emptied: bool,
}

impl Position {
    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }
}

/// One page as a commit left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// 1 is the first.
    pub(crate) page: u32,
    /// The store's size in pages, said by the last frame of a commit; else 0.
    pub(crate) size: u32,
    pub(crate) content: Vec<u8>,
}

/// What a log holds behind a position.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Log {
    /// Whole commits, perhaps none.
    Follows {
        frames: Vec<Frame>,
        /// Behind them.
        position: Option<Position>,
        /// There is nothing more.
        all: bool,
    },
    /// Not the log that was read before: changes may have been missed.
    Broken,
}

/// Reads whole commits behind `from`, or all there are, until they weigh
/// `bytes_max`. Nobody may write to the store meanwhile.
///
/// # Errors
/// When the file is there and cannot be read.
pub(crate) fn read(file: &Path, from: Option<Position>, bytes_max: u64) -> io::Result<Log> {
    let Some(mut reader) = Reader::open(file)? else {
        return Ok(match from {
            Some(position) if !position.emptied => Log::Broken,
            None | Some(_) => Log::Follows {
                frames: Vec::new(),
                position: from,
                all: true,
            },
        });
    };
    match from {
        Some(position) if position.salts == reader.at.salts => reader.resume(position)?,
        Some(position) if !(position.emptied && reader.succeeds(position)) => {
            return Ok(Log::Broken);
        }
        Some(_) | None => {}
    }
    let mut frames: Vec<Frame> = Vec::new();
    let (mut committed, mut weight) = (0, 0);
    let (mut position, mut all) = (from, true);
    while let Some(frame) = reader.next_frame()? {
        // With psow=0 SQLite repeats a commit's last frame to the end of a sector.
        let padding = committed == frames.len() && frames.last() == Some(&frame);
        if padding {
            position = Some(reader.at);
            continue;
        }
        if committed == frames.len() && weight >= bytes_max {
            all = false;
            break;
        }
        weight += frame.content.len() as u64;
        let commits = frame.size != 0;
        frames.push(frame);
        if commits {
            committed = frames.len();
            position = Some(reader.at);
        }
    }
    frames.truncate(committed);
    Ok(Log::Follows {
        frames,
        position,
        all,
    })
}

/// Whether a log holds exactly what was read up to `position`, by its checksums.
///
/// # Errors
/// When the file is there and cannot be read.
pub(crate) fn holds(file: &Path, position: Position) -> io::Result<bool> {
    let Some(mut reader) = Reader::open(file)? else {
        return Ok(false);
    };
    if reader.at.salts != position.salts {
        return Ok(position.emptied && reader.succeeds(position));
    }
    while reader.at.frames < position.frames {
        if reader.next_frame()?.is_none() {
            return Ok(false);
        }
    }
    Ok(reader.at.checksum == position.checksum)
}

struct Reader {
    file: io::BufReader<File>,
    page_bytes: usize,
    big_endian: bool,
    at: Position,
}

impl Reader {
    /// None while there is no log or it is empty.
    fn open(file: &Path) -> io::Result<Option<Self>> {
        let file = match File::open(file) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut file = io::BufReader::new(file);
        let Some(header) = exactly::<HEADER_BYTES>(&mut file)? else {
            return Ok(None);
        };
        let (magic, page_bytes) = (word(&header, 0), word(&header, 8));
        let big_endian = magic & 1 == 1;
        let checksum = checksum([0, 0], &header[..24], big_endian);
        // SQLite holds such a log for empty, too.
        let whole = magic & !1 == MAGIC
            && (512..=PAGE_BYTES_MAX).contains(&page_bytes)
            && page_bytes.is_power_of_two()
            && checksum == [word(&header, 24), word(&header, 28)];
        Ok(whole.then_some(Self {
            file,
            page_bytes: page_bytes as usize,
            big_endian,
            at: Position {
                salts: [word(&header, 16), word(&header, 20)],
                frames: 0,
                checksum,
                emptied: false,
            },
        }))
    }

    /// SQLite adds one to the first salt whenever it begins the log anew.
    fn succeeds(&self, before: Position) -> bool {
        self.at.salts[0] == before.salts[0].wrapping_add(1)
    }

    fn resume(&mut self, position: Position) -> io::Result<()> {
        let frame_bytes = (FRAME_HEADER_BYTES + self.page_bytes) as u64;
        let offset = HEADER_BYTES as u64 + position.frames * frame_bytes;
        self.file.seek(SeekFrom::Start(offset))?;
        self.at = Position {
            emptied: false,
            ..position
        };
        Ok(())
    }

    /// The next frame that belongs to this log, by salts and checksum.
    fn next_frame(&mut self) -> io::Result<Option<Frame>> {
        let Some(header) = exactly::<FRAME_HEADER_BYTES>(&mut self.file)? else {
            return Ok(None);
        };
        let mut content = vec![0; self.page_bytes];
        match self.file.read_exact(&mut content) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let sum = checksum(self.at.checksum, &header[..8], self.big_endian);
        let sum = checksum(sum, &content, self.big_endian);
        let ours = [word(&header, 8), word(&header, 12)] == self.at.salts
            && [word(&header, 16), word(&header, 20)] == sum;
        if !ours {
            return Ok(None);
        }
        self.at.frames += 1;
        self.at.checksum = sum;
        Ok(Some(Frame {
            page: word(&header, 0),
            size: word(&header, 4),
            content,
        }))
    }
}

fn exactly<const N: usize>(file: &mut impl Read) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    match file.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4]
        .iter()
        .fold(0, |word, byte| word << 8 | u32::from(*byte))
}

/// Cumulative over pairs of words, in the byte order the magic number tells.
fn checksum([mut one, mut two]: [u32; 2], bytes: &[u8], big_endian: bool) -> [u32; 2] {
    for pair in bytes.chunks_exact(8) {
        let read = |at: usize| match big_endian {
            true => word(pair, at),
            false => word(pair, at).swap_bytes(),
        };
        one = one.wrapping_add(read(0)).wrapping_add(two);
        two = two.wrapping_add(read(4)).wrapping_add(one);
    }
    [one, two]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::{fs, path::PathBuf};

    use rusqlite::Connection;
    use tempfile::TempDir;

    use super::*;

    /// A log of three transactions, and the connection that keeps it.
    fn log() -> (TempDir, Connection, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("db")).unwrap();
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap();
        connection
            .pragma_update(None, "wal_autocheckpoint", 0)
            .unwrap();
        connection.execute_batch("CREATE TABLE t (a)").unwrap();
        for _ in 0..2 {
            connection
                .execute_batch("INSERT INTO t VALUES (randomblob(9000))")
                .unwrap();
        }
        let file = folder.path().join("db-wal");
        (folder, connection, file)
    }

    fn commits(log: &Log) -> usize {
        match log {
            Log::Follows { frames, .. } => frames.iter().filter(|it| it.size != 0).count(),
            Log::Broken => panic!("broken"),
        }
    }

    fn behind(log: Log) -> Option<Position> {
        match log {
            Log::Follows { position, .. } => position,
            Log::Broken => panic!("broken"),
        }
    }

    #[test]
    fn a_log_cut_anywhere_gives_whole_commits_alone() {
        let (_folder, _connection, file) = log();
        let bytes = fs::read(&file).unwrap();
        let cut = file.with_extension("cut");
        let mut seen = 0;

        for end in (0..=bytes.len()).step_by(101).chain([bytes.len()]) {
            fs::write(&cut, &bytes[..end]).unwrap();
            let log = read(&cut, None, u64::MAX).unwrap();
            let whole = commits(&log);
            assert!(whole >= seen);
            seen = whole;
            let Log::Follows { frames, .. } = log else {
                unreachable!()
            };
            assert!(frames.last().is_none_or(|last| last.size != 0));
        }

        assert_eq!(seen, 3);
    }

    #[test]
    fn a_log_altered_anywhere_ends_before_what_was_altered() {
        let (_folder, _connection, file) = log();
        let bytes = fs::read(&file).unwrap();
        let altered = file.with_extension("altered");

        for at in (0..bytes.len()).step_by(257) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            fs::write(&altered, flipped).unwrap();
            assert!(
                commits(&read(&altered, None, u64::MAX).unwrap()) < 3,
                "byte {at}"
            );
        }
    }

    #[test]
    fn reading_goes_on_where_it_stopped_and_in_small_bites() {
        let (_folder, connection, file) = log();
        let first = read(&file, None, 1).unwrap();
        assert_eq!(commits(&first), 1);
        let rest = read(&file, behind(first), u64::MAX).unwrap();
        assert_eq!(commits(&rest), 2);
        let end = behind(rest).unwrap();
        assert!(holds(&file, end).unwrap());

        connection
            .execute_batch("INSERT INTO t VALUES (1)")
            .unwrap();

        assert_eq!(commits(&read(&file, Some(end), u64::MAX).unwrap()), 1);
    }

    #[test]
    fn what_fills_up_a_sector_is_no_commit() {
        let folder = tempfile::tempdir().unwrap();
        let uri = format!("file:{}/db?psow=0", folder.path().display());
        let connection = Connection::open(uri).unwrap();
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a)",
            )
            .unwrap();
        let file = folder.path().join("db-wal");
        let end = behind(read(&file, None, u64::MAX).unwrap());

        connection
            .execute_batch("INSERT INTO t VALUES (1)")
            .unwrap();

        let log = read(&file, end, u64::MAX).unwrap();
        assert_eq!(commits(&log), 1);
        let frames = behind(log).unwrap().frames() - end.unwrap().frames();
        assert!(frames > 1, "nothing filled up");
        assert_eq!(commits(&read(&file, end, 1).unwrap()), 1);
    }

    #[test]
    fn a_log_that_began_anew_follows_only_what_was_read_to_its_end() {
        let (_folder, connection, file) = log();
        let end = behind(read(&file, None, u64::MAX).unwrap()).unwrap();
        let emptied = Position {
            emptied: true,
            ..end
        };
        connection
            .query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()))
            .unwrap();

        assert!(holds(&file, emptied).unwrap());
        connection
            .execute_batch("INSERT INTO t VALUES (1)")
            .unwrap();

        assert!(!holds(&file, end).unwrap());
        assert!(holds(&file, emptied).unwrap());
        assert_eq!(read(&file, Some(end), u64::MAX).unwrap(), Log::Broken);
        assert_eq!(commits(&read(&file, Some(emptied), u64::MAX).unwrap()), 1);
    }
}
