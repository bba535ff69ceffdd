//! Why no certificate came out. Names no person: Typst's own messages quote the
//! text they choke on.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("cannot read {file}; the Debian package fonts-noto-cjk holds it")]
    Read {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{0} holds no font of the family Noto Sans CJK KR or Noto Serif CJK KR")]
    Family(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("a character of the record is in no font")]
    MissingGlyph,
    /// `line` is the template's, 1-based; 0 when the place is not known.
    #[error("the template does not compile (line {line})")]
    Template { line: usize },
    #[error("the seal is too large for its place")]
    SealTooLarge,
    #[error("the page cannot be written as PDF/A-2a and PDF/UA-1")]
    Standard,
    /// Typst lays a page out until page numbers and breaks agree; here they never do.
    #[error("the pages do not settle")]
    Unsettled,
    #[error("the date of issue is no date")]
    Date,
}
