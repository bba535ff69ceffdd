//! How far the changes go, and whether the store's log can be read on from there.

use serde::{Deserialize, Serialize};

use super::{BackupError, Damage, changes::Chain, checked_file, folder::Folder};
use crate::wal::Position;

/// Written after each record, so that a record that is lost later is missed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) stream: String,
    /// The last change that is safe.
    pub(crate) number: u64,
    /// When it was archived, in milliseconds since 1970.
    pub(crate) at: i64,
    #[serde(with = "hexadecimal")]
    pub(crate) chain: Chain,
    /// The newest whole copy of this stream is of this change.
    pub(crate) base: Option<u64>,
    /// Changes before this one were let go.
    pub(crate) kept_from: u64,
    /// How far the store's log was read.
    pub(crate) position: Option<Position>,
}

impl Head {
    pub(crate) fn read(folder: &Folder) -> Result<Option<Self>, BackupError> {
        let file = folder.head();
        let Some(text) = checked_file::read(&file)? else {
            return Ok(None);
        };
        let altered = |_| Damage::Altered {
            file: checked_file::name(&file),
        };
        Ok(Some(toml::from_str(&text).map_err(altered)?))
    }

    pub(crate) fn write(&self, folder: &Folder) -> Result<(), BackupError> {
        checked_file::write_toml(&folder.head(), self)
    }
}

pub(crate) mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Chain;
    use crate::survey::hex;

    pub(crate) fn serialize<S: Serializer>(chain: &Chain, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex(&chain.0))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Chain, D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || D::Error::custom("64 hexadecimal digits are wanted");
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Chain(bytes))
    }
}
