//! How long a network asks to be left alone (RFC 9110, 10.2.3).

use std::time::Duration;

use crate::Answer;

/// What `Retry-After` says: seconds, or a time, which is taken against the answer's own
/// `Date`, so that neither clock has to be right.
pub(crate) fn wanted(answer: &Answer<'_>) -> Option<Duration> {
    let said = (answer.header)("retry-after")?;
    if let Ok(seconds) = said.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(said.trim()).ok()?;
    let now = httpdate::parse_http_date((answer.header)("date")?.trim()).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}
