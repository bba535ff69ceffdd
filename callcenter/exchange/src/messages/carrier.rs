//! What takes text messages to telephones.

use privacy::Personal;
use request::{RequestId, TelephoneNumber};

use ledger::Occasion;

/// A gateway for text messages, or a folder that one reads.
///
/// It is told of each message twice, and either may be said again after a crash:
/// nothing goes out before [`Carrier::let_go`], and that once alone.
pub(crate) trait Carrier: Send + Sync {
    /// Gets a message ready to go, in the place of an earlier one of the same reference.
    fn lay_out(&self, message: &TextMessage) -> Result<(), NotTaken>;

    /// Lets a message go that is laid out. Where none is, it has gone.
    fn let_go(&self, reference: &Reference) -> Result<(), NotTaken>;
}

pub(crate) struct TextMessage {
    pub(crate) reference: Reference,
    pub(crate) to: TelephoneNumber,
    pub(crate) text: Personal<String>,
}

/// By which a carrier knows a message: a file's name, or what a gateway is told.
/// Letters, digits, `-`, `_` and `.`; names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference(String);

impl Reference {
    /// None when the request's id holds what no file's name should.
    pub(crate) fn new(request: &RequestId, occasion: Occasion) -> Option<Self> {
        let occasion = match occasion {
            Occasion::Accepted => "accepted",
            Occasion::Ready => "ready",
            Occasion::Declined => "declined",
        };
        let id = request.as_str();
        let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_');
        let named = id.starts_with(|it: char| it.is_ascii_alphanumeric()) && id.chars().all(plain);
        named.then(|| Self(format!("{id}.{occasion}")))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a carrier did not take a message.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTaken {
    /// It is tried again.
    #[error("the carrier of text messages is away")]
    Away(#[source] std::io::Error),
    #[error("the carrier of text messages never takes this one")]
    Refused,
}
