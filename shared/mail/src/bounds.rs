//! What a message may cost before it is looked into.

use crate::NotAPetition;

/// What mail servers usually carry at the most.
pub const MESSAGE_BYTES_MAX: usize = 25 << 20;

/// More parts than a person encloses. A message within a message, or a multipart
/// within one, names its type: what has no more than these is not nested deeper
/// than twice as much, and the parser's stack holds that.
pub const CONTENT_TYPES_MAX: usize = 100;

const CONTENT_TYPE: &[u8] = b"content-type";

/// # Errors
/// When the message is larger than [`MESSAGE_BYTES_MAX`] or may have more parts
/// than [`CONTENT_TYPES_MAX`].
pub(crate) fn check(raw: &[u8]) -> Result<(), NotAPetition> {
    if raw.len() > MESSAGE_BYTES_MAX {
        return Err(NotAPetition::TooLarge);
    }
    // Also counts what only looks like a field: rather too many than too few.
    let named = raw
        .windows(CONTENT_TYPE.len())
        .filter(|it| it.eq_ignore_ascii_case(CONTENT_TYPE))
        .nth(CONTENT_TYPES_MAX);
    match named {
        Some(_) => Err(NotAPetition::TooManyParts),
        None => Ok(()),
    }
}
