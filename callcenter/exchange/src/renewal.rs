//! A station's certificate, renewed over the line that its last one opens.

use std::{path::Path, time::Duration};

use identity::{Party, Subject};
use request::{StationId, Timestamp};

use crate::{
    claims::{CERTIFICATE_LASTS, NotEnrolled},
    enrollment,
};

/// Whoever has longer left has no need of another one.
const AHEAD: Duration = Duration::from_hours(24 * 90);

/// Why there is no new certificate.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRenewed {
    #[error("the certificate lasts for long enough")]
    TooEarly,
    #[error(transparent)]
    NotEnrolled(#[from] NotEnrolled),
}

/// Certifies the key of a request for the station that asks by its certificate. The one that it
/// shows counts until its end, any before it no more.
pub(crate) fn renew(
    data: &Path,
    roster: &Path,
    shown: &Subject,
    station: &StationId,
    request: &[u8],
    now: Timestamp,
) -> Result<String, NotRenewed> {
    if now + AHEAD < shown.not_after {
        return Err(NotRenewed::TooEarly);
    }
    let party = Party::Station(station.clone());
    let authority = enrollment::authority(data, now).map_err(NotEnrolled::Files)?;
    let certified = authority
        .certify(&party, request, now, CERTIFICATE_LASTS)
        .map_err(NotEnrolled::Request)?;
    enrollment::replace_kiosk(roster, station, shown.fingerprint, certified.fingerprint)
        .map_err(NotEnrolled::Files)?;
    tracing::info!(%station, "A station's certificate is renewed");
    Ok(certified.certificate_pem)
}
