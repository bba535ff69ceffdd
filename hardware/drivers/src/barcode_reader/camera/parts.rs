//! The parts of an answer, each a picture that replaces the one before (RFC 2046, 5.1).

use zeroize::Zeroizing;

use super::{
    head::{FIELDS_MAX, Head, field},
    nonsense::Nonsense,
    picture::{BYTES_MAX, Picture},
};

/// White space that may follow a boundary (RFC 2046, 5.1.1: transport padding).
const PADDING_MAX: usize = 64;

pub(super) struct Parts {
    /// The boundary, with the hyphens before it.
    delimiter: Vec<u8>,
    stage: Stage,
    /// The newest whole picture that nobody has taken yet.
    pub(super) newest: Option<Picture>,
}

enum Stage {
    /// The line before a part.
    Delimiter(Vec<u8>),
    Head(Head),
    /// As many bytes as its head said.
    Counted {
        part: Part,
        left: usize,
    },
    /// Up to the next boundary; none begins before `searched`.
    Uncounted {
        part: Part,
        searched: usize,
    },
    /// After the last boundary.
    Over,
}

#[derive(Default)]
struct Part {
    bytes: Zeroizing<Vec<u8>>,
    /// It is something else than a picture.
    other: bool,
}

impl Parts {
    pub(super) fn new(boundary: &str) -> Self {
        // Many cameras announce the hyphens as a part of the boundary.
        let hyphens = if boundary.starts_with("--") { "" } else { "--" };
        Self {
            delimiter: format!("{hyphens}{boundary}").into_bytes(),
            stage: Stage::Delimiter(Vec::new()),
            newest: None,
        }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<(), Nonsense> {
        while let Some((&byte, rest)) = bytes.split_first() {
            match &mut self.stage {
                Stage::Over => return Ok(()),
                Stage::Delimiter(line) => {
                    bytes = rest;
                    if byte != b'\n' {
                        if line.len() >= self.delimiter.len() + PADDING_MAX {
                            return Err(Nonsense::WrongBoundary);
                        }
                        line.push(byte);
                        continue;
                    }
                    let line = std::mem::take(line);
                    if !line.trim_ascii().is_empty() {
                        let behind = line.strip_prefix(&self.delimiter[..]).and_then(end);
                        self.stage = behind.ok_or(Nonsense::WrongBoundary)?;
                    }
                }
                Stage::Head(head) => {
                    bytes = rest;
                    if let Some(head) = head.push(byte)? {
                        self.stage = begin(&head)?;
                    }
                }
                Stage::Counted { part, left } => {
                    let (here, after) = bytes.split_at(bytes.len().min(*left));
                    bytes = after;
                    *left -= here.len();
                    part.bytes.extend_from_slice(here);
                    if *left == 0 {
                        let part = std::mem::take(part);
                        self.finish(part);
                        self.stage = Stage::Delimiter(Vec::new());
                    }
                }
                Stage::Uncounted { part, searched } => {
                    part.bytes.extend_from_slice(bytes);
                    let Some(found) = find(&part.bytes, &self.delimiter, searched) else {
                        if part.bytes.len() > BYTES_MAX {
                            return Err(Nonsense::PictureTooLong);
                        }
                        return Ok(());
                    };
                    // What stands behind a boundary came just now: else it was found before.
                    let after = part.bytes.len() - found.end;
                    bytes = &bytes[bytes.len() - after..];
                    let mut part = std::mem::take(part);
                    part.bytes.truncate(found.start);
                    self.finish(part);
                    self.stage = found.follows;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, part: Part) {
        let Part { mut bytes, other } = part;
        if !other && let Some(picture) = Picture::new(std::mem::take(&mut *bytes)) {
            self.newest = Some(picture);
        }
    }
}

/// What follows the boundary whose line goes on like this; `None` when it is another one.
fn end(rest: &[u8]) -> Option<Stage> {
    match rest.trim_ascii_end() {
        b"" => Some(Stage::Head(Head::default())),
        b"--" => Some(Stage::Over),
        _ => None,
    }
}

/// What a part is, by its head.
fn begin(head: &[u8]) -> Result<Stage, Nonsense> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
    let parsed = httparse::parse_headers(head, &mut fields).map_err(|_| Nonsense::PartHead)?;
    let httparse::Status::Complete((_, fields)) = parsed else {
        return Err(Nonsense::PartHead);
    };
    let kind = field(fields, "content-type").unwrap_or("image/jpeg");
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let pictures = ["image/jpeg", "image/jpg"];
    let part = Part {
        other: !pictures.iter().any(|it| it.eq_ignore_ascii_case(kind)),
        ..Part::default()
    };
    let counted = fields
        .iter()
        .any(|it| it.name.eq_ignore_ascii_case("content-length"));
    if !counted {
        return Ok(Stage::Uncounted { part, searched: 0 });
    }
    let length = field(fields, "content-length").and_then(|it| it.parse().ok());
    match length.ok_or(Nonsense::PartHead)? {
        0 => Ok(Stage::Delimiter(Vec::new())),
        left if left <= BYTES_MAX => Ok(Stage::Counted { part, left }),
        _ => Err(Nonsense::PictureTooLong),
    }
}

/// A boundary that ends a part.
struct Found {
    /// The line end before it is its own.
    start: usize,
    end: usize,
    follows: Stage,
}

fn find(bytes: &[u8], delimiter: &[u8], searched: &mut usize) -> Option<Found> {
    while let Some(place) = bytes[*searched..].iter().position(|it| *it == b'\n') {
        let line_end = *searched + place;
        *searched = line_end;
        let line = &bytes[line_end + 1..];
        let known = line.len().min(delimiter.len());
        if line[..known] == delimiter[..known] {
            let rest = &line[known..];
            match rest.iter().position(|it| *it == b'\n') {
                Some(length) => {
                    if let Some(follows) = end(&rest[..length]) {
                        let start = bytes[..line_end].strip_suffix(b"\r");
                        return Some(Found {
                            start: start.map_or(line_end, <[u8]>::len),
                            end: line_end + 1 + known + length + 1,
                            follows,
                        });
                    }
                }
                // It may become one.
                None if rest.len() <= PADDING_MAX => return None,
                None => {}
            }
        }
        *searched = line_end + 1;
    }
    *searched = bytes.len();
    None
}
