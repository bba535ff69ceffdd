//! A folder that a gateway for text messages reads: the form of `outgoing` of SMS
//! Server Tools 3 (`smsd`).
//!
//! A file is made in `.laid-out` and goes by renaming: `smsd` passes over names that
//! begin with a dot, and never sees half a message.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::carrier::{Carrier, NotTaken, Reference, TextMessage};

/// For its owner and the gateway's group.
const GROUP_READS: u32 = 0o640;
const LAID_OUT: &str = ".laid-out";

pub(crate) struct Spool {
    outgoing: PathBuf,
    laid_out: PathBuf,
}

impl Spool {
    /// # Errors
    /// When the folder is not there or cannot be written.
    pub(crate) fn open(outgoing: &Path) -> io::Result<Self> {
        let laid_out = outgoing.join(LAID_OUT);
        match fs::create_dir(&laid_out) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Ok(()) => durable::sync_folder_of(&laid_out)?,
            Err(_) => {}
        }
        Ok(Self {
            outgoing: outgoing.to_path_buf(),
            laid_out,
        })
    }
}

impl Carrier for Spool {
    fn lay_out(&self, message: &TextMessage) -> Result<(), NotTaken> {
        let file = self.laid_out.join(message.reference.as_str());
        durable::replace_secret(&file, &as_file(message))
            .and_then(|()| fs::set_permissions(&file, Permissions::from_mode(GROUP_READS)))
            .map_err(|error| {
                // The folder's file system has no such names, tomorrow neither.
                if error.kind() == io::ErrorKind::InvalidFilename {
                    NotTaken::Refused
                } else {
                    NotTaken::Away(error)
                }
            })
    }

    fn let_go(&self, reference: &Reference) -> Result<(), NotTaken> {
        let from = self.laid_out.join(reference.as_str());
        let to = self.outgoing.join(reference.as_str());
        match fs::rename(&from, &to) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(NotTaken::Away(error)),
        }
        durable::sync_folder_of(&to)
            .and_then(|()| durable::sync_folder_of(&from))
            .map_err(NotTaken::Away)
    }
}

/// Headers, an empty line, and the text: UTF-16, the high byte first, or, where
/// ASCII says it, one byte a letter, so that more of them go into one message.
fn as_file(message: &TextMessage) -> Vec<u8> {
    let (to, text) = (message.to.digits().reveal(), message.text.reveal());
    let alphabet = if text.is_ascii() { "ISO" } else { "UCS" };
    let mut file = format!("To: {to}\nAlphabet: {alphabet}\n\n").into_bytes();
    if text.is_ascii() {
        file.extend(text.bytes());
    } else {
        file.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    }
    file
}
