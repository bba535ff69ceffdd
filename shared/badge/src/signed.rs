//! The badge as it travels, and what must be true of it before it is believed.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ciborium::value::Value;
use coset::{CoseSign1, Label, RegisteredLabelWithPrivate, TaggedCborSerializable, iana};
use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};
use request::{AgentId, StationId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Badge, BadgeRefusal, Role};

/// Several times the longest badge.
const TEXT_MAX: usize = 8_192;
/// Names of agents and stations.
const NAME_MAX: usize = 64;

/// Claims of RFC 8392.
pub(crate) const SUBJECT: i64 = 2;
pub(crate) const UNTIL: i64 = 4;
pub(crate) const FROM: i64 = 5;
/// Private claims of leases end at -65545.
pub(crate) const ROLE: i64 = -65_546;
pub(crate) const DESK: i64 = -65_547;

/// What is signed says what it is for and in which form (RFC 9596), so that nothing
/// else the switch's key may ever sign is taken for a badge.
pub(crate) const TYPE: i64 = 16;
pub(crate) const FORM: &str = "minwon-badge-1";
/// RFC 9360, 2.
pub(crate) const X5CHAIN: i64 = 33;

/// A badge that may still be anything.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SignedBadge(String);

impl SignedBadge {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn encode(message: &[u8]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(message))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SignedBadge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[badge]")
    }
}

/// Reads a badge that `desk` shows at `now`. `switch_key` is given the certificate
/// (X.509 in DER) that came with it, and answers the public key in it
/// (SubjectPublicKeyInfo in DER) if it is a switch's that is believed here.
///
/// # Errors
/// The reason why it is not believed.
pub fn verify(
    text: &str,
    desk: &StationId,
    now: Timestamp,
    switch_key: impl FnOnce(&[u8]) -> Result<Vec<u8>, BadgeRefusal>,
) -> Result<Badge, BadgeRefusal> {
    if text.len() > TEXT_MAX {
        return Err(BadgeRefusal::Malformed);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text);
    let bytes = bytes.map_err(|_| BadgeRefusal::Malformed)?;
    let message = CoseSign1::from_tagged_slice(&bytes).map_err(|_| BadgeRefusal::Malformed)?;
    let key = switch_key(certificate(&message)?)?;
    let key = VerifyingKey::from_public_key_der(&key).map_err(|_| BadgeRefusal::NotASwitch)?;
    message
        .verify_signature(b"", |signature, bytes| {
            Signature::from_slice(signature).and_then(|it| key.verify(bytes, &it))
        })
        .map_err(|_| BadgeRefusal::Forged)?;
    let badge = read(message.payload.as_deref())?;
    badge.holds(desk, now)?;
    Ok(badge)
}

/// Of a badge that says to be one, in the form and with the algorithm known here.
fn certificate(message: &CoseSign1) -> Result<&[u8], BadgeRefusal> {
    let header = &message.protected.header;
    let value = |label: i64| {
        let label = Label::Int(label);
        header.rest.iter().find(|it| it.0 == label).map(|it| &it.1)
    };
    let form = value(TYPE).and_then(Value::as_text);
    let es256 = RegisteredLabelWithPrivate::Assigned(iana::Algorithm::ES256);
    if form != Some(FORM) || header.alg != Some(es256) {
        return Err(BadgeRefusal::OtherForm);
    }
    let certificate = value(X5CHAIN);
    let certificate = certificate.and_then(Value::as_bytes);
    certificate
        .map(Vec::as_slice)
        .ok_or(BadgeRefusal::Malformed)
}

fn read(payload: Option<&[u8]>) -> Result<Badge, BadgeRefusal> {
    let payload = payload.ok_or(BadgeRefusal::Malformed)?;
    let value: Value = ciborium::from_reader(payload).map_err(|_| BadgeRefusal::Malformed)?;
    let claims = value.as_map().ok_or(BadgeRefusal::Malformed)?;
    let claim = |key: i64| {
        let key = Value::from(key);
        let found = claims.iter().find(|(it, _)| *it == key);
        found.map(|it| &it.1).ok_or(BadgeRefusal::Malformed)
    };
    let text = |key| {
        let text = claim(key)?.as_text();
        text.filter(|it| (1..=NAME_MAX).contains(&it.len()))
            .ok_or(BadgeRefusal::Malformed)
    };
    let time = |key| {
        let seconds = claim(key)?.as_integer().ok_or(BadgeRefusal::Malformed)?;
        let seconds = i64::try_from(i128::from(seconds)).ok();
        let millis = seconds.and_then(|it| it.checked_mul(1_000));
        millis
            .map(Timestamp::from_millis)
            .ok_or(BadgeRefusal::Malformed)
    };
    Ok(Badge {
        agent: AgentId::new(text(SUBJECT)?),
        role: Role::read(text(ROLE)?).ok_or(BadgeRefusal::Malformed)?,
        desk: StationId::new(text(DESK)?),
        from: time(FROM)?,
        until: time(UNTIL)?,
    })
}
