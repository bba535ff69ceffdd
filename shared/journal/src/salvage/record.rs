//! Rows as they stand in a page (SQLite file format, 1.6 and 2.1), read without
//! believing anything they say.

use privacy::Personal;

use super::source::Source;
use crate::pages::USABLE;

const TABLE_LEAF: u8 = 0x0d;
/// The database header stands before the first page's own.
const FILE_HEADER: usize = 100;
/// More than any entry weighs; a length beyond it is damage.
const PAYLOAD_MAX: usize = 4 << 20;

#[derive(Debug)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Text(Personal<String>),
    Blob(Vec<u8>),
    /// A floating-point number; the journal has none.
    Other,
}

/// The rows of a page that is a table's leaf: each with its row number. What
/// does not make sense is left out.
pub(super) fn rows(source: &Source<'_>, number: u32, page: &[u8]) -> Vec<(i64, Vec<Value>)> {
    let begin = if number == 1 { FILE_HEADER } else { 0 };
    if page.get(begin) != Some(&TABLE_LEAF) {
        return Vec::new();
    }
    let cells = usize::from(word(page, begin + 3).unwrap_or(0));
    (0..cells)
        .filter_map(|cell| {
            let at = word(page, begin + 8 + 2 * cell)?;
            row(source, page.get(usize::from(at)..)?)
        })
        .collect()
}

fn row(source: &Source<'_>, cell: &[u8]) -> Option<(i64, Vec<Value>)> {
    let (length, rest) = varint(cell)?;
    let (row, rest) = varint(rest)?;
    let length = usize::try_from(length)
        .ok()
        .filter(|it| *it <= PAYLOAD_MAX)?;
    let payload = payload(source, rest, length)?;
    Some((row, values(payload.reveal())?))
}

/// What is too long for the page goes on in a chain of others.
fn payload(source: &Source<'_>, cell: &[u8], length: usize) -> Option<Personal<Vec<u8>>> {
    let (here, mut next) = cell.split_at_checked(local(length))?;
    let mut payload = Personal::new(here.to_vec());
    let mut page;
    while payload.reveal().len() < length {
        page = source.page(u32::from_be_bytes(next.get(..4)?.try_into().ok()?))?;
        let so_far = payload.reveal();
        let more = (length - so_far.len()).min(USABLE - 4);
        payload = Personal::new([so_far, page.get(4..4 + more)?].concat());
        next = &page;
    }
    Some(payload)
}

/// How much of a payload stands in the leaf itself.
fn local(length: usize) -> usize {
    let most = USABLE - 35;
    if length <= most {
        return length;
    }
    let least = (USABLE - 12) * 32 / 255 - 23;
    let fitting = least + (length - least) % (USABLE - 4);
    if fitting <= most { fitting } else { least }
}

fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let (header, _) = varint(payload)?;
    let header = usize::try_from(header).ok()?;
    let mut kinds = payload.get(..header)?;
    kinds = varint(kinds)?.1;
    let mut data = payload.get(header..)?;
    let mut values = Vec::new();
    while !kinds.is_empty() {
        let (kind, rest) = varint(kinds)?;
        kinds = rest;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let (value, rest) = data.split_at_checked(length)?;
        data = rest;
        values.push(match kind {
            0 => Value::Null,
            1..=6 => Value::Integer(integer(value)),
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            7 => Value::Other,
            kind if kind % 2 == 0 => Value::Blob(value.to_vec()),
            _ => Value::Text(Personal::new(String::from_utf8(value.to_vec()).ok()?)),
        });
    }
    Some(values)
}

/// Big-endian in two's complement, of any length up to 8.
fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|it| it & 0x80 != 0);
    let begin = if negative { -1 } else { 0 };
    bytes
        .iter()
        .fold(begin, |value, byte| value << 8 | i64::from(*byte))
}

/// Up to nine bytes, seven bits in each but the ninth, which has eight.
fn varint(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut value = 0i64;
    for (index, byte) in bytes.iter().enumerate().take(9) {
        if index == 8 {
            return Some((value << 8 | i64::from(*byte), &bytes[9..]));
        }
        value = value << 7 | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

fn word(page: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(page.get(at..at + 2)?.try_into().ok()?))
}
