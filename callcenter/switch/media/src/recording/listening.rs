//! Opens a recording with the key of who may listen.

use std::{io::Cursor, path::Path};

use age::{secrecy::ExposeSecret, x25519};
use zeroize::Zeroizing;

use crate::{
    codec::{SAMPLE_RATE, g711::FROM_MU_LAW},
    recording::{
        KeyUnreadable,
        file::SIGNATURE,
        piece::{Head, open},
    },
};

/// No sealed piece is longer; more is damage.
const PIECE_MAX: usize = 1 << 20;

/// Who may listen.
pub struct Listener(x25519::Identity);

/// A recording in clear, as far as it goes.
pub struct Talk {
    /// µ-law, left and right by turns.
    sound: Zeroizing<Vec<u8>>,
    /// Whether its end is there: else a crash or somebody cut it short.
    pub whole: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("a recording cannot be read")]
    Read(#[source] std::io::Error),
    #[error("this is not a recording")]
    NotARecording,
    #[error("piece {0} of a recording was altered, is of another one or for another key")]
    Piece(u32),
    #[error("a recording cannot be written as WAV")]
    Wav(#[source] hound::Error),
}

impl Listener {
    /// A new key from the system's source of randomness.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// # Errors
    /// When the text is no age identity (`AGE-SECRET-KEY-1…`).
    pub fn from_text(text: &str) -> Result<Self, KeyUnreadable> {
        text.trim().parse().map(Self).map_err(|_| KeyUnreadable)
    }

    /// For a file that only who may listen reads.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// For whom recordings are sealed; may be told to everybody.
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }

    /// Opens a recording, also one that was not finished. A piece that the crash cut
    /// short is left out; a piece that was altered is an error.
    ///
    /// # Errors
    /// When it cannot be read, is none, was altered or is for another key.
    pub fn open(&self, file: &Path) -> Result<Talk, Unreadable> {
        let content = std::fs::read(file).map_err(Unreadable::Read)?;
        let mut rest = content
            .strip_prefix(SIGNATURE)
            .ok_or(Unreadable::NotARecording)?;
        let mut sound = Zeroizing::new(Vec::new());
        let mut expected: Option<Head> = None;
        let mut whole = false;
        while let Some((piece, behind)) = next_piece(rest) {
            rest = behind;
            let number = expected.map_or(0, |head| head.number);
            let (head, heard) = open(piece, &self.0).ok_or(Unreadable::Piece(number))?;
            let fits =
                head.number == number && expected.is_none_or(|it| it.recording == head.recording);
            if !fits || whole {
                return Err(Unreadable::Piece(number));
            }
            sound.extend_from_slice(&heard);
            whole = head.last;
            expected = Some(Head {
                number: number + 1,
                ..head
            });
        }
        Ok(Talk {
            sound,
            whole: whole && rest.is_empty(),
        })
    }
}

impl Talk {
    /// One side's samples: 0 is the caller, 1 the agents.
    pub fn side(&self, side: usize) -> Zeroizing<Vec<i16>> {
        let octets = self.sound.iter().skip(side).step_by(2);
        Zeroizing::new(
            octets
                .map(|octet| FROM_MU_LAW[usize::from(*octet)])
                .collect(),
        )
    }

    /// As a WAV file of two channels at 8 kHz, for any player.
    ///
    /// # Errors
    /// When it is too long for one.
    pub fn to_wav(&self) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
        let form = hound::WavSpec {
            channels: 2,
            sample_rate: SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut out = Zeroizing::new(Vec::new());
        let mut writer =
            hound::WavWriter::new(Cursor::new(&mut *out), form).map_err(Unreadable::Wav)?;
        for octet in self.sound.iter() {
            writer
                .write_sample(FROM_MU_LAW[usize::from(*octet)])
                .map_err(Unreadable::Wav)?;
        }
        writer.finalize().map_err(Unreadable::Wav)?;
        Ok(out)
    }
}

fn next_piece(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = rest.split_first_chunk()?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > PIECE_MAX {
        return None;
    }
    rest.split_at_checked(length)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
