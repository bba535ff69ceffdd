//! The line's certificate, renewed before it runs out: the same key asks over the line that it
//! still opens.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt, chown},
    path::Path,
    time::Duration,
};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use fleet::Renewal;
use identity::{Credentials, Party, certificate_request};
use request::Timestamp;
use zeroize::Zeroizing;

use crate::line::Line;

/// So long before its end it is asked for: weeks without the exchange are no reason to lose it.
const AHEAD: Duration = Duration::from_hours(24 * 60);
const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";
const AUTHORITY: &str = "authority.pem";

/// Asks for a new certificate when it is time.
///
/// # Errors
/// When the exchange does not give one, or the folder cannot be read or written. The one before
/// is as it was.
pub async fn renew(line: &Line, now: Timestamp) -> anyhow::Result<()> {
    let folder = line.credentials();
    let credentials = Credentials::read(folder)?;
    let subject = credentials.subject().context("it names nobody")?;
    if now + AHEAD < subject.not_after {
        return Ok(());
    }
    let key = Zeroizing::new(fs::read_to_string(folder.join(KEY))?);
    let request = certificate_request(&key, line.station.as_str())?;
    let asked = Renewal {
        request: STANDARD.encode(request),
    };
    let certificate: String = line.wire.post(&line.path("certificate"), &asked).await?;
    let authority = fs::read_to_string(folder.join(AUTHORITY))?;
    let party = Party::Station(line.station.clone());
    identity::is_issued_to(&certificate, &authority, &party, now)?;
    replace(&folder.join(CERTIFICATE), &certificate)?;
    tracing::info!("The line has a new certificate");
    Ok(())
}

/// For the same reader: the kiosk is another user than the steward.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let owner = fs::metadata(file)?;
    durable::replace(file, text.as_bytes())?;
    chown(file, Some(owner.uid()), Some(owner.gid()))?;
    fs::set_permissions(file, owner.permissions())
}
