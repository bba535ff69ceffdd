//! What is written behind a signed revision: objects, tables, and nothing else
//! (ISO 32000-1, 7.5.6). Notes to the reader in between would be seen by some.

/// Whether `bytes` are whole incremental updates and end with one.
pub(crate) fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.trim_ascii_start();
    let mut ended = false;
    while !rest.is_empty() {
        let next = if rest.starts_with(b"xref") {
            ended = true;
            behind_table(rest)
        } else {
            ended = false;
            behind_object(rest)
        };
        let Some(next) = next else {
            return false;
        };
        rest = next.trim_ascii_start();
    }
    ended
}

/// A cross-reference table, its trailer and the end-of-file mark.
fn behind_table(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().position(|byte| *byte == b'%')?;
    bytes[end..].strip_prefix(b"%%EOF")
}

fn behind_object(bytes: &[u8]) -> Option<&[u8]> {
    let head = find(bytes, b"obj")?;
    let numbers = std::str::from_utf8(&bytes[..head]).ok()?;
    let mut numbers = numbers.split_ascii_whitespace();
    for _ in 0..2 {
        numbers.next()?.parse::<u32>().ok()?;
    }
    let body = &bytes[head + 3..];
    let end = find(body, b"endobj")?;
    let rest = match find(&body[..end], b"stream") {
        None => &body[end..],
        Some(at) => behind_stream(body, at)?,
    };
    numbers.next().is_none().then_some(())?;
    rest.trim_ascii_start().strip_prefix(b"endobj")
}

/// The stream whose keyword stands at `at`; its length is written in place.
fn behind_stream(body: &[u8], at: usize) -> Option<&[u8]> {
    let length = find(&body[..at], b"/Length")? + b"/Length".len();
    let digits = body[length..at].trim_ascii_start();
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    let length: usize = std::str::from_utf8(&digits[..end]).ok()?.parse().ok()?;
    let content = &body[at + b"stream".len()..];
    let content = content
        .strip_prefix(b"\r\n")
        .or(content.strip_prefix(b"\n"))?;
    let behind = content.get(length..)?;
    behind.trim_ascii_start().strip_prefix(b"endstream")
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}
