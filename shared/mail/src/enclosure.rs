//! What lies in a letter besides its text: named and measured, not kept.

use mail_parser::{
    Encoding, Message, MessagePart, MimeHeaders,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};
use privacy::Personal;
use request::Enclosure;
use sha2::{Digest, Sha256};

use crate::{header_block::HeaderBlock, tidy};

/// More are counted and not listed.
pub(crate) const ENCLOSURES_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 120;
const TYPE_CHARS_MAX: usize = 80;

pub(crate) fn measure(message: &Message<'_>, part: &MessagePart<'_>) -> Enclosure {
    let content = content(message, part);
    let header = HeaderBlock::new(header(message, part));
    let parsed = header.parse();
    let name = parsed.as_ref().and_then(MimeHeaders::attachment_name);
    let name = tidy::line(name.unwrap_or_default(), NAME_CHARS_MAX).0;
    let kind = parsed.as_ref().and_then(MimeHeaders::content_type);
    let media_type = kind.map_or_else(
        || "application/octet-stream".to_owned(),
        |it| match it.subtype() {
            Some(subtype) => format!("{}/{subtype}", it.ctype()),
            None => it.ctype().to_owned(),
        },
    );
    let digest = Sha256::digest(&content);
    Enclosure {
        name: Personal::new(name),
        media_type: tidy::line(&media_type.to_ascii_lowercase(), TYPE_CHARS_MAX).0,
        bytes: content.len() as u64,
        sha256: digest.iter().map(|it| format!("{it:02x}")).collect(),
    }
}

/// A part's header as it came.
pub(crate) fn header<'a>(message: &'a Message<'_>, part: &MessagePart<'_>) -> &'a [u8] {
    slice(message, part.offset_header, part.offset_body)
}

/// A part's content without its transfer encoding (RFC 2045, 6).
pub(crate) fn content(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let raw = slice(message, part.offset_body, part.offset_end);
    let decoded = match part.encoding {
        Encoding::None => None,
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
    };
    decoded.unwrap_or_else(|| raw.to_vec())
}

fn slice<'a>(message: &'a Message<'_>, from: u32, to: u32) -> &'a [u8] {
    message
        .raw_message
        .get(from as usize..to as usize)
        .unwrap_or_default()
}
