//! The header of a message or a part, in the one form the parser reads best.

use mail_parser::{Message, MessageParser};

use crate::{charset, encoded_word};

/// Names of character sets in parameters (RFC 2231, 4) that the parser does not know.
const STRANGE: [&str; 4] = ["ks_c_5601-1987'", "cp949'", "windows-949'", "ms949'"];
const USUAL: &str = "euc-kr'";

/// Fields that a parser has cut out of a message.
pub(crate) struct HeaderBlock {
    fields: String,
}

impl HeaderBlock {
    /// `raw` ends with the empty line, or before it.
    pub(crate) fn new(raw: &[u8]) -> Self {
        let mut fields = encoded_word::in_utf8(&charset::guess(raw));
        for name in STRANGE {
            fields = renamed(&fields, name);
        }
        if !fields.ends_with("\n\r\n") && !fields.ends_with("\n\n") {
            fields.push_str("\r\n\r\n");
        }
        Self { fields }
    }

    /// A message of these fields alone; none when there is no field in it.
    pub(crate) fn parse(&self) -> Option<Message<'_>> {
        MessageParser::default().parse_headers(self.fields.as_bytes())
    }
}

/// With `*=name'` as `*=euc-kr'`, in any case.
fn renamed(fields: &str, name: &str) -> String {
    let lower = fields.to_ascii_lowercase();
    let strange = format!("*={name}");
    let mut renamed = String::with_capacity(fields.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(&strange) {
        renamed.push_str(&fields[from..at]);
        renamed.push_str("*=");
        renamed.push_str(USUAL);
        from = at + strange.len();
    }
    renamed.push_str(&fields[from..]);
    renamed
}
