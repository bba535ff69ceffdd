//! A message as lines: the start, the fields unfolded, and the body.

use super::start_line::StartLine;

/// Fields of the longest head taken.
const FIELDS_MAX: usize = 128;

/// Compact names (RFC 3261 §7.3.3, RFC 3515, RFC 4028, RFC 3892, RFC 6665).
const COMPACT: [(&str, &str); 14] = [
    ("i", "Call-ID"),
    ("m", "Contact"),
    ("e", "Content-Encoding"),
    ("l", "Content-Length"),
    ("c", "Content-Type"),
    ("f", "From"),
    ("s", "Subject"),
    ("k", "Supported"),
    ("t", "To"),
    ("v", "Via"),
    ("x", "Session-Expires"),
    ("r", "Refer-To"),
    ("b", "Referred-By"),
    ("o", "Event"),
];

/// Names written as the standards write them; others stay as they came.
const FULL: [&str; 26] = [
    "Call-ID",
    "Contact",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "From",
    "Supported",
    "To",
    "Via",
    "CSeq",
    "Max-Forwards",
    "Require",
    "Record-Route",
    "Route",
    "Expires",
    "Authorization",
    "Session-Expires",
    "Min-SE",
    "Refer-To",
    "Referred-By",
    "Accept",
    "Allow",
    "Date",
    "Content-Disposition",
    "Replaces",
    "Event",
];

/// One header field, unfolded.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
}

impl Field {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

pub(super) struct Message {
    pub(super) start: StartLine,
    pub(super) fields: Vec<Field>,
    /// Whether a line of the head was no field, or its end is missing.
    pub(super) malformed_field: bool,
    pub(super) body: Vec<u8>,
}

impl Message {
    /// Cuts a message into its lines. `None` when there is nothing to answer to:
    /// no text, a line feed where none may be, too many fields.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        // RFC 3261 §7.5: empty lines before the start line are skipped.
        let mut bytes = bytes;
        while let Some(rest) = bytes.strip_prefix(b"\r\n") {
            bytes = rest;
        }
        let blank = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let head = match blank {
            Some(end) => bytes.get(..end)?,
            // A head without its end is answered, but never passed on.
            None => bytes.strip_suffix(b"\r\n").unwrap_or(bytes),
        };
        let head = std::str::from_utf8(head).ok()?;
        let body = blank.and_then(|end| bytes.get(end + 4..));
        let mut lines = head.split("\r\n");
        let start = lines.next()?;
        let mut unfolded: Vec<String> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                // A line that begins with a space goes on with the last (§7.3.1).
                let last = unfolded.last_mut()?;
                last.push(' ');
                last.push_str(line.trim_start_matches([' ', '\t']));
            } else {
                unfolded.push(line.to_owned());
            }
        }
        let stray = |line: &str| line.contains(['\r', '\n']);
        if stray(start) || unfolded.iter().any(|it| stray(it)) || unfolded.len() > FIELDS_MAX {
            return None;
        }
        let fields: Vec<Field> = unfolded.iter().filter_map(|it| read_field(it)).collect();
        Some(Self {
            start: StartLine::read(start)?,
            malformed_field: fields.len() != unfolded.len() || blank.is_none(),
            fields,
            body: body.unwrap_or_default().to_vec(),
        })
    }

    /// The plainest form.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = self.start.to_line();
        for Field { name, value } in &self.fields {
            text.push_str("\r\n");
            text.push_str(name);
            text.push_str(": ");
            text.push_str(value);
        }
        text.push_str("\r\n\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |field| field.is(name))
            .map(|field| field.value.as_str())
    }

    /// The value of a field that stands once, or of the first.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.is(name))
            .map(|field| field.value.as_str())
    }

    /// Takes the spaces out of what the stack takes apart itself.
    pub(super) fn squeeze(&mut self) {
        for field in &mut self.fields {
            let around = match field.name.as_str() {
                "Via" => ";=,/:",
                "From" | "To" | "Contact" | "Route" | "Record-Route" | "Refer-To"
                | "Referred-By" | "Session-Expires" => ";=,",
                _ => continue,
            };
            field.value = super::fields::squeezed(&field.value, around);
        }
    }

    /// Sets a field that stands once.
    pub(super) fn set(&mut self, name: &str, value: String) {
        match self.fields.iter_mut().find(|field| field.is(name)) {
            Some(field) => field.value = value,
            None => self.fields.push(Field {
                name: name.to_owned(),
                value,
            }),
        }
    }
}

fn read_field(line: &str) -> Option<Field> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end_matches([' ', '\t']);
    if !super::fields::is_token(name) {
        return None;
    }
    let compact = COMPACT
        .iter()
        .find(|(short, _)| name.eq_ignore_ascii_case(short));
    let known = FULL.iter().find(|full| name.eq_ignore_ascii_case(full));
    let name = match (compact, known) {
        (Some((_, full)), _) => full,
        (None, Some(full)) => full,
        (None, None) => name,
    };
    Some(Field {
        name: name.to_owned(),
        value: value.trim_matches([' ', '\t']).to_owned(),
    })
}
