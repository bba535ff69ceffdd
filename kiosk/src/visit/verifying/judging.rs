//! What a seal's text proves, by the trust list alone.

use privacy::mask_words;
use request::DocumentNumber;
use seal::{Genuine, SealError, TrustList};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// Sealed by an office on the list, or by a station an office allowed to.
    Genuine(SealedPaper),
    /// Not as it was sealed.
    Altered,
    /// Sealed with a key that is not on the list.
    Stranger,
    /// A seal that cannot be read whole.
    Damaged,
    /// Some other code.
    NoSeal,
}

/// What a genuine seal says, as far as whoever has a copy of the paper may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SealedPaper {
    pub(super) number: DocumentNumber,
    pub(super) service: String,
    pub(super) issuer: String,
    /// Seconds since the Unix epoch.
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
    /// A station issued it without the office.
    pub(super) under_lease: bool,
    /// Name and masked value of each sealed field.
    pub(super) fields: Vec<(String, String)>,
}

pub(super) fn judge(text: &str, trust: &TrustList) -> Judged {
    match seal::verify(text, trust) {
        Ok(genuine) => Judged::Genuine(shown(&genuine)),
        Err(SealError::NotASeal) => Judged::NoSeal,
        Err(SealError::Malformed) => Judged::Damaged,
        Err(SealError::UnknownKey) => Judged::Stranger,
        Err(SealError::Altered | SealError::BeyondLease) => Judged::Altered,
    }
}

fn shown(genuine: &Genuine) -> SealedPaper {
    let claims = &genuine.claims;
    let fields = claims.fields.iter();
    SealedPaper {
        number: DocumentNumber::new(&claims.document_number),
        service: claims.service.clone(),
        issuer: claims.issuer.clone(),
        issued_at: claims.issued_at,
        expires_at: claims.expires_at,
        under_lease: genuine.lease.is_some(),
        fields: fields
            .map(|(name, value)| (name.clone(), mask_words(value)))
            .collect(),
    }
}
