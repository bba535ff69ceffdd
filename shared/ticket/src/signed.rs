//! The ticket as its QR code has it: `MT1:` and base45 (RFC 9285) of a
//! COSE_Sign1 (RFC 9052, ES256) over CWT claims (RFC 8392).

use ciborium::value::Value;
use coset::{CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};

use crate::Code;

const PREFIX: &str = "MT1:";
/// Several times the longest ticket.
const TEXT_MAX: usize = 1_024;
const ISSUER: i64 = 1;
const ISSUED: i64 = 6;
/// Private claims of the seals end at -65538.
const CODE: i64 = -65_539;
const AMOUNT: i64 = -65_540;

/// What stands on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The station that issued it.
    pub station: String,
    pub code: Code,
    /// What is owed; zero on a claim ticket.
    pub amount_won: u32,
    /// Seconds since the Unix epoch, by the station's clock.
    pub issued_at: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ticket could not be encoded")]
pub struct NotSigned;

/// Why a ticket's QR code is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    #[error("this is not a ticket")]
    NotATicket,
    #[error("the ticket is cut off or damaged")]
    Malformed,
    #[error("the ticket is of a station whose key is not known")]
    UnknownStation,
    #[error("the ticket was forged or altered")]
    Forged,
}

pub(crate) fn compose(
    ticket: &Ticket,
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<String, NotSigned> {
    let integer = |number: i64| Value::Integer(number.into());
    let claims = Value::Map(vec![
        (integer(ISSUER), Value::Text(ticket.station.clone())),
        (integer(ISSUED), integer(ticket.issued_at)),
        (integer(CODE), Value::Text(ticket.code.digits())),
        (integer(AMOUNT), integer(ticket.amount_won.into())),
    ]);
    let mut payload = Vec::new();
    ciborium::into_writer(&claims, &mut payload).map_err(|_| NotSigned)?;
    let header = HeaderBuilder::new()
        .algorithm(iana::Algorithm::ES256)
        .build();
    let message = CoseSign1Builder::new()
        .protected(header)
        .payload(payload)
        .create_signature(b"", sign)
        .build()
        .to_tagged_vec()
        .map_err(|_| NotSigned)?;
    Ok(format!("{PREFIX}{}", base45::encode(&message)))
}

/// Whether a text is a key that tickets can be verified with (SubjectPublicKeyInfo
/// in PEM, P-256).
pub fn is_key(pem: &str) -> bool {
    VerifyingKey::from_public_key_pem(pem).is_ok()
}

/// Takes a ticket apart without believing it.
///
/// # Errors
/// When it is no ticket or cannot be decoded.
pub fn read(text: &str) -> Result<Ticket, NotGenuine> {
    let message = decode(text)?;
    ticket(&message)
}

/// Reads a ticket and checks its signature with the key that `key_of` knows of
/// its station (SubjectPublicKeyInfo in PEM).
///
/// # Errors
/// The reason why it is not believed.
pub fn verify(
    text: &str,
    key_of: impl FnOnce(&str) -> Option<String>,
) -> Result<Ticket, NotGenuine> {
    let message = decode(text)?;
    let ticket = ticket(&message)?;
    let key = key_of(&ticket.station).ok_or(NotGenuine::UnknownStation)?;
    let key = VerifyingKey::from_public_key_pem(&key).map_err(|_| NotGenuine::UnknownStation)?;
    message
        .verify_signature(b"", |signature, bytes| {
            Signature::from_slice(signature).and_then(|signature| key.verify(bytes, &signature))
        })
        .map_err(|_| NotGenuine::Forged)?;
    Ok(ticket)
}

fn decode(text: &str) -> Result<CoseSign1, NotGenuine> {
    let body = text.trim_end().strip_prefix(PREFIX);
    let body = body.ok_or(NotGenuine::NotATicket)?;
    if body.len() > TEXT_MAX {
        return Err(NotGenuine::Malformed);
    }
    let bytes = base45::decode(body).map_err(|_| NotGenuine::Malformed)?;
    CoseSign1::from_tagged_slice(&bytes).map_err(|_| NotGenuine::Malformed)
}

fn ticket(message: &CoseSign1) -> Result<Ticket, NotGenuine> {
    let payload = message.payload.as_deref().ok_or(NotGenuine::Malformed)?;
    let value: Value = ciborium::from_reader(payload).map_err(|_| NotGenuine::Malformed)?;
    let claims = value.as_map().ok_or(NotGenuine::Malformed)?;
    let claim = |key: i64| {
        let found = claims
            .iter()
            .find(|(it, _)| *it == Value::Integer(key.into()));
        found.map(|(_, value)| value).ok_or(NotGenuine::Malformed)
    };
    let text = |key| claim(key)?.as_text().ok_or(NotGenuine::Malformed);
    let number = |key| {
        let number = claim(key)?.as_integer().ok_or(NotGenuine::Malformed)?;
        i64::try_from(i128::from(number)).map_err(|_| NotGenuine::Malformed)
    };
    Ok(Ticket {
        station: text(ISSUER)?.to_owned(),
        code: Code::parse(text(CODE)?).map_err(|_| NotGenuine::Malformed)?,
        amount_won: u32::try_from(number(AMOUNT)?).map_err(|_| NotGenuine::Malformed)?,
        issued_at: number(ISSUED)?,
    })
}
