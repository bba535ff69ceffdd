//! Machines that are expected: which station each becomes, and the code on its label that
//! enrols one key and no second one.
//!
//! They stand in a file beside the roster, `claims.toml`, so that an operator adds one while the
//! exchange serves.

mod on_paper;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use identity::{Certified, Fingerprint, LineAuthority, NotCertified, Party, is_plain};
use privacy::Personal;
use request::{StationId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::enrollment;

pub use on_paper::{certify_on_paper, drawn_for_terminal};

/// Digits of a code: nobody tries so many.
const DIGITS: usize = 16;
/// What a label begins with, so that nothing else that is scanned is taken for one.
const LABEL: &str = "MINWON1";
/// How long a station's certificate lasts.
pub(crate) const CERTIFICATE_LASTS: Duration = Duration::from_hours(24 * 365);

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimsFile {
    #[serde(default, rename = "claim", skip_serializing_if = "Vec::is_empty")]
    claims: Vec<Claim>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    station: StationId,
    /// The hardware model that is delivered.
    model: String,
    /// argon2id of the code, as a PHC string.
    code: String,
    ends_at: Timestamp,
    /// SHA-256 of the request that was certified, and what it was given.
    #[serde(default)]
    enrolled: Option<Enrolled>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Enrolled {
    key: String,
    certificate: String,
    fingerprint: Fingerprint,
}

/// Why a machine is not enrolled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotEnrolled {
    /// Which of station, code and term is wrong is nobody's business who guesses.
    #[error("no such station is expected with this code")]
    Unknown,
    #[error("the code has enrolled another key")]
    UsedUp,
    #[error(transparent)]
    Request(NotCertified),
    #[error(transparent)]
    Files(anyhow::Error),
}

fn file(roster: &Path) -> PathBuf {
    roster.with_file_name("claims.toml")
}

/// Expects a machine that becomes a station; answers what its label says. Whoever expects it
/// again makes the label before worth nothing.
///
/// # Errors
/// When the id cannot stand in a certificate, or a file cannot be written.
pub fn expect_machine(
    roster: &Path,
    station: &StationId,
    model: &str,
    now: Timestamp,
    lasts: Duration,
) -> anyhow::Result<String> {
    ensure!(
        is_plain(station.as_str()),
        "an id has letters, digits, dots, hyphens and underscores only"
    );
    let code = draw()?;
    let hash = Argon2::default().hash_password(code.reveal().as_bytes());
    let hash = hash.map_err(|_| anyhow::anyhow!("the code cannot be hashed"))?;
    change(roster, |claims| {
        claims.claims.retain(|it| it.station != *station);
        claims.claims.push(Claim {
            station: station.clone(),
            model: model.to_owned(),
            code: hash.to_string(),
            ends_at: now + lasts,
            enrolled: None,
        });
        Ok(())
    })?;
    Ok(format!("{LABEL}:{station}:{}", code.reveal()))
}

/// What a station's label is worth from now on: nothing. A machine that was struck off does
/// not list itself again.
pub(crate) fn withdraw(roster: &Path, station: &StationId) -> anyhow::Result<()> {
    if !file(roster).exists() {
        return Ok(());
    }
    change(roster, |claims| {
        claims.claims.retain(|it| it.station != *station);
        Ok(())
    })
}

/// Certifies the key of a request for whoever has the label, once; asked again with the same
/// key, whatever it was that broke off, it answers the same.
pub(crate) fn redeem(
    data: &Path,
    roster: &Path,
    station: &StationId,
    code: &Personal<String>,
    request: &[u8],
    now: Timestamp,
) -> Result<Vec<u8>, NotEnrolled> {
    let known = read(roster).map_err(NotEnrolled::Files)?;
    let claim = known.claims.iter().find(|it| it.station == *station);
    // A station that nobody expects costs as much as a wrong code.
    let decoy = "$argon2id$v=19$m=19456,t=2,p=1$bWlud29uLWRlY295LTE$\
                 pFeScn4bGFCRCzSHPhM8AeN1B6vTYN8CUF8xGCmRgFo";
    let hash = claim.map_or(decoy, |it| it.code.as_str());
    let right = PasswordHash::new(hash).is_ok_and(|hash| {
        let code = code.reveal().as_bytes();
        Argon2::default().verify_password(code, &hash).is_ok()
    });
    let (true, Some(claim)) = (right, claim) else {
        return Err(NotEnrolled::Unknown);
    };
    let key = hexadecimal(&key_of(request)?);
    if let Some(enrolled) = &claim.enrolled {
        if enrolled.key != key {
            return Err(NotEnrolled::UsedUp);
        }
        let files = || -> anyhow::Result<Vec<u8>> {
            enrollment::list_kiosk(roster, station, enrolled.fingerprint)?;
            der_of(&enrolled.certificate)
        };
        return files().map_err(NotEnrolled::Files);
    }
    if now > claim.ends_at {
        return Err(NotEnrolled::Unknown);
    }
    let authority = enrollment::authority(data, now).map_err(NotEnrolled::Files)?;
    let certified = certify(&authority, station, request, now)?;
    let kept = || -> anyhow::Result<()> {
        change(roster, |claims| {
            let claim = claims.claims.iter_mut().find(|it| it.station == *station);
            let claim = claim.context("the claim was withdrawn")?;
            ensure!(claim.enrolled.is_none(), "another key was faster");
            claim.enrolled = Some(Enrolled {
                key,
                certificate: certified.certificate_pem.clone(),
                fingerprint: certified.fingerprint,
            });
            Ok(())
        })?;
        enrollment::list_kiosk(roster, station, certified.fingerprint)
    };
    kept().map_err(NotEnrolled::Files)?;
    tracing::info!(%station, "A machine is enrolled");
    Ok(certified.certificate)
}

fn certify(
    authority: &LineAuthority,
    station: &StationId,
    request: &[u8],
    now: Timestamp,
) -> Result<Certified, NotEnrolled> {
    let party = Party::Station(station.clone());
    let certified = authority.certify(&party, request, now, CERTIFICATE_LASTS);
    certified.map_err(NotEnrolled::Request)
}

/// By which key a request is known, whatever else it says.
fn key_of(request: &[u8]) -> Result<[u8; 32], NotEnrolled> {
    let key = identity::requested_key(request).map_err(NotEnrolled::Request)?;
    Ok(Sha256::digest(key).into())
}

fn der_of(pem: &str) -> anyhow::Result<Vec<u8>> {
    use tokio_rustls::rustls::pki_types::{CertificateDer, pem::PemObject};
    let der = CertificateDer::from_pem_slice(pem.as_bytes());
    Ok(der
        .map_err(|_| anyhow::anyhow!("a claim's certificate is no PEM"))?
        .to_vec())
}

/// Digits by chance, each as likely as the others.
fn draw() -> anyhow::Result<Personal<String>> {
    let mut digits = String::with_capacity(DIGITS);
    while digits.len() < DIGITS {
        let mut byte = [0; 1];
        getrandom::fill(&mut byte).context("the system draws nothing")?;
        if byte[0] < 250 {
            digits.push(char::from(b'0' + byte[0] % 10));
        }
    }
    Ok(Personal::new(digits))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn read(roster: &Path) -> anyhow::Result<ClaimsFile> {
    let file = file(roster);
    if !file.exists() {
        return Ok(ClaimsFile::default());
    }
    let text = fs::read_to_string(&file);
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).context("the claims are not what they should be")
}

/// One change after another, of however many programs.
fn change(
    roster: &Path,
    change: impl FnOnce(&mut ClaimsFile) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let lock = file(roster).with_extension("lock");
    let lock = File::create(&lock).with_context(|| format!("cannot make {}", lock.display()))?;
    lock.lock().context("cannot lock the claims")?;
    let mut claims = read(roster)?;
    change(&mut claims)?;
    let text = toml::to_string(&claims)?;
    durable::replace_secret(&file(roster), text.as_bytes()).context("cannot write the claims")
}
