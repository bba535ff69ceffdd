//! Why a line did not come up, when certificates are the reason.

use std::io;

use rustls::{AlertDescription, CertificateError, Error};

/// Named so that a technician knows which certificate to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("our own certificate has expired")]
    OwnExpired,
    #[error("our own certificate is not accepted")]
    OwnRefused,
    #[error("the exchange's certificate has expired, or a clock is wrong")]
    TheirsExpired,
    #[error("whoever answers is not the exchange we trust")]
    TheirsRefused,
}

/// What a station is to make of an error with TLS somewhere below it; `None`
/// when certificates are not the reason.
pub fn refusal(error: &(dyn std::error::Error + 'static)) -> Option<Refusal> {
    if let Some(error) = error.downcast_ref::<Error>() {
        return of_tls(error);
    }
    // An `io::Error` does not name what it carries as its source.
    if let Some(carried) = error.downcast_ref().and_then(io::Error::get_ref) {
        return refusal(carried);
    }
    error.source().and_then(refusal)
}

/// How the exchange says that it does not take a certificate (RFC 8446, 6.2).
const NOT_TAKEN: [AlertDescription; 8] = [
    AlertDescription::BadCertificate,
    AlertDescription::UnsupportedCertificate,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateUnknown,
    AlertDescription::CertificateRequired,
    AlertDescription::UnknownCA,
    AlertDescription::AccessDenied,
    AlertDescription::DecryptError,
];

fn of_tls(error: &Error) -> Option<Refusal> {
    if let Error::AlertReceived(alert) = error {
        if *alert == AlertDescription::CertificateExpired {
            return Some(Refusal::OwnExpired);
        }
        return NOT_TAKEN.contains(alert).then_some(Refusal::OwnRefused);
    }
    let Error::InvalidCertificate(why) = error else {
        return None;
    };
    Some(if is_outside_its_time(why) {
        Refusal::TheirsExpired
    } else {
        Refusal::TheirsRefused
    })
}

pub(crate) fn is_outside_its_time(why: &CertificateError) -> bool {
    matches!(
        why,
        CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. }
    )
}
