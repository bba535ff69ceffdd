//! The answer to the question for pictures: whether a stream of them follows.

use super::{
    head::{FIELDS_MAX, field},
    nonsense::Nonsense,
};

const OK: u16 = 200;
/// Netscape's, of 1995; it was never registered, and every camera speaks it.
const REPLACING: &str = "multipart/x-mixed-replace";
/// RFC 2046, 5.1.1; cameras put two hyphens before it that are none of it.
const BOUNDARY_MAX: usize = 70 + 2;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// What stands between two parts, as it was announced.
    pub(super) boundary: String,
    /// It comes in chunks (RFC 9112, 7.1).
    pub(super) chunked: bool,
}

pub(super) fn read(head: &[u8]) -> Result<Answer, Nonsense> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
    let mut response = httparse::Response::new(&mut fields);
    let parsed = response.parse(head).map_err(|_| Nonsense::NotHttp)?;
    let code = response.code.filter(|_| parsed.is_complete());
    let code = code.ok_or(Nonsense::NotHttp)?;
    if code != OK {
        return Err(Nonsense::Refused(code));
    }
    let kind = field(response.headers, "content-type").ok_or(Nonsense::NotReplacing)?;
    let boundary = boundary(kind)?;
    let coding = field(response.headers, "transfer-encoding");
    let chunked = coding.is_some_and(|it| it.eq_ignore_ascii_case("chunked"));
    let coded = response.headers.iter().any(|it| {
        it.name.eq_ignore_ascii_case("content-encoding")
            || it.name.eq_ignore_ascii_case("transfer-encoding") && !chunked
    });
    if coded {
        return Err(Nonsense::Coded);
    }
    Ok(Answer { boundary, chunked })
}

fn boundary(kind: &str) -> Result<String, Nonsense> {
    let mut parts = kind.split(';').map(str::trim);
    if !parts
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case(REPLACING))
    {
        return Err(Nonsense::NotReplacing);
    }
    let value = parts
        .filter_map(|it| it.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))
        .map(|(_, value)| value.trim().trim_matches('"'))
        .ok_or(Nonsense::NoBoundary)?;
    let fits = (1..=BOUNDARY_MAX).contains(&value.len())
        && value.bytes().all(|it| it.is_ascii_graphic() || it == b' ')
        && !value.ends_with(' ');
    fits.then(|| value.to_owned()).ok_or(Nonsense::NoBoundary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_is_read_however_a_camera_writes_it() {
        for (kind, wanted) in [
            ("multipart/x-mixed-replace;boundary=ffmpeg", Ok("ffmpeg")),
            (
                "multipart/x-mixed-replace; boundary=--myboundary",
                Ok("--myboundary"),
            ),
            (
                "Multipart/X-Mixed-Replace; charset=x; Boundary=\"a b\"",
                Ok("a b"),
            ),
            ("multipart/x-mixed-replace", Err(Nonsense::NoBoundary)),
            (
                "multipart/x-mixed-replace;boundary=",
                Err(Nonsense::NoBoundary),
            ),
            ("multipart/mixed;boundary=a", Err(Nonsense::NotReplacing)),
            ("image/jpeg", Err(Nonsense::NotReplacing)),
        ] {
            assert_eq!(boundary(kind), wanted.map(str::to_owned), "{kind}");
        }
    }
}
