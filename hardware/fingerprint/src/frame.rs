//! Where one message ends and the next begins: its length, in front.

use zeroize::{Zeroize, Zeroizing};

const HEAD: usize = 4;
/// More bytes than any message has; a template of sixteen full views has 24 kB.
pub(crate) const MESSAGE_MAX: usize = 32 * 1024;

/// What comes is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message is longer than any")]
pub struct Oversized;

pub(crate) fn frame(message: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    let mut frame = Zeroizing::new(Vec::with_capacity(HEAD + message.len()));
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(message);
    frame
}

/// Collects bytes, in pieces of any size, until they are a message.
#[derive(Debug, Default)]
pub struct Collector {
    bytes: Vec<u8>,
}

impl Collector {
    pub fn push(&mut self, bytes: &[u8]) {
        if self.bytes.len() + bytes.len() > self.bytes.capacity() {
            // A vector that grows leaves its old place as it is.
            let mut larger = Vec::with_capacity(2 * (self.bytes.len() + bytes.len()));
            larger.extend_from_slice(&self.bytes);
            self.bytes.zeroize();
            self.bytes = larger;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message; `None` until all of it is there.
    ///
    /// # Errors
    /// When it would be longer than any: whoever sends it is not understood any more.
    pub fn message(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, Oversized> {
        let Some(head) = self.bytes.first_chunk::<HEAD>() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*head) as usize;
        if length > MESSAGE_MAX {
            self.forget();
            return Err(Oversized);
        }
        let Some(message) = self.bytes.get(HEAD..HEAD + length) else {
            return Ok(None);
        };
        let message = Zeroizing::new(message.to_vec());
        let rest = self.bytes.len() - HEAD - length;
        self.bytes.copy_within(HEAD + length.., 0);
        self.bytes[rest..].zeroize();
        self.bytes.truncate(rest);
        Ok(Some(message))
    }

    pub fn forget(&mut self) {
        self.bytes.zeroize();
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_out_as_they_went_in_however_they_are_cut() {
        let messages: [&[u8]; 4] = [b"one", b"", b"another, longer one", b"3"];
        let stream: Vec<u8> = messages.iter().flat_map(|it| frame(it).to_vec()).collect();
        for size in 1..=stream.len() {
            let mut collector = Collector::default();
            let mut came = Vec::new();
            for piece in stream.chunks(size) {
                collector.push(piece);
                while let Some(message) = collector.message().expect("short ones") {
                    came.push(message.to_vec());
                }
            }
            assert_eq!(came, messages, "in pieces of {size}");
        }
    }

    #[test]
    fn who_announces_more_than_any_message_has_is_not_listened_to() {
        let mut collector = Collector::default();
        collector.push(&[0xff; 64]);

        assert_eq!(collector.message(), Err(Oversized));
        assert_eq!(collector.message(), Ok(None));
    }
}
