//! What libfprint's errors mean for whoever holds a finger to the reader.

use fingerprint::Hint;

use super::functions::{Error, Functions};

const RETRY_TOO_SHORT: i32 = 1;
const RETRY_CENTER_FINGER: i32 = 2;
const RETRY_REMOVE_FINGER: i32 = 3;
const DEVICE_NOT_SUPPORTED: i32 = 1;
const DEVICE_DATA_INVALID: i32 = 6;
/// `G_IO_ERROR_CANCELLED`.
const IO_CANCELLED: i32 = 19;

/// Why a call ended without a result.
pub(crate) enum Stopped {
    Unusable(Hint),
    Cancelled,
    Trouble(Trouble),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The reader cannot do it, or not with this template.
    Unsupported,
    Device,
}

impl Stopped {
    pub(super) fn by(functions: &Functions, error: Option<&Error>) -> Self {
        let Some(error) = error else {
            return Stopped::Trouble(Trouble::Device);
        };
        // SAFETY: they take nothing and answer numbers.
        let (retry, device, io) = unsafe {
            (
                (functions.fp_device_retry_quark)(),
                (functions.fp_device_error_quark)(),
                (functions.g_io_error_quark)(),
            )
        };
        match (error.domain, error.code) {
            (domain, code) if domain == retry => Stopped::Unusable(hint(code)),
            (domain, IO_CANCELLED) if domain == io => Stopped::Cancelled,
            // An image in which nothing is found is told as input that is none.
            (domain, _) if domain == io => Stopped::Unusable(Hint::Faint),
            (domain, DEVICE_NOT_SUPPORTED | DEVICE_DATA_INVALID) if domain == device => {
                Stopped::Trouble(Trouble::Unsupported)
            }
            _ => Stopped::Trouble(Trouble::Device),
        }
    }
}

fn hint(code: i32) -> Hint {
    match code {
        RETRY_TOO_SHORT => Hint::TooShort,
        RETRY_CENTER_FINGER => Hint::Center,
        RETRY_REMOVE_FINGER => Hint::LiftFirst,
        _ => Hint::TryAgain,
    }
}
