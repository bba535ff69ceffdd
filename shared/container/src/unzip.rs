//! Reads a ZIP file of whoever wrote it, within bounds: entries as they are or deflated
//! (RFC 1951), none encrypted, no name twice.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::{BYTES_MAX, DOCUMENTS_MAX};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_LENGTH: usize = 22;
/// Documents, their type, manifests and signatures.
const ENTRIES_MAX: u16 = DOCUMENTS_MAX as u16 + 16;
const ENCRYPTED: u16 = 1;

/// An entry, unpacked.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
}

/// All entries in the order of the directory; `None` for what is not such a file.
pub(crate) fn entries(zip: &[u8]) -> Option<Vec<Entry>> {
    let end = zip.len().checked_sub(END_LENGTH)?;
    // A comment behind it would hide where the file ends.
    if number32(zip, end)? != END || number16(zip, end + 20)? != 0 {
        return None;
    }
    let count = number16(zip, end + 10)?;
    if count > ENTRIES_MAX {
        return None;
    }
    let mut at = number32(zip, end + 16)? as usize;
    let mut found: Vec<Entry> = Vec::new();
    let mut room = BYTES_MAX;
    for _ in 0..count {
        let (entry, behind) = entry(zip, at, room)?;
        room -= entry.content.len();
        if found.iter().any(|it| it.name == entry.name) {
            return None;
        }
        found.push(entry);
        at = behind;
    }
    (at == end).then_some(found)
}

/// The entry whose line in the directory stands at `at`, and where the next one does.
fn entry(zip: &[u8], at: usize, room: usize) -> Option<(Entry, usize)> {
    if number32(zip, at)? != CENTRAL || number16(zip, at + 8)? & ENCRYPTED != 0 {
        return None;
    }
    let (method, checksum) = (number16(zip, at + 10)?, number32(zip, at + 16)?);
    let packed = number32(zip, at + 20)? as usize;
    let length = number32(zip, at + 24)? as usize;
    let name_length = number16(zip, at + 28)? as usize;
    let extra = number16(zip, at + 30)? as usize + number16(zip, at + 32)? as usize;
    let local = number32(zip, at + 42)? as usize;
    let name = zip.get(at + 46..at + 46 + name_length)?;
    if length > room || number32(zip, local)? != LOCAL {
        return None;
    }
    // What the entry calls itself is what the directory calls it.
    let start = local + 30;
    if number16(zip, local + 26)? as usize != name_length
        || zip.get(start..start + name_length)? != name
    {
        return None;
    }
    let start = start + name_length + number16(zip, local + 28)? as usize;
    let bytes = zip.get(start..start.checked_add(packed)?)?;
    let content = match method {
        0 if packed == length => bytes.to_vec(),
        8 => decompress_to_vec_with_limit(bytes, length).ok()?,
        _ => return None,
    };
    if content.len() != length || crc32fast::hash(&content) != checksum {
        return None;
    }
    let name = String::from_utf8(name.to_vec()).ok()?;
    Some((Entry { name, content }, at + 46 + name_length + extra))
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
