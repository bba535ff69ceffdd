//! What a file is, as its media type says.

/// The kinds the exchange keeps, and all others: those only a mailbox has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    Png,
    Jpeg,
    /// The office programs' of Hancom, as KS X 6101 has it.
    Hwpx,
    Text,
    Other,
}

impl FileKind {
    pub(crate) fn of(media_type: &str) -> Self {
        // Without its parameters, such as a charset (RFC 9110, 8.3.1).
        let essence = media_type.split(';').next().unwrap_or_default();
        match essence.trim_end() {
            "application/pdf" => Self::Pdf,
            "image/png" => Self::Png,
            "image/jpeg" => Self::Jpeg,
            "application/hwp+zip" => Self::Hwpx,
            "text/plain" => Self::Text,
            _ => Self::Other,
        }
    }

    /// How the name of a saved one ends.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Hwpx => "hwpx",
            Self::Text => "txt",
            Self::Other => "bin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_media_type_says_besides_the_kind_changes_nothing() {
        for (media_type, kind) in [
            ("text/plain; charset=utf-8", FileKind::Text),
            ("image/jpeg", FileKind::Jpeg),
            ("application/pdf ;version=1.7", FileKind::Pdf),
            ("application/x-sh", FileKind::Other),
            ("", FileKind::Other),
        ] {
            assert_eq!(FileKind::of(media_type), kind, "{media_type}");
        }
    }
}
