//! Fingers before libfprint's own virtual reader, which takes its images from a socket.
//!
//! The reader, its extraction of minutiae and its matcher are libfprint's (NBIS): here is
//! nothing but whoever puts a finger on it.

mod finger;
mod process;
mod ridges;

use std::{
    io::{self, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
};

pub use finger::{Finger, Impression, Touch};
pub use process::{Process, program};

/// The socket of `FP_VIRTUAL_IMAGE`, seen from the finger.
pub struct FingerprintReader {
    socket: PathBuf,
}

/// One contact with the reader, from before the finger comes until after it went.
pub struct Contact(UnixStream);

/// What a reader may ask for instead of taking an image (`FpDeviceRetry`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    General = 0,
    TooShort = 1,
    CenterFinger = 2,
    RemoveFinger = 3,
}

impl FingerprintReader {
    pub fn new(socket: &Path) -> Self {
        Self {
            socket: socket.to_owned(),
        }
    }

    /// A finger comes, is seen and goes.
    pub fn press(&self, impression: &Impression) -> io::Result<()> {
        self.touch()?.image(impression)
    }

    /// The reader asks for another try by itself.
    pub fn ask_again(&self, why: Retry) -> io::Result<()> {
        self.touch()?.say(-1, why as i32)
    }

    /// The reader breaks off what it does.
    pub fn break_off(&self) -> io::Result<()> {
        self.touch()?.say(-2, 0)
    }

    pub fn touch(&self) -> io::Result<Contact> {
        UnixStream::connect(&self.socket).map(Contact)
    }
}

impl Contact {
    /// From now on the finger comes and goes when it is said, not with an image.
    pub fn by_hand(&mut self) -> io::Result<()> {
        self.say(-3, 0)
    }

    pub fn put_on(&mut self) -> io::Result<()> {
        self.say(-4, 1)
    }

    pub fn take_off(&mut self) -> io::Result<()> {
        self.say(-4, 0)
    }

    pub fn image(&mut self, impression: &Impression) -> io::Result<()> {
        self.0.write_all(&impression.to_message())
    }

    /// The reader's cable is pulled.
    pub fn unplug(&mut self) -> io::Result<()> {
        self.say(-5, 0)
    }

    /// Anything.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn say(&mut self, what: i32, how: i32) -> io::Result<()> {
        self.0
            .write_all(&[what.to_ne_bytes(), how.to_ne_bytes()].concat())
    }
}
