//! A server's bytes, with a bound on what it may announce (RFC 3501, 4.3).
//!
//! A literal's length comes before it, and whoever reads makes room for all of it
//! at once: a server that announces half a gigabyte would be given it.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use mail::MESSAGE_BYTES_MAX;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A message's octets as the server counts them, and a little more.
const LITERAL_BYTES_MAX: u64 = MESSAGE_BYTES_MAX as u64 + 4096;
/// The numbers of all messages of an inbox come in one line.
const LINE_BYTES_MAX: usize = 1 << 20;

/// Passes a line on until more is announced, or said in one line, than is taken.
#[derive(Debug)]
pub(super) struct Bounded<S> {
    inner: S,
    bounds: Bounds,
}

impl<S> Bounded<S> {
    pub(super) fn new(inner: S) -> Self {
        Self {
            inner,
            bounds: Bounds::default(),
        }
    }
}

/// Where in the server's words we are.
#[derive(Debug, Default)]
struct Bounds {
    /// What is left of a literal; in it nothing is announced.
    literal: u64,
    /// Bytes of the present line.
    line: usize,
    announced: Announced,
}

/// How far the present line's end is `{`, digits, `}`, CR, LF.
#[derive(Clone, Copy, Debug, Default)]
enum Announced {
    #[default]
    Nothing,
    /// Digits so far.
    Open(u64),
    Closed(u64),
    Ending(u64),
}

impl Bounds {
    fn pass(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if self.literal > 0 {
                let skipped = usize::try_from(self.literal).unwrap_or(usize::MAX);
                let skipped = skipped.min(bytes.len());
                self.literal -= skipped as u64;
                bytes = bytes.split_at(skipped).1;
                continue;
            }
            let Some((byte, rest)) = bytes.split_first() else {
                return Ok(());
            };
            self.next(*byte)?;
            bytes = rest;
        }
        Ok(())
    }

    fn next(&mut self, byte: u8) -> io::Result<()> {
        self.line += 1;
        self.announced = match (self.announced, byte) {
            (Announced::Open(length), b'0'..=b'9') => {
                let digit = u64::from(byte - b'0');
                Announced::Open(length.saturating_mul(10).saturating_add(digit))
            }
            (Announced::Open(length), b'}') => Announced::Closed(length),
            (Announced::Closed(length), b'\r') => Announced::Ending(length),
            (Announced::Ending(length), b'\n') => {
                self.literal = length;
                Announced::Nothing
            }
            (_, b'{') => Announced::Open(0),
            (_, _) => Announced::Nothing,
        };
        if byte == b'\n' {
            self.line = 0;
        }
        if self.literal > LITERAL_BYTES_MAX || self.line > LINE_BYTES_MAX {
            return Err(io::Error::other("the server says more than is taken"));
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, into);
        if let Poll::Ready(Ok(())) = read {
            let new = into.filled().split_at(before).1;
            if let Err(error) = self.bounds.pass(new) {
                // Not even a part of it is to be believed.
                into.set_filled(before);
                return Poll::Ready(Err(error));
            }
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However the bytes are cut into pieces, the same is said of them.
    fn passes(said: &[u8]) -> bool {
        let whole = Bounds::default().pass(said).is_ok();
        let mut bounds = Bounds::default();
        let bytewise = said.iter().all(|it| bounds.pass(&[*it]).is_ok());
        assert_eq!(whole, bytewise);
        whole
    }

    #[test]
    fn a_literal_may_be_as_large_as_a_message_and_no_larger() {
        assert!(passes(b"* 1 FETCH (BODY[] {26218496}\r\n"));
        assert!(!passes(b"* 1 FETCH (BODY[] {26218497}\r\n"));
        assert!(!passes(b"* 1 FETCH (BODY[] {99999999999999999999999}\r\n"));
    }

    #[test]
    fn what_a_letter_says_announces_nothing() {
        let body = b"{99999999999}\r\n";
        let mut said = format!("* 1 FETCH (BODY[] {{{}}}\r\n", body.len()).into_bytes();
        said.extend(body);
        said.extend(b")\r\n");

        assert!(passes(&said));
        said.extend(b"* 2 FETCH (BODY[] {99999999999}\r\n");
        assert!(!passes(&said));
    }

    #[test]
    fn a_line_without_an_end_is_not_listened_to_for_ever() {
        let endless = vec![b' '; LINE_BYTES_MAX + 1];
        assert!(!passes(&endless));
        assert!(passes(endless.split_at(LINE_BYTES_MAX).0));
    }
}
