//! Reads a message as a petition.

use mail_parser::{
    Message, MessageParser, MessagePart, MimeHeaders, PartType, decoders::html::html_to_text,
};
use privacy::Personal;
use request::Sender;

use crate::{
    Key, NotAPetition, Petition, automatic, bounds, charset,
    enclosure::{self, ENCLOSURES_MAX},
    header_block::HeaderBlock,
    petition::TEXT_CHARS_MAX,
    tidy,
};

const SUBJECT_CHARS_MAX: usize = 200;
const NAME_CHARS_MAX: usize = 80;
/// RFC 5321, 4.5.3.1.3, without the angle brackets.
const ADDRESS_BYTES_MAX: usize = 254;
/// RFC 5322, 2.1.1: a longer line is none.
const MESSAGE_ID_BYTES_MAX: usize = 998;

/// Reads a message that came to the office with the address `office`.
///
/// # Errors
/// Why it is nothing that an office answers.
pub fn read(raw: &[u8], office: &str) -> Result<Petition, NotAPetition> {
    bounds::check(raw)?;
    let message = MessageParser::default()
        .parse(raw)
        .ok_or(NotAPetition::NotAMessage)?;
    let root = message.parts.first().ok_or(NotAPetition::NotAMessage)?;
    let header = HeaderBlock::new(enclosure::header(&message, root));
    let header = header.parse().ok_or(NotAPetition::NotAMessage)?;
    let (name, address) = sender(&header).ok_or(NotAPetition::NoSender)?;
    if let Some(reason) = automatic::of(&header, &address, office) {
        return Err(NotAPetition::Automatic(reason));
    }
    let (text, cut) = text(&message);
    let subject = tidy::line(header.subject().unwrap_or_default(), SUBJECT_CHARS_MAX).0;
    if text.is_empty() && subject.is_empty() {
        return Err(NotAPetition::NothingReadable);
    }
    let message_id = header.message_id().filter(|it| is_message_id(it));
    let key = Key::of(message_id, &address, raw);
    let enclosed = enclosed(&message);
    Ok(Petition {
        key,
        sender: Sender {
            name: Personal::new(name),
            address: Personal::new(address),
            message_id: message_id.map(|it| Personal::new(it.to_owned())),
        },
        subject: Personal::new(subject),
        text: Personal::new(text),
        cut,
        enclosures: enclosed
            .iter()
            .take(ENCLOSURES_MAX)
            .map(|part| enclosure::measure(&message, part))
            .collect(),
        enclosures_left_out: enclosed.len().saturating_sub(ENCLOSURES_MAX),
    })
}

/// The one who wrote, by name and address.
fn sender(header: &Message<'_>) -> Option<(String, String)> {
    let mut senders = header.from()?.iter();
    let (first, second) = (senders.next()?, senders.next());
    let address = first.address.as_deref()?.trim();
    let (local, domain) = address.rsplit_once('@')?;
    let plain = |it: char| it.is_ascii_graphic() && !"<>()[],;:\\\"".contains(it);
    let is_address = second.is_none()
        && address.len() <= ADDRESS_BYTES_MAX
        && !local.is_empty()
        && !local.contains('@')
        && domain.contains(|it: char| it != '.' && it != '-')
        && address.chars().all(plain);
    let name = tidy::line(first.name.as_deref().unwrap_or_default(), NAME_CHARS_MAX).0;
    is_address.then(|| (name, address.to_owned()))
}

/// What can stand between angle brackets in an answer's fields.
fn is_message_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= MESSAGE_ID_BYTES_MAX
        && id
            .bytes()
            .all(|it| it.is_ascii_graphic() && it != b'<' && it != b'>')
}

/// The plain text, or what is left of HTML when its tags are taken away.
fn text(message: &Message<'_>) -> (String, bool) {
    let parts = message.text_body.iter();
    let parts = parts.filter_map(|id| message.parts.get(*id as usize));
    let texts = parts.filter_map(|part| readable(message, part));
    let whole = texts.collect::<Vec<_>>().join("\n\n");
    tidy::text(&whole, TEXT_CHARS_MAX)
}

fn readable(message: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    let is_html = match part.body {
        PartType::Text(_) => false,
        PartType::Html(_) => true,
        PartType::Binary(_)
        | PartType::InlineBinary(_)
        | PartType::Message(_)
        | PartType::Multipart(_) => return None,
    };
    let label = part.content_type().and_then(|it| it.attribute("charset"));
    let text = charset::decode(label, &enclosure::content(message, part));
    Some(if is_html { html_to_text(&text) } else { text })
}

/// Everything that is not the text itself.
fn enclosed<'a, 'x>(message: &'a Message<'x>) -> Vec<&'a MessagePart<'x>> {
    let shown = |id: &u32| message.text_body.contains(id) && is_text(message, *id);
    let parts = message.attachments.iter().filter(|id| !shown(id));
    parts
        .filter_map(|id| message.parts.get(*id as usize))
        .collect()
}

fn is_text(message: &Message<'_>, id: u32) -> bool {
    let part = message.parts.get(id as usize);
    part.is_some_and(|it| matches!(it.body, PartType::Text(_) | PartType::Html(_)))
}
