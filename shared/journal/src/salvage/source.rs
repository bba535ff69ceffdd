//! The pages of a damaged journal and of its log, without SQLite.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, Read},
    os::unix::fs::FileExt,
    path::Path,
};

use crate::{
    Key,
    pages::{self, PAGE},
};

/// SQLite file format, 4.1: the log's header and what stands before each frame.
const LOG_HEADER: usize = 32;
const LOG_MAGIC: u32 = 0x377f_0682;
const FRAME_HEADER: usize = 24;

pub(super) struct Source<'a> {
    key: &'a Key,
    file: File,
    log: Option<File>,
    /// Where in the log the newest committed form of a page stands.
    logged: HashMap<u32, u64>,
    /// The highest page number.
    pub(super) last: u32,
}

impl<'a> Source<'a> {
    pub(super) fn open(path: &Path, log: &Path, key: &'a Key) -> io::Result<Self> {
        let file = File::open(path)?;
        let mut last = u32::try_from(file.metadata()?.len() / PAGE as u64).unwrap_or(u32::MAX);
        let mut logged = HashMap::new();
        let log = match File::open(log) {
            Ok(log) => {
                logged = committed(&log, key);
                Some(log)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        last = logged.keys().copied().fold(last, u32::max);
        Ok(Self {
            key,
            file,
            log,
            logged,
            last,
        })
    }

    /// None when the page is damaged or not there; its older form in the file
    /// when it is the log's that is damaged.
    pub(super) fn page(&self, number: u32) -> Option<Vec<u8>> {
        let logged = self.log.as_ref().zip(self.logged.get(&number));
        logged
            .and_then(|(log, at)| self.read(log, *at, number))
            .or_else(|| {
                let at = u64::from(number.checked_sub(1)?) * PAGE as u64;
                self.read(&self.file, at, number)
            })
    }

    fn read(&self, file: &File, at: u64, number: u32) -> Option<Vec<u8>> {
        let mut page = [0; PAGE];
        file.read_exact_at(&mut page, at).ok()?;
        pages::decrypted(&page, number, self.key)
    }
}

/// Whether acknowledged entries would be lost if SQLite read this log, which it
/// does up to the first frame that does not fit: such a frame is the torn end of
/// the last transaction, or it is damage. A transaction ends with one frame, or
/// two for a whole sector; more ends behind it are of later transactions.
pub(crate) fn log_is_damaged(log: &Path, key: &Key) -> bool {
    const ENDS_OF_ONE: u32 = 2;
    let Ok(log) = File::open(log) else {
        return false;
    };
    let (mut torn, mut ends_behind) = (false, 0);
    let header_fits = frames(&log, |frame| {
        torn |= !frame.is_whole(key);
        ends_behind += u32::from(torn && frame.ends);
    });
    ends_behind > ENDS_OF_ONE || header_fits == Some(false)
}

/// The newest committed form of each page: a frame that ends a transaction tells
/// the size of the file, others say 0.
fn committed(log: &File, key: &Key) -> HashMap<u32, u64> {
    let (mut found, mut begun) = (HashMap::new(), HashMap::new());
    frames(log, |frame| {
        if frame.is_whole(key) {
            begun.insert(frame.number, frame.at);
        }
        if frame.ends {
            found.extend(begun.drain());
        }
    });
    found
}

struct Frame<'a> {
    page: &'a [u8; PAGE],
    /// Of the page.
    number: u32,
    /// Whether a transaction ends here.
    ends: bool,
    /// Where the page stands in the log.
    at: u64,
}

impl Frame<'_> {
    fn is_whole(&self, key: &Key) -> bool {
        pages::is_whole(self.page, self.number, key)
    }
}

/// Looks at every frame of the log's present round. Answers whether the log's
/// header is what was written; none when there is not one frame.
fn frames(log: &File, mut look: impl FnMut(&Frame<'_>)) -> Option<bool> {
    let mut reader = BufReader::new(log);
    let mut header = [0; LOG_HEADER];
    if !read_whole(&mut reader, &mut header) {
        return None;
    }
    let header_fits = is_log_header(&header);
    let mut salts = header_fits.then(|| header[16..24].to_vec());
    let (mut frame, mut page) = ([0; FRAME_HEADER], [0; PAGE]);
    let (mut at, mut any) = (LOG_HEADER as u64, false);
    while read_whole(&mut reader, &mut frame) && read_whole(&mut reader, &mut page) {
        at += FRAME_HEADER as u64;
        // Without a header the first frame tells the round.
        if *salts.get_or_insert_with(|| frame[8..16].to_vec()) != frame[8..16] {
            break;
        }
        any = true;
        look(&Frame {
            page: &page,
            number: word(&frame, 0),
            ends: word(&frame, 4) > 0,
            at,
        });
        at += PAGE as u64;
    }
    any.then_some(header_fits)
}

/// Its checksum stands at its end.
fn is_log_header(header: &[u8; LOG_HEADER]) -> bool {
    let magic = word(header, 0);
    let read = |at: usize| match magic & 1 {
        0 => word(header, at).swap_bytes(),
        _ => word(header, at),
    };
    let (mut first, mut second) = (0u32, 0u32);
    for at in (0..24).step_by(8) {
        first = first.wrapping_add(read(at)).wrapping_add(second);
        second = second.wrapping_add(read(at + 4)).wrapping_add(first);
    }
    magic & !1 == LOG_MAGIC && (first, second) == (word(header, 24), word(header, 28))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([0, 1, 2, 3].map(|it| bytes[at + it]))
}

/// `false` at the end, be it in the middle of what was wanted or at a sector
/// that cannot be read.
fn read_whole(reader: &mut impl Read, bytes: &mut [u8]) -> bool {
    reader.read_exact(bytes).is_ok()
}
