//! Cutting messages out of a stream (RFC 3261 §18.3).

use crate::screen::MESSAGE_MAX;

/// What stands at the beginning of what has been received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// More bytes are needed.
    Incomplete,
    /// A message, or a keep-alive of empty lines, of so many bytes.
    Complete(usize),
    /// Nothing that can be cut: no length, or one that is too long. The
    /// connection has to be closed, for nobody knows where the next begins.
    Lost,
}

/// Looks for the first message.
pub fn first(received: &[u8]) -> Frame {
    if received.starts_with(b"\r\n") {
        // RFC 5626 §4.4.1: two empty lines are a ping, one is its answer. A
        // single one may also come before a message.
        return match received.get(2..4) {
            Some(b"\r\n") => Frame::Complete(4),
            Some(_) => Frame::Complete(2),
            None if received.len() > 2 && received.get(2) == Some(&b'\r') => Frame::Incomplete,
            None => Frame::Complete(2),
        };
    }
    let Some(head) = received.windows(4).position(|it| it == b"\r\n\r\n") else {
        return if received.len() > MESSAGE_MAX {
            Frame::Lost
        } else {
            Frame::Incomplete
        };
    };
    let length = received
        .get(..head + 2)
        .map_or(Length::Missing, content_length);
    let total = match length {
        Length::Of(length) => head + 4 + length,
        // Passed on as it is: the screen answers it with 400, and then the
        // stream cannot be trusted any more.
        Length::Missing | Length::Bad => return Frame::Lost,
    };
    if total > MESSAGE_MAX {
        Frame::Lost
    } else if received.len() < total {
        Frame::Incomplete
    } else {
        Frame::Complete(total)
    }
}

enum Length {
    Of(usize),
    Missing,
    Bad,
}

/// The one Content-Length of a head; two that differ are no length.
fn content_length(head: &[u8]) -> Length {
    let mut found = Length::Missing;
    let text = String::from_utf8_lossy(head);
    let unfolded = text.replace("\r\n ", " ").replace("\r\n\t", " ");
    for line in unfolded.split("\r\n") {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let name = name.trim_end();
        if !name.eq_ignore_ascii_case("content-length") && !name.eq_ignore_ascii_case("l") {
            continue;
        }
        let value = value.trim();
        let digits = !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
        found = match (value.parse(), &found) {
            (Ok(length), Length::Missing) if digits => Length::Of(length),
            _ => return Length::Bad,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "OPTIONS sip:a@b SIP/2.0\r\nl :\r\n 3\r\n\r\n";

    #[test]
    fn a_message_is_cut_at_its_length() {
        let all = format!("{HEAD}abcOPTIONS");

        assert_eq!(first(all.as_bytes()), Frame::Complete(HEAD.len() + 3));
        assert_eq!(first(&all.as_bytes()[..HEAD.len() + 2]), Frame::Incomplete);
        assert_eq!(first(&HEAD.as_bytes()[..20]), Frame::Incomplete);
    }

    #[test]
    fn empty_lines_keep_a_connection_alive() {
        assert_eq!(first(b"\r\n\r\nOPTIONS"), Frame::Complete(4));
        assert_eq!(first(b"\r\nOPTIONS"), Frame::Complete(2));
        assert_eq!(first(b"\r\n\r"), Frame::Incomplete);
    }

    #[test]
    fn a_stream_without_lengths_is_lost() {
        assert_eq!(first(b"OPTIONS sip:a@b SIP/2.0\r\n\r\n"), Frame::Lost);
        assert_eq!(first(b"A\r\nl: 1\r\nl: 2\r\n\r\n"), Frame::Lost);
        assert_eq!(first(b"A\r\nl: -1\r\n\r\n"), Frame::Lost);
        assert_eq!(first(b"A\r\nl: 99999999999999999999\r\n\r\n"), Frame::Lost);
        assert_eq!(first(b"A\r\nl: 70000\r\n\r\n"), Frame::Lost);
        assert_eq!(first(&[b'x'; MESSAGE_MAX + 1]), Frame::Lost);
    }
}
