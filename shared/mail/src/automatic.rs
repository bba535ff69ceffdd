//! Whether a message comes from a machine, which must never be answered (RFC 3834).

use mail_parser::{Message, MimeHeaders};

/// Stands in everything this house sends, with the office's address: what comes
/// back with it is its own.
pub const LOOP_HEADER: &str = "X-Minwon-Office";

/// By what a message is known to come from no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Automatic {
    /// RFC 3834, 5: `Auto-Submitted` with anything but `no`.
    #[error("it says that it was submitted by a machine")]
    AutoSubmitted,
    /// RFC 5321, 4.5.5: nobody is told about it.
    #[error("its return path is empty")]
    NullReturnPath,
    /// RFC 6522: a report about another message.
    #[error("it is a delivery report")]
    Report,
    /// RFC 2369 and 2919.
    #[error("it comes from a mailing list")]
    List,
    /// Not standardized, and older than what is.
    #[error("it is bulk mail")]
    Bulk,
    /// RFC 2142 and RFC 3834, 2: such as `mailer-daemon@`.
    #[error("a machine's address stands as its sender")]
    MachineSender,
    #[error("this office sent it itself")]
    Own,
}

const LIST_FIELDS: [&str; 5] = [
    "List-Id",
    "List-Post",
    "List-Help",
    "List-Subscribe",
    "List-Unsubscribe",
];

const MACHINES: [&str; 5] = [
    "mailer-daemon",
    "postmaster",
    "noreply",
    "no-reply",
    "donotreply",
];

/// Why nobody wrote it, if so. `sender` is the address it names, `office` this
/// office's own.
pub(crate) fn of(message: &Message<'_>, sender: &str, office: &str) -> Option<Automatic> {
    let field = |name: &'static str| {
        let raw = message.header_raw(name)?;
        Some(raw.trim().to_ascii_lowercase())
    };
    // Parameters or a comment may follow.
    let keyword = |text: &str| {
        let end = text.find(|it: char| it == ';' || it == '(' || it.is_whitespace());
        text[..end.unwrap_or(text.len())].to_owned()
    };
    if message.header_raw(LOOP_HEADER).is_some() || sender.eq_ignore_ascii_case(office) {
        return Some(Automatic::Own);
    }
    if field("Auto-Submitted").is_some_and(|it| keyword(&it) != "no") {
        return Some(Automatic::AutoSubmitted);
    }
    if field("Return-Path").is_some_and(|it| it.split_whitespace().collect::<String>() == "<>") {
        return Some(Automatic::NullReturnPath);
    }
    let kind = message.content_type();
    let is_report = kind.is_some_and(|it| {
        it.c_type.eq_ignore_ascii_case("multipart")
            && it
                .subtype()
                .is_some_and(|it| it.eq_ignore_ascii_case("report"))
    });
    if is_report {
        return Some(Automatic::Report);
    }
    if LIST_FIELDS
        .iter()
        .any(|name| message.header_raw(*name).is_some())
    {
        return Some(Automatic::List);
    }
    let bulk = |it: String| matches!(keyword(&it).as_str(), "bulk" | "junk" | "list");
    if field("Precedence").is_some_and(bulk) {
        return Some(Automatic::Bulk);
    }
    let local = sender
        .split('@')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_machine = MACHINES.contains(&local.as_str())
        || local.starts_with("owner-")
        || local.ends_with("-request")
        || local.ends_with("-owner");
    is_machine.then_some(Automatic::MachineSender)
}
