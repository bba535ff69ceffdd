//! The head of a message: an answer's (RFC 9112, 2.1), or a part's (RFC 2046, 5.1).

use super::nonsense::Nonsense;

/// More than any camera says of itself.
pub(super) const HEAD_MAX: usize = 8 << 10;
pub(super) const FIELDS_MAX: usize = 64;

/// Collects the lines of a head up to the empty one; a lone line feed ends a line, too.
#[derive(Default)]
pub(super) struct Head {
    bytes: Vec<u8>,
    /// Bytes of the line that has begun.
    line: usize,
}

impl Head {
    /// Takes one byte; answers when with it the head ends.
    pub(super) fn push(&mut self, byte: u8) -> Result<Option<Vec<u8>>, Nonsense> {
        if self.bytes.len() >= HEAD_MAX {
            return Err(Nonsense::HeadTooLong);
        }
        self.bytes.push(byte);
        match byte {
            b'\n' if self.line == 0 => return Ok(Some(std::mem::take(&mut self.bytes))),
            b'\n' => self.line = 0,
            b'\r' => {}
            _ => self.line += 1,
        }
        Ok(None)
    }
}

/// The value of a field that stands once, as text.
pub(super) fn field<'a>(fields: &[httparse::Header<'a>], name: &str) -> Option<&'a str> {
    let mut found = fields
        .iter()
        .filter(|it| it.name.eq_ignore_ascii_case(name));
    let value = std::str::from_utf8(found.next()?.value).ok()?;
    found.next().is_none().then(|| value.trim())
}
