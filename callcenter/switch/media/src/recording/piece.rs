//! One piece of a recording, in clear and sealed.

use std::io::{self, Read, Write};

use age::x25519;
use zeroize::Zeroizing;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key for recordings cannot be read")]
pub struct KeyUnreadable;

/// Which recording it belongs to, its place, and whether more follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Drawn for each recording: pieces of another one do not fit in.
    pub(super) recording: [u8; 16],
    pub(super) number: u32,
    pub(super) last: bool,
}

impl Head {
    const OCTETS: usize = 21;

    fn to_bytes(self) -> [u8; Self::OCTETS] {
        let mut bytes = [0; Self::OCTETS];
        let parts = self
            .recording
            .into_iter()
            .chain(self.number.to_be_bytes())
            .chain([u8::from(self.last)]);
        for (place, octet) in bytes.iter_mut().zip(parts) {
            *place = octet;
        }
        bytes
    }

    fn from_bytes(bytes: [u8; Self::OCTETS]) -> Option<Self> {
        let (recording, rest) = bytes.split_first_chunk()?;
        let (number, rest) = rest.split_first_chunk()?;
        let last = match rest {
            [0] => false,
            [1] => true,
            _ => return None,
        };
        Some(Self {
            recording: *recording,
            number: u32::from_be_bytes(*number),
            last,
        })
    }
}

/// Encrypts a piece: its head and its sound.
pub(super) fn seal(head: Head, sound: &[u8], recipient: &x25519::Recipient) -> io::Result<Vec<u8>> {
    let recipients = [recipient as &dyn age::Recipient];
    let encryptor =
        age::Encryptor::with_recipients(recipients.into_iter()).map_err(io::Error::other)?;
    let mut sealed = Vec::with_capacity(sound.len() + 300);
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(&head.to_bytes())?;
    writer.write_all(sound)?;
    writer.finish()?;
    Ok(sealed)
}

/// Decrypts a piece; none when it is not whole or not for this key.
pub(super) fn open(
    sealed: &[u8],
    identity: &x25519::Identity,
) -> Option<(Head, Zeroizing<Vec<u8>>)> {
    let identities = [identity as &dyn age::Identity];
    let mut reader = age::Decryptor::new(sealed)
        .ok()?
        .decrypt(identities.into_iter())
        .ok()?;
    let mut head = [0; Head::OCTETS];
    reader.read_exact(&mut head).ok()?;
    let mut sound = Zeroizing::new(Vec::new());
    reader.read_to_end(&mut sound).ok()?;
    Some((Head::from_bytes(head)?, sound))
}
