//! The chunked coding (RFC 9112, 7.1), taken off as bytes come.

use super::nonsense::Nonsense;

/// A size and its extensions, of which none is used with a stream of pictures.
const LINE_MAX: usize = 256;

pub(super) enum Chunks {
    /// The line before a chunk, with its size; empty lines before it are the last one's end.
    Size(Vec<u8>),
    /// So much of a chunk is to come.
    Data(u64),
    /// After the last one.
    Over,
}

impl Default for Chunks {
    fn default() -> Self {
        Self::Size(Vec::new())
    }
}

impl Chunks {
    /// Takes some of the bytes off; what is left of them after the coding.
    pub(super) fn take<'a>(&mut self, bytes: &mut &'a [u8]) -> Result<&'a [u8], Nonsense> {
        while let Some((&byte, rest)) = bytes.split_first() {
            match self {
                Chunks::Over => *bytes = &[],
                Chunks::Data(left) => {
                    let here = usize::try_from(*left).map_or(bytes.len(), |it| it.min(bytes.len()));
                    let (data, after) = bytes.split_at(here);
                    *bytes = after;
                    *left -= here as u64;
                    if *left == 0 {
                        *self = Chunks::default();
                    }
                    return Ok(data);
                }
                Chunks::Size(line) => {
                    *bytes = rest;
                    if line.is_empty() && matches!(byte, b'\r' | b'\n') {
                        continue;
                    }
                    if line.len() >= LINE_MAX {
                        return Err(Nonsense::Misframed);
                    }
                    line.push(byte);
                    if byte == b'\n' {
                        *self = match size(line)? {
                            0 => Chunks::Over,
                            size => Chunks::Data(size),
                        };
                    }
                }
            }
        }
        Ok(&[])
    }
}

fn size(line: &[u8]) -> Result<u64, Nonsense> {
    match httparse::parse_chunk_size(line) {
        Ok(httparse::Status::Complete((_, size))) => Ok(size),
        Ok(httparse::Status::Partial) | Err(_) => Err(Nonsense::Misframed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unchunked(bytes: &[u8], piece: usize) -> Result<Vec<u8>, Nonsense> {
        let (mut chunks, mut data) = (Chunks::default(), Vec::new());
        for mut piece in bytes.chunks(piece) {
            while !piece.is_empty() {
                data.extend(chunks.take(&mut piece)?);
            }
        }
        Ok(data)
    }

    #[test]
    fn the_coding_comes_off_in_pieces_of_any_size() {
        let coded = b"4\r\nWiki\r\n7;a=b\r\npedia i\r\nB\r\nn \r\nchunks.\r\n0\r\n\r\nnothing";
        for piece in 1..coded.len() {
            let data = unchunked(coded, piece).unwrap_or_default();
            assert_eq!(data, b"Wikipedia in \r\nchunks.", "{piece}");
        }
    }

    #[test]
    fn what_is_no_size_is_no_chunk() {
        let endless = [b'1'; 400];
        for coded in [&b"four\r\nWiki"[..], b"--b\r\n", &endless] {
            assert_eq!(unchunked(coded, 7), Err(Nonsense::Misframed), "{coded:?}");
        }
    }
}
