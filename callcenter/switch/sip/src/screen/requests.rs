//! What a request must be, in the order of RFC 3261 §8.2 and §16.3.

use super::{
    Transport, address,
    fields::{is_token, leading_number, number, parameters},
    message::Message,
    refusal::Refusal,
    start_line::{METHODS, Service, StartLine},
    uri::{self, Kind},
};

/// Extensions that may be required of us.
const SUPPORTED: [&str; 1] = ["timer"];
/// Sequence numbers are below 2^31 (RFC 3261 §8.1.1.5).
const SEQUENCE_MAX: u64 = (1 << 31) - 1;
/// What replaces a missing Max-Forwards (RFC 3261 §8.1.1.6).
const FORWARDS: &str = "70";

type Checked = Result<(), Refusal>;

pub(super) fn check(message: &mut Message, transport: Transport) -> Checked {
    let (method, uri, current) = match &message.start {
        StartLine::Request {
            method,
            uri,
            current,
        } => (method.clone(), uri.clone(), *current),
        StartLine::MalformedRequest { .. }
        | StartLine::Response { .. }
        | StartLine::MalformedResponse => {
            return Err(Refusal::malformed("Bad Request Line"));
        }
    };
    if !current {
        return Err(Refusal::new(505, "Version Not Supported"));
    }
    if message.malformed_field {
        return Err(Refusal::malformed("Bad Header Field"));
    }
    standing_once(message)?;
    for name in ["From", "To", "Call-ID", "CSeq"] {
        if message.first(name).is_none() {
            return Err(Refusal::malformed("Missing Required Header Field"));
        }
    }
    vias(message)?;
    number_fields(message)?;
    sequence(message, &method)?;
    served(&method)?;
    request_uri(&uri)?;
    addresses(message, &method)?;
    date(message)?;
    required(message, &method)?;
    body(message, transport)?;
    content(message, &method)?;
    let forwards = message.first("Max-Forwards").unwrap_or(FORWARDS);
    let forwards = number(forwards, 255).ok_or(Refusal::malformed("Number Out Of Range"))?;
    message.set("Max-Forwards", forwards.to_string());
    message.squeeze();
    Ok(())
}

/// Fields that may stand once do (RFC 3261 §7.3.1).
pub(super) fn standing_once(message: &Message) -> Checked {
    const ONCE: [&str; 14] = [
        "From",
        "To",
        "Call-ID",
        "CSeq",
        "Max-Forwards",
        "Content-Length",
        "Content-Type",
        "Expires",
        "Date",
        "Session-Expires",
        "Min-SE",
        "Refer-To",
        "Replaces",
        "Event",
    ];
    if ONCE.iter().any(|name| message.all(name).count() > 1) {
        return Err(Refusal::malformed("Repeated Header Field"));
    }
    Ok(())
}

pub(super) fn vias(message: &Message) -> Checked {
    let mut any = false;
    for via in message.all("Via").flat_map(crate::list::split) {
        any = true;
        read_via(via).ok_or(Refusal::malformed("Bad Via"))?;
    }
    let lists_well = message.all("Via").all(|it| !has_empty_value(it));
    if any && lists_well {
        Ok(())
    } else {
        Err(Refusal::malformed("Bad Via"))
    }
}

/// `SIP/2.0/UDP host:port;branch=z9hG4bK…` (RFC 3261 §20.42).
fn read_via(via: &str) -> Option<()> {
    let mut parts = via.splitn(3, '/');
    let name = parts.next()?.trim();
    let version = parts.next()?.trim();
    let rest = parts.next()?.trim_start();
    let (transport, rest) = rest.split_once([' ', '\t'])?;
    if !name.eq_ignore_ascii_case("SIP") || version != "2.0" || !is_token(transport) {
        return None;
    }
    let rest = rest.trim_start();
    let end = rest.find(';').unwrap_or(rest.len());
    // Spaces may stand around the colon (RFC 3261 §25.1, `COLON`).
    let place: String = rest.get(..end)?.split_ascii_whitespace().collect();
    uri::host_and_port(&place)?;
    parameters(rest.get(end..)?, |name, value| {
        match name.to_ascii_lowercase().as_str() {
            // A cookie with nothing behind it identifies nothing (RFC 4475 §3.2.1).
            "branch" => value.is_some_and(|it| is_token(it) && it != "z9hG4bK"),
            "ttl" => value.is_some_and(|it| number(it, 255).is_some()),
            "rport" => value.is_none_or(|it| number(it, u16::MAX.into()).is_some()),
            _ => true,
        }
    })
}

fn has_empty_value(list: &str) -> bool {
    let trimmed = list.trim();
    trimmed.starts_with(',')
        || trimmed.ends_with(',')
        || trimmed.replace([' ', '\t'], "").contains(",,")
}

/// Numbers are numbers, and in range.
pub(super) fn number_fields(message: &Message) -> Checked {
    const RANGES: [(&str, u64); 5] = [
        ("Max-Forwards", 255),
        ("Expires", u32::MAX as u64),
        ("Min-Expires", u32::MAX as u64),
        ("Session-Expires", u32::MAX as u64),
        ("Min-SE", u32::MAX as u64),
    ];
    for (name, most) in RANGES {
        if message
            .all(name)
            .any(|value| leading_number(value, most).is_none())
        {
            return Err(Refusal::malformed("Number Out Of Range"));
        }
    }
    Ok(())
}

fn sequence(message: &mut Message, method: &str) -> Checked {
    let read = message.first("CSeq").and_then(read_sequence);
    let (number, named) = read.ok_or(Refusal::malformed("Bad CSeq"))?;
    if named != method {
        return Err(Refusal::malformed("CSeq Names Another Method"));
    }
    let plain = format!("{number} {named}");
    message.set("CSeq", plain);
    Ok(())
}

pub(super) fn read_sequence(value: &str) -> Option<(u64, String)> {
    let mut words = value.split_ascii_whitespace();
    let number = number(words.next()?, SEQUENCE_MAX)?;
    let method = words.next()?;
    (is_token(method) && words.next().is_none()).then(|| (number, method.to_owned()))
}

fn served(method: &str) -> Checked {
    match METHODS.iter().find(|(name, _)| *name == method) {
        Some((_, Service::Served)) => Ok(()),
        Some((_, Service::NotServed)) => {
            let served = METHODS
                .iter()
                .filter(|(_, service)| *service == Service::Served)
                .map(|(name, _)| *name);
            let allow = served.collect::<Vec<_>>().join(", ");
            Err(Refusal::new(405, "Method Not Allowed").with("Allow", allow))
        }
        None => Err(Refusal::new(501, "Not Implemented")),
    }
}

fn request_uri(text: &str) -> Checked {
    match uri::kind(text) {
        Kind::Sip {
            with_headers: false,
        } => Ok(()),
        // RFC 3261 §19.1.1, table 1: no headers in a Request-URI.
        Kind::Sip { with_headers: true } => Err(Refusal::malformed("Headers In Request-URI")),
        Kind::Foreign => Err(Refusal::new(416, "Unsupported URI Scheme")),
        Kind::Malformed => Err(Refusal::malformed("Bad Request-URI")),
    }
}

fn addresses(message: &Message, method: &str) -> Checked {
    let bad = Refusal::malformed("Bad Address");
    let of = |name: &'static str| {
        message
            .first(name)
            .and_then(address::read)
            .ok_or(bad.clone())
    };
    let (from, to) = (of("From")?, of("To")?);
    if !from.tagged {
        return Err(Refusal::malformed("From Without Tag"));
    }
    if method == "REGISTER" && (to.foreign || from.foreign) {
        // RFC 4475 §3.3.4: who registers is a SIP address.
        return Err(Refusal::malformed("Not A SIP Address"));
    }
    let mut contacts = 0;
    for name in [
        "Contact",
        "Record-Route",
        "Route",
        "Refer-To",
        "Referred-By",
    ] {
        for value in message.all(name).flat_map(crate::list::split) {
            let all_contacts = name == "Contact" && method == "REGISTER" && value == "*";
            let read = address::read(value);
            if read.is_none() && !all_contacts {
                return Err(bad);
            }
            if name == "Contact" {
                contacts += 1;
                if method != "REGISTER" && read.is_some_and(|it| it.foreign) {
                    return Err(bad);
                }
            }
        }
        if message.all(name).any(has_empty_value) {
            return Err(bad);
        }
    }
    // RFC 3261 §8.1.1.8: an INVITE says where to reach its sender, once.
    if method == "INVITE" && contacts != 1 {
        return Err(Refusal::malformed("INVITE Needs One Contact"));
    }
    Ok(())
}

/// Dates are in GMT (RFC 3261 §20.17).
fn date(message: &Message) -> Checked {
    match message.first("Date") {
        Some(date) if !date.ends_with("GMT") => Err(Refusal::malformed("Bad Date")),
        Some(_) | None => Ok(()),
    }
}

/// RFC 3261 §8.2.2.3; not of ACK and CANCEL.
fn required(message: &Message, method: &str) -> Checked {
    if matches!(method, "ACK" | "CANCEL") {
        return Ok(());
    }
    let unknown: Vec<&str> = message
        .all("Require")
        .flat_map(|it| it.split(','))
        .map(str::trim)
        .filter(|it| !SUPPORTED.iter().any(|known| it.eq_ignore_ascii_case(known)))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(420, "Bad Extension").with("Unsupported", unknown.join(", ")))
}

/// Cuts the body to its length (RFC 3261 §18.3), and says the length.
pub(super) fn body(message: &mut Message, transport: Transport) -> Checked {
    let bad = Refusal::malformed("Bad Content-Length");
    let length = match (message.first("Content-Length"), transport) {
        (Some(text), _) => number(text, super::MESSAGE_MAX as u64).ok_or(bad.clone())?,
        (None, Transport::Datagram) => message.body.len() as u64,
        (None, Transport::Stream) => return Err(bad),
    };
    let length = usize::try_from(length).map_err(|_| bad.clone())?;
    if length > message.body.len() {
        return Err(bad);
    }
    message.body.truncate(length);
    message.set("Content-Length", length.to_string());
    Ok(())
}

/// RFC 3261 §8.2.3: the body is one we read, and may be answered with one we write.
fn content(message: &Message, method: &str) -> Checked {
    if !matches!(method, "INVITE" | "UPDATE") {
        return Ok(());
    }
    let accepts = message.all("Accept").flat_map(|it| it.split(','));
    let kinds: Vec<&str> = accepts
        .map(media_type)
        .filter(|it| !it.is_empty())
        .collect();
    let ours = |kind: &&str| {
        ["application/sdp", "application/*", "*/*"]
            .iter()
            .any(|it| kind.eq_ignore_ascii_case(it))
    };
    if !kinds.is_empty() && !kinds.iter().any(ours) {
        return Err(Refusal::new(406, "Not Acceptable"));
    }
    if message.body.is_empty() {
        return Ok(());
    }
    let encoding = message.first("Content-Encoding").unwrap_or("identity");
    let kind = message.first("Content-Type").map(media_type);
    let known = kind.is_some_and(|it| it.eq_ignore_ascii_case("application/sdp"));
    if known && encoding.eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    Err(Refusal::new(415, "Unsupported Media Type")
        .with("Accept", "application/sdp".to_owned())
        .with("Accept-Encoding", "identity".to_owned()))
}

fn media_type(value: &str) -> &str {
    value.split(';').next().unwrap_or_default().trim()
}
