//! What a seal says (RFC 8392, section 3, and private claims).

use ciborium::value::Value;

use crate::read::SealError;

const ISSUER: i64 = 1;
const EXPIRES: i64 = 4;
const ISSUED: i64 = 6;
/// Private claim: service, its version, document number.
const DOCUMENT: i64 = -65537;
/// Private claim: the sealed fields, name and value in turn.
const FIELDS: i64 = -65538;

const FIELDS_MAX: usize = 64;
const TEXT_MAX: usize = 1024;

/// The sealed statement, in the words of the paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    /// Seconds since the Unix epoch.
    pub issued_at: i64,
    pub expires_at: i64,
    pub service: String,
    pub version: u32,
    pub document_number: String,
    /// Name and value of each sealed field, as printed.
    pub fields: Vec<(String, String)>,
}

impl std::fmt::Debug for Claims {
    /// The fields are about a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claims")
            .field("service", &self.service)
            .field("document_number", &self.document_number)
            .finish_non_exhaustive()
    }
}

impl Claims {
    pub(crate) fn to_value(&self) -> Value {
        let text = |text: &String| Value::Text(text.clone());
        let integer = |number: i64| Value::Integer(number.into());
        let document = vec![
            text(&self.service),
            integer(self.version.into()),
            text(&self.document_number),
        ];
        let fields = self
            .fields
            .iter()
            .flat_map(|(name, value)| [text(name), text(value)]);
        Value::Map(vec![
            (integer(ISSUER), text(&self.issuer)),
            (integer(EXPIRES), integer(self.expires_at)),
            (integer(ISSUED), integer(self.issued_at)),
            (integer(DOCUMENT), Value::Array(document)),
            (integer(FIELDS), Value::Array(fields.collect())),
        ])
    }

    pub(crate) fn from_value(value: &Value) -> Result<Self, SealError> {
        let claim = |key| claim(value, key);
        let document = claim(DOCUMENT)?.as_array().ok_or(SealError::Malformed)?;
        let [service, version, document_number] = document.as_slice() else {
            return Err(SealError::Malformed);
        };
        let fields = claim(FIELDS)?.as_array().ok_or(SealError::Malformed)?;
        if fields.len() % 2 != 0 || fields.len() > 2 * FIELDS_MAX {
            return Err(SealError::Malformed);
        }
        let pairs = fields
            .chunks_exact(2)
            .map(|pair| Ok((text(&pair[0])?, text(&pair[1])?)));
        Ok(Self {
            issuer: text(claim(ISSUER)?)?,
            issued_at: integer(claim(ISSUED)?)?,
            expires_at: integer(claim(EXPIRES)?)?,
            service: text(service)?,
            version: u32::try_from(integer(version)?).map_err(|_| SealError::Malformed)?,
            document_number: text(document_number)?,
            fields: pairs.collect::<Result<_, SealError>>()?,
        })
    }
}

/// The claim of a map by its key.
pub(crate) fn claim(value: &Value, key: i64) -> Result<&Value, SealError> {
    let map = value.as_map().ok_or(SealError::Malformed)?;
    map.iter()
        .find(|(it, _)| *it == Value::Integer(key.into()))
        .map(|(_, value)| value)
        .ok_or(SealError::Malformed)
}

pub(crate) fn text(value: &Value) -> Result<String, SealError> {
    match value.as_text() {
        Some(text) if text.len() <= TEXT_MAX => Ok(text.to_owned()),
        _ => Err(SealError::Malformed),
    }
}

pub(crate) fn integer(value: &Value) -> Result<i64, SealError> {
    let number = value.as_integer().ok_or(SealError::Malformed)?;
    i64::try_from(i128::from(number)).map_err(|_| SealError::Malformed)
}
