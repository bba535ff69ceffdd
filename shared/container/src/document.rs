//! One document in a container.

use crate::BYTES_MAX;

/// Letters in a name.
const NAME_MAX: usize = 64;

/// A file under the container's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    name: String,
    media_type: String,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADocument {
    /// Names go over foreign file systems: letters, digits, `-`, `_` and `.` of ASCII.
    #[error("a document's name is 1 to 64 letters, digits, - _ . of ASCII, and no dot first")]
    Name,
    #[error("a media type is type/subtype in ASCII")]
    MediaType,
    #[error("a document is too long")]
    TooLong,
}

impl Document {
    /// # Errors
    /// When the name cannot be one everywhere, or there is too much of it.
    pub fn new(name: &str, media_type: &str, bytes: Vec<u8>) -> Result<Self, NotADocument> {
        if !is_name(name) {
            return Err(NotADocument::Name);
        }
        if !is_media_type(media_type) {
            return Err(NotADocument::MediaType);
        }
        if bytes.len() > BYTES_MAX {
            return Err(NotADocument::TooLong);
        }
        Ok(Self {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            bytes,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=NAME_MAX).contains(&name.len())
        && name.bytes().all(plain)
        && !name.starts_with('.')
        && name != crate::MIMETYPE
}

fn is_media_type(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
    let part = |part: &str| !part.is_empty() && part.bytes().all(plain);
    text.len() <= 127
        && text
            .split_once('/')
            .is_some_and(|(a, b)| part(a) && part(b))
}
