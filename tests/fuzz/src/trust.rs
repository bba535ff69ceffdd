//! Whom the readers of papers believe: somebody, so that everything before a signature is read.

use std::{sync::OnceLock, time::Duration};

use edition::{EditionKey, EditionSigner};
use seal::TrustList;
use signature::{DevelopmentAuthority, TrustAnchor};
use verify::Trust;

const SINCE: Duration = Duration::from_secs(1_795_482_000);

pub(crate) fn anchor() -> Option<&'static TrustAnchor> {
    static ANCHOR: OnceLock<Option<TrustAnchor>> = OnceLock::new();
    ANCHOR.get_or_init(new_anchor).as_ref()
}

fn new_anchor() -> Option<TrustAnchor> {
    let authority = DevelopmentAuthority::create("Minwon development CA", SINCE).ok()?;
    TrustAnchor::read(authority.certificate_pem().ok()?.as_bytes()).ok()
}

pub(crate) fn trust() -> Option<&'static Trust> {
    static TRUST: OnceLock<Option<Trust>> = OnceLock::new();
    let trust = || Some(Trust::new(new_anchor()?, TrustList::default()));
    TRUST.get_or_init(trust).as_ref()
}

pub(crate) fn edition_signer() -> Option<&'static EditionSigner> {
    static SIGNER: OnceLock<Option<EditionSigner>> = OnceLock::new();
    let signer = || {
        let key = ticket::Issuer::fresh_key().ok()?;
        Some(EditionKey::from_pem(&key).ok()?.signer())
    };
    SIGNER.get_or_init(signer).as_ref()
}
