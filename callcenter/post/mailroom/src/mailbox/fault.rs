//! Why the line to the mailbox is down.

/// Says nothing of what the server said: it may be somebody's letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("its host has no name that a certificate could have")]
    Name,
    #[error("it cannot be reached")]
    Unreachable,
    #[error("its certificate is not believed, or it speaks no TLS")]
    Tls,
    #[error("it does not let this account in")]
    SignIn,
    #[error("it does not answer in time")]
    Slow,
    #[error("the line broke, or it said what was not understood")]
    Broken,
    #[error("it does not move a message")]
    NotMoved,
    #[error("the post office has closed")]
    Closed,
}
