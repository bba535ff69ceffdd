//! By which way, as whom and with which credentials each network is asked.
//!
//! A security server takes questions of a subsystem only over TLS with a certificate that
//! was registered for it (X-Road: Security Server User Guide, "Communication with
//! Information Systems"). Networks may want subsystems of their own, so that one
//! credential that leaks opens one network.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use catalog::Catalog;
use registry::ClientId;
use request::NetworkId;
use serde::Deserialize;

/// This exchange among X-Road's subsystems, unless its settings say otherwise.
const CLIENT: [&str; 4] = ["KR", "GOV", "4199900", "minwon"];

/// The file's form: what is said first holds for every network that says nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccessFile {
    server: Option<String>,
    client: Option<String>,
    credentials: Option<PathBuf>,
    #[serde(default)]
    network: BTreeMap<NetworkId, WayFile>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WayFile {
    /// The security server, such as `https://security.server`.
    server: Option<String>,
    /// `instance/class/member/subsystem`.
    client: Option<String>,
    /// A folder with `certificate.pem`, `key.pem` and `authority.pem`, from the file's own.
    credentials: Option<PathBuf>,
}

/// How to come to one network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// Without a slash at the end.
    pub(super) server: String,
    pub(super) client: ClientId,
    pub(super) credentials: Option<PathBuf>,
}

/// How to come to every network.
#[derive(Debug)]
pub(super) struct Access {
    usual: Way,
    own: BTreeMap<NetworkId, Way>,
}

impl Access {
    /// All networks through one security server, as the usual subsystem.
    pub(super) fn through(server: &str) -> Self {
        let usual = Way {
            server: server.trim_end_matches('/').to_owned(),
            client: ClientId(CLIENT.map(str::to_owned)),
            credentials: None,
        };
        let own = BTreeMap::new();
        Self { usual, own }
    }

    /// As a file says, through `server` where it names none.
    ///
    /// # Errors
    /// When the file cannot be read, names a network that is none, or would send
    /// credentials over a line that is not encrypted.
    pub(super) fn read(file: &Path, server: &str, catalog: &Catalog) -> anyhow::Result<Self> {
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        // The text may hold what belongs to nobody's log: name the place alone.
        let read: AccessFile = toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |it| it.start);
            let line = text.bytes().take(at).filter(|it| *it == b'\n').count() + 1;
            anyhow::anyhow!("{}: line {line} is not understood", file.display())
        })?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let all = WayFile {
            server: read.server,
            client: read.client,
            credentials: read.credentials,
        };
        let usual = way(&all, &Self::through(server).usual, folder)?;
        let mut own = BTreeMap::new();
        for (id, said) in read.network {
            if catalog.network(&id).is_none() {
                bail!("{}: there is no network {id}", file.display());
            }
            let way = way(&said, &usual, folder).with_context(|| format!("network {id}"))?;
            own.insert(id, way);
        }
        Ok(Self { usual, own })
    }

    /// To whoever has no way of its own.
    pub(super) fn usual(&self) -> &Way {
        &self.usual
    }

    pub(super) fn to(&self, network: &NetworkId) -> &Way {
        self.own.get(network).unwrap_or(&self.usual)
    }
}

fn way(said: &WayFile, else_: &Way, folder: &Path) -> anyhow::Result<Way> {
    let client = match &said.client {
        None => else_.client.clone(),
        Some(text) => client(text)?,
    };
    let server = said.server.as_deref().unwrap_or(&else_.server);
    let credentials = said.credentials.as_ref().map(|it| folder.join(it));
    let way = Way {
        server: server.trim_end_matches('/').to_owned(),
        client,
        credentials: credentials.or_else(|| else_.credentials.clone()),
    };
    let encrypted = way.server.starts_with("https://");
    match (encrypted, &way.credentials) {
        (true, Some(_)) => Ok(way),
        (false, None) if way.server.starts_with("http://") => Ok(way),
        (true, None) => bail!("{} wants credentials", way.server),
        (false, Some(_)) => bail!("credentials are for https://, not for {}", way.server),
        (false, None) => bail!("{} is not an http:// or https:// address", way.server),
    }
}

fn client(text: &str) -> anyhow::Result<ClientId> {
    let parts: Vec<String> = text.split('/').map(str::to_owned).collect();
    let whole = parts.iter().all(|part| !part.is_empty());
    match parts.try_into() {
        Ok(parts) if whole => Ok(ClientId(parts)),
        _ => bail!("a client is instance/class/member/subsystem, not {text}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const USUAL: &str = "http://127.0.0.1:8091/";

    fn read(text: &str) -> anyhow::Result<Access> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("access.toml");
        fs::write(&file, text).unwrap();
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        Access::read(&file, USUAL, &Catalog::read(&catalog).unwrap())
    }

    fn refused(text: &str) -> String {
        format!("{:#}", read(text).unwrap_err())
    }

    #[test]
    fn a_network_has_what_it_says_itself_and_else_what_holds_for_all() {
        let access = read(
            r#"
            server = "https://a.example/"
            credentials = "all"
            [network.people-id]
            client = "KR/GOV/4199900/minwon-people"
            credentials = "people"
            [network.meteorology]
            server = "https://b.example"
            "#,
        )
        .unwrap();
        let way = |id| access.to(&NetworkId::new(id));

        let people = way("people-id");
        assert_eq!(people.server, "https://a.example");
        assert_eq!(people.client.to_string(), "KR/GOV/4199900/minwon-people");
        assert!(people.credentials.as_ref().unwrap().ends_with("people"));
        assert_eq!(way("meteorology").server, "https://b.example");
        assert!(
            way("meteorology")
                .credentials
                .as_ref()
                .unwrap()
                .ends_with("all")
        );
        assert_eq!(
            way("land-registry").client,
            Access::through(USUAL).usual.client
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_its_reason() {
        assert!(refused("[network.moon]").contains("no network moon"));
        assert!(refused("server = \"https://a.example\"").contains("wants credentials"));
        assert!(refused("credentials = \"c\"").contains("credentials are for https://"));
        assert!(refused("server = \"ftp://a\"").contains("not an http"));
        assert!(refused("client = \"KR/GOV\"").contains("instance/class"));
        assert!(refused("\n\nkey = 7").contains("line 3"));
        assert!(refused("[network.people-id]\npassword = \"x\"").contains("not understood"));
    }
}
