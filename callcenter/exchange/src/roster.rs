//! Which stations belong here, and the tokens they show.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;
use request::StationId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Station to the SHA-256 of its token.
pub(crate) struct Roster(BTreeMap<StationId, [u8; 32]>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RosterFile {
    #[serde(rename = "station")]
    stations: Vec<Station>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Station {
    id: StationId,
    token: String,
}

impl Roster {
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read the roster {}", file.display()))?;
        let RosterFile { stations } =
            toml::from_str(&text).context("the roster is not what it should be")?;
        let digest = |token: &str| Sha256::digest(token.as_bytes()).into();
        Ok(Self(
            stations
                .into_iter()
                .map(|it| (it.id, digest(&it.token)))
                .collect(),
        ))
    }

    /// Whose token it is. Digests are compared, so the time taken tells nothing
    /// about the token.
    pub(crate) fn whose(&self, token: &str) -> Option<&StationId> {
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        self.0
            .iter()
            .find(|(_, known)| **known == digest)
            .map(|(station, _)| station)
    }
}
