//! Committed changes as records: numbered, chained, encrypted.
//!
//! A record is `MWCH`, the first and the last change's number, the time, the
//! length of what is encrypted, the chain's hash with this record in it, and what
//! is encrypted; numbers are big-endian. Without the key one can see that nothing
//! is altered, missing or out of order, and nothing else.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::wal::Frame;

const MAGIC: &[u8; 4] = b"MWCH";
const HEADER_BYTES: usize = 4 + 8 + 8 + 8 + 4 + 32;
/// More than one transaction of the store ever weighs.
const RECORD_BYTES_MAX: u32 = 1 << 30;

/// The hash over all records of a stream so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chain(pub(crate) [u8; 32]);

/// What was committed between two looks, still encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// When it was archived, in milliseconds since 1970; never before its predecessor.
    pub(crate) at: i64,
    pub(crate) sealed: Vec<u8>,
}

/// What a reader finds next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Change(Change, Chain),
    End,
    /// The file ends within a record.
    Torn,
    Altered,
}

impl Chain {
    /// The chain of a stream that begins after change `number`.
    pub(crate) fn genesis(stream: &str, number: u64) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"minwon changes genesis 1");
        digest.update(number.to_be_bytes());
        digest.update(stream.as_bytes());
        Self(digest.finalize().into())
    }

    fn after(self, change: &Change) -> Self {
        let mut digest = Sha256::new();
        digest.update(self.0);
        digest.update(change.first.to_be_bytes());
        digest.update(change.last.to_be_bytes());
        digest.update(change.at.to_be_bytes());
        digest.update(&change.sealed);
        Self(digest.finalize().into())
    }
}

impl Change {
    /// The record and the chain behind it.
    pub(crate) fn encode(&self, chain: Chain) -> io::Result<(Vec<u8>, Chain)> {
        let length = u32::try_from(self.sealed.len())
            .ok()
            .filter(|length| *length <= RECORD_BYTES_MAX)
            .ok_or(io::ErrorKind::FileTooLarge)?;
        let chain = chain.after(self);
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.sealed.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.first.to_be_bytes());
        bytes.extend_from_slice(&self.last.to_be_bytes());
        bytes.extend_from_slice(&self.at.to_be_bytes());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&chain.0);
        bytes.extend_from_slice(&self.sealed);
        Ok((bytes, chain))
    }
}

/// Reads the record behind change `after`.
pub(crate) fn next(from: &mut impl Read, after: u64, chain: Chain) -> io::Result<Next> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    from.by_ref()
        .take(HEADER_BYTES as u64)
        .read_to_end(&mut header)?;
    if header.is_empty() {
        return Ok(Next::End);
    }
    if header.len() < HEADER_BYTES {
        return Ok(Next::Torn);
    }
    let (first, last) = (number(&header[4..12]), number(&header[12..20]));
    let at = number(&header[20..28]).cast_signed();
    let length = number(&header[28..32]);
    let follows = header.starts_with(MAGIC)
        && first == after + 1
        && last >= first
        && length <= u64::from(RECORD_BYTES_MAX);
    if !follows {
        return Ok(Next::Altered);
    }
    let mut sealed = Vec::new();
    from.by_ref().take(length).read_to_end(&mut sealed)?;
    if (sealed.len() as u64) < length {
        return Ok(Next::Torn);
    }
    let change = Change {
        first,
        last,
        at,
        sealed,
    };
    let chain = chain.after(&change);
    Ok(match header[32..] == chain.0 {
        true => Next::Change(change, chain),
        false => Next::Altered,
    })
}

/// Pages as they are encrypted: each with its number and, behind a commit, the
/// store's size in pages.
pub(crate) fn encode_frames(frames: &[Frame]) -> Vec<u8> {
    let page_bytes = frames.first().map_or(0, |frame| frame.content.len());
    let mut bytes = Vec::with_capacity(4 + frames.len() * (8 + page_bytes));
    bytes.extend_from_slice(&u32::try_from(page_bytes).unwrap_or(u32::MAX).to_be_bytes());
    for frame in frames {
        bytes.extend_from_slice(&frame.page.to_be_bytes());
        bytes.extend_from_slice(&frame.size.to_be_bytes());
        bytes.extend_from_slice(&frame.content);
    }
    bytes
}

/// None when the bytes are no such pages.
pub(crate) fn decode_frames(bytes: &[u8]) -> Option<Vec<Frame>> {
    let (page_bytes, frames) = bytes.split_at_checked(4)?;
    let frame_bytes = usize::try_from(number(page_bytes)).ok()?.checked_add(8)?;
    let frames = frames.chunks(frame_bytes).map(|frame| {
        (frame.len() == frame_bytes).then(|| Frame {
            page: u32::try_from(number(&frame[..4])).unwrap_or_default(),
            size: u32::try_from(number(&frame[4..8])).unwrap_or_default(),
            content: frame[8..].to_vec(),
        })
    });
    frames.collect()
}

fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn record(first: u64) -> (Vec<u8>, Chain) {
        let change = Change {
            first,
            last: first + 1,
            at: 7,
            sealed: b"sealed".to_vec(),
        };
        change
            .encode(Chain::genesis("0123456789abcdef", 4))
            .unwrap()
    }

    #[test]
    fn a_record_is_what_it_always_was() {
        let (bytes, chain) = record(5);

        assert_eq!(bytes.len(), 70);
        assert_eq!(
            crate::survey::hex(&chain.0),
            "638e351dbff10aea958327aef0573939fd0d646f21a5b646c6f18f109ac04e98"
        );
    }

    #[test]
    fn records_follow_one_another_or_are_called_altered() {
        let genesis = Chain::genesis("0123456789abcdef", 4);
        let (bytes, _) = record(5);

        let read = |after, chain| next(&mut bytes.as_slice(), after, chain).unwrap();

        assert!(matches!(read(4, genesis), Next::Change(..)));
        assert_eq!(read(5, genesis), Next::Altered);
        assert_eq!(
            read(4, Chain::genesis("0123456789abcdef", 5)),
            Next::Altered
        );
    }

    #[test]
    fn a_record_without_its_end_is_torn_wherever_it_ends() {
        let genesis = Chain::genesis("0123456789abcdef", 4);
        let (bytes, _) = record(5);

        for end in 1..bytes.len() {
            let read = next(&mut &bytes[..end], 4, genesis).unwrap();
            assert_eq!(read, Next::Torn, "after {end} bytes");
        }
    }

    proptest! {
        #[test]
        fn nonsense_is_neither_a_record_nor_a_page(bytes: Vec<u8>) {
            let genesis = Chain::genesis("0123456789abcdef", 4);
            let read = next(&mut bytes.as_slice(), 4, genesis).unwrap();

            prop_assert!(!matches!(read, Next::Change(..)));
            let pages = decode_frames(&bytes).unwrap_or_default();
            prop_assert!(pages.len() <= bytes.len() / 8);
        }

        #[test]
        fn pages_survive_their_way(pages in prop::collection::vec((1u32.., 0u32..9), 1..9)) {
            let frames: Vec<Frame> = pages
                .into_iter()
                .map(|(page, size)| Frame { page, size, content: vec![7; 512] })
                .collect();

            prop_assert_eq!(decode_frames(&encode_frames(&frames)).unwrap(), frames);
        }
    }
}
