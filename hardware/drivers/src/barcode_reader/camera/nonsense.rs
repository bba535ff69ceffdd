//! What a camera's address may give instead of a stream of pictures.

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Nonsense {
    #[error("a head has no end")]
    HeadTooLong,
    #[error("the answer is not HTTP")]
    NotHttp,
    #[error("the question was answered with {0}")]
    Refused(u16),
    #[error("the answer is not multipart/x-mixed-replace")]
    NotReplacing,
    #[error("the answer names no boundary that stands between parts")]
    NoBoundary,
    #[error("the answer is coded in a way that nobody asked for")]
    Coded,
    #[error("a chunk is not framed as one")]
    Misframed,
    #[error("what stands before a part is not the boundary")]
    WrongBoundary,
    #[error("a part's head is none")]
    PartHead,
    #[error("a picture is longer than any")]
    PictureTooLong,
}
