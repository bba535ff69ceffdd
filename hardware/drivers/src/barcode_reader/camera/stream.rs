//! What a camera answers, from the head to the pictures.

use super::{
    answer, chunks::Chunks, head::Head, nonsense::Nonsense, parts::Parts, picture::Picture,
};

pub(super) enum Stream {
    Head(Head),
    Whole(Parts),
    Chunked(Chunks, Parts),
}

impl Default for Stream {
    fn default() -> Self {
        Self::Head(Head::default())
    }
}

impl Stream {
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<(), Nonsense> {
        while let Some((&byte, rest)) = bytes.split_first() {
            match self {
                Stream::Head(head) => {
                    bytes = rest;
                    if let Some(head) = head.push(byte)? {
                        let answer = answer::read(&head)?;
                        let parts = Parts::new(&answer.boundary);
                        *self = if answer.chunked {
                            Stream::Chunked(Chunks::default(), parts)
                        } else {
                            Stream::Whole(parts)
                        };
                    }
                }
                Stream::Whole(parts) => return parts.push(bytes),
                Stream::Chunked(chunks, parts) => parts.push(chunks.take(&mut bytes)?)?,
            }
        }
        Ok(())
    }

    /// The newest whole picture; those before it are of no interest any more.
    pub(super) fn newest(&mut self) -> Option<Picture> {
        match self {
            Stream::Head(_) => None,
            Stream::Whole(parts) | Stream::Chunked(_, parts) => parts.newest.take(),
        }
    }
}
