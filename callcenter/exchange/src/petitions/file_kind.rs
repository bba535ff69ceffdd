//! What a file is by its own bytes, whatever it is called; and whether it unpacks to more
//! than anybody should have to open.

use std::io::Read;

/// Bytes of one file.
pub(crate) const FILE_MAX: usize = 10 << 20;
/// What an archive may unpack to, as often as itself and altogether.
const RATIO_MAX: u64 = 200;
const UNPACKED_MAX: u64 = 100 << 20;
/// Entries of an archive.
const ENTRIES_MAX: u64 = 5000;
/// Methods of packing (APPNOTE.TXT, 4.4.5).
const STORED: u64 = 0;
const DEFLATED: u64 = 8;

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotKept {
    #[error("the file is empty or too large")]
    Size,
    #[error("the file is none of the kinds that are kept")]
    Kind,
    #[error("the file unpacks to too much")]
    Bomb,
    #[error("the file is not what it is said to be")]
    Mislabelled,
}

/// The media type of a file that may be kept.
///
/// PDF, PNG and JPEG are known by their first bytes (ISO 32000-1, 7.5.2; PNG, 5.2; ISO
/// 10918-1, B.1.1.3); HWPX by the first entry of its package, `mimetype` (KS X 6101);
/// plain text by being UTF-8 without control characters.
///
/// # Errors
/// Why it is not kept.
pub(crate) fn media_type(content: &[u8]) -> Result<&'static str, NotKept> {
    if content.is_empty() || content.len() > FILE_MAX {
        return Err(NotKept::Size);
    }
    let begins = |magic: &[u8]| content.starts_with(magic);
    if begins(b"%PDF-") {
        Ok("application/pdf")
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Ok("image/png")
    } else if begins(b"\xff\xd8\xff") {
        Ok("image/jpeg")
    } else if begins(b"PK\x03\x04") {
        package(content)
    } else {
        text(content)
    }
}

/// The same, where its sender said what it is.
///
/// # Errors
/// As of [`media_type`], and when it is something else.
pub(crate) fn as_said(content: &[u8], said: &str) -> Result<&'static str, NotKept> {
    let found = media_type(content)?;
    let essence = |it: &str| {
        it.split(';')
            .next()
            .unwrap_or("")
            .trim()
            .to_ascii_lowercase()
    };
    let said = essence(said);
    let nothing_said = said.is_empty() || said == "application/octet-stream";
    if nothing_said || said == essence(found) {
        return Ok(found);
    }
    // The name by which it was registered before there was a standard.
    let hwpx = found == HWPX && said.contains("hwp");
    match hwpx {
        true => Ok(found),
        false => Err(NotKept::Mislabelled),
    }
}

const HWPX: &str = "application/hwp+zip";

fn text(content: &[u8]) -> Result<&'static str, NotKept> {
    let text = std::str::from_utf8(content).map_err(|_| NotKept::Kind)?;
    let allowed = |it: char| !it.is_control() || matches!(it, '\n' | '\r' | '\t');
    match text.chars().all(allowed) {
        true => Ok("text/plain; charset=utf-8"),
        false => Err(NotKept::Kind),
    }
}

/// An archive that begins with what it is, stored and not packed, as HWPX and EPUB do.
fn package(content: &[u8]) -> Result<&'static str, NotKept> {
    let first = Local::read(content, 0).ok_or(NotKept::Kind)?;
    let stored = first.method == STORED && first.name == b"mimetype";
    let kind = content.get(first.data..first.data.saturating_add(HWPX.len()));
    let size = usize::try_from(first.packed).ok();
    if !stored || size != Some(HWPX.len()) || kind != Some(HWPX.as_bytes()) {
        return Err(NotKept::Kind);
    }
    unpacks_to_little(content)?;
    Ok(HWPX)
}

/// Unpacks all entries of an archive's directory, keeps none, and stops where it is too
/// much or not what was declared.
fn unpacks_to_little(content: &[u8]) -> Result<(), NotKept> {
    let end = content
        .windows(4)
        .rposition(|it| it == b"PK\x05\x06")
        .ok_or(NotKept::Kind)?;
    // It ends with its comment (APPNOTE.TXT, 4.3.16).
    let comment = place(number(content, end + 20, 2))?;
    if (end + 22).saturating_add(comment) != content.len() {
        return Err(NotKept::Kind);
    }
    let entries = number(content, end + 10, 2).ok_or(NotKept::Kind)?;
    let mut at = place(number(content, end + 16, 4))?;
    // All that is packed lies before the directory.
    let room = at as u64;
    if entries > ENTRIES_MAX {
        return Err(NotKept::Bomb);
    }
    let (mut unpacked, mut packed_all) = (0_u64, 0_u64);
    for _ in 0..entries {
        let entry = Central::read(content, at).ok_or(NotKept::Kind)?;
        let local = Local::read(content, entry.local).ok_or(NotKept::Kind)?;
        packed_all = packed_all.saturating_add(entry.packed);
        unpacked = unpacked.saturating_add(entry.declared);
        // Entries that overlap are how a small file becomes a large one.
        let is_much = packed_all > room || unpacked > UNPACKED_MAX;
        if is_much || unpacked / content.len().max(1) as u64 > RATIO_MAX {
            return Err(NotKept::Bomb);
        }
        let to = place(Some(entry.packed))?.saturating_add(local.data);
        let packed = content.get(local.data..to).ok_or(NotKept::Kind)?;
        if real_size(entry.method, packed, entry.declared) != Some(entry.declared) {
            return Err(NotKept::Bomb);
        }
        at = entry.next;
    }
    Ok(())
}

/// What an entry really unpacks to, counted no further than one byte past `declared`;
/// none where it cannot be unpacked.
fn real_size(method: u64, packed: &[u8], declared: u64) -> Option<u64> {
    match method {
        STORED => Some(packed.len() as u64),
        DEFLATED => {
            let reader = flate2::read::DeflateDecoder::new(packed);
            let mut reader = reader.take(declared.saturating_add(1));
            std::io::copy(&mut reader, &mut std::io::sink()).ok()
        }
        _ => None,
    }
}

fn place(number: Option<u64>) -> Result<usize, NotKept> {
    number
        .and_then(|it| usize::try_from(it).ok())
        .ok_or(NotKept::Kind)
}

/// An entry of an archive's directory (APPNOTE.TXT, 4.3.12).
struct Central {
    method: u64,
    packed: u64,
    declared: u64,
    /// Where its own header stands, and the next entry.
    local: usize,
    next: usize,
}

impl Central {
    fn read(content: &[u8], at: usize) -> Option<Self> {
        if content.get(at..at.checked_add(4)?) != Some(b"PK\x01\x02") {
            return None;
        }
        let field = |offset: usize, bytes| number(content, at.checked_add(offset)?, bytes);
        let length = 46 + field(28, 2)? + field(30, 2)? + field(32, 2)?;
        Some(Self {
            method: field(10, 2)?,
            packed: field(20, 4)?,
            declared: field(24, 4)?,
            local: usize::try_from(field(42, 4)?).ok()?,
            next: at.checked_add(usize::try_from(length).ok()?)?,
        })
    }
}

/// The header before an entry of an archive (APPNOTE.TXT, 4.3.7).
struct Local<'a> {
    method: u64,
    packed: u64,
    name: &'a [u8],
    /// Where its bytes begin.
    data: usize,
}

impl<'a> Local<'a> {
    fn read(content: &'a [u8], at: usize) -> Option<Self> {
        if content.get(at..at.checked_add(4)?) != Some(b"PK\x03\x04") {
            return None;
        }
        let field = |offset: usize, bytes| number(content, at.checked_add(offset)?, bytes);
        let name_length = usize::try_from(field(26, 2)?).ok()?;
        let extra = usize::try_from(field(28, 2)?).ok()?;
        let name_at = at.checked_add(30)?;
        let name_end = name_at.checked_add(name_length)?;
        Some(Self {
            method: field(8, 2)?,
            packed: field(18, 4)?,
            name: content.get(name_at..name_end)?,
            data: name_end.checked_add(extra)?,
        })
    }
}

fn number(content: &[u8], at: usize, bytes: usize) -> Option<u64> {
    let slice = content.get(at..at.checked_add(bytes)?)?;
    let little_endian = |all: u64, byte: &u8| (all << 8) | u64::from(*byte);
    Some(slice.iter().rev().fold(0, little_endian))
}

#[cfg(test)]
mod tests;
