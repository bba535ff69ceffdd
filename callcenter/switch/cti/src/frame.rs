//! Frames: one JSON value a line, and never a longer one than is agreed.

use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

/// The longest frame, its line feed not counted.
pub const FRAME_MAX: usize = 64 * 1_024;

/// What was received is no frame. Says where, never what.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum FrameFault {
    #[error("a frame is longer than {FRAME_MAX} octets")]
    TooLong,
    #[error("a frame is not what it should be, at column {column}")]
    Malformed { column: usize },
}

/// A value as a frame, with its line feed.
///
/// # Errors
/// When it would be too long for the other end, or cannot be written at all.
pub fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, FrameFault> {
    let malformed = |error: serde_json::Error| FrameFault::Malformed {
        column: error.column(),
    };
    let mut frame = serde_json::to_vec(value).map_err(malformed)?;
    if frame.len() > FRAME_MAX {
        return Err(FrameFault::TooLong);
    }
    frame.push(b'\n');
    Ok(frame)
}

/// Puts frames together from what a connection brings.
#[derive(Debug, Default)]
pub struct Frames {
    received: Vec<u8>,
    /// So many octets are known to hold no line feed.
    searched: usize,
}

impl Frames {
    /// Takes octets over; whoever calls takes all frames out before the next.
    pub fn push(&mut self, octets: &[u8]) {
        self.received.extend_from_slice(octets);
    }

    /// The next whole frame; `None` until there is one.
    ///
    /// # Errors
    /// When a frame is too long, whole or not, or is not a `T`. After that the
    /// connection is of no more use.
    pub fn take<T: DeserializeOwned>(&mut self) -> Result<Option<T>, FrameFault> {
        let unread = self.received.get(self.searched..).unwrap_or_default();
        let Some(at) = unread.iter().position(|it| *it == b'\n') else {
            self.searched = self.received.len();
            return match self.searched > FRAME_MAX {
                true => Err(FrameFault::TooLong),
                false => Ok(None),
            };
        };
        let end = self.searched + at;
        if end > FRAME_MAX {
            return Err(FrameFault::TooLong);
        }
        let frame: Vec<u8> = self.received.drain(..=end).take(end).collect();
        self.searched = 0;
        // The error would repeat what it chokes on.
        let malformed = |error: serde_json::Error| FrameFault::Malformed {
            column: error.column(),
        };
        serde_json::from_slice(&frame).map(Some).map_err(malformed)
    }

    /// Octets that wait for the rest of their frame.
    pub fn len(&self) -> usize {
        self.received.len()
    }

    pub fn is_empty(&self) -> bool {
        self.received.is_empty()
    }
}
