//! Agencies that documents may be sent to, and whose receipts are believed.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, bail};
use catalog::Bilingual;
use registry::Address;
use serde::Deserialize;
use signature::TrustAnchor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipientsFile {
    #[serde(default)]
    recipient: BTreeMap<String, RecipientFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipientFile {
    title: Bilingual,
    /// `instance/class/member/subsystem/service`.
    inbox: String,
    /// The authority of its signers, in PEM, from the file's own folder.
    authority: String,
}

/// An agency that takes documents.
pub(crate) struct Recipient {
    pub(crate) title: Bilingual,
    /// The X-Road service that takes them.
    pub(crate) inbox: Address,
    /// Who vouches for the signers of its receipts.
    pub(crate) authority: TrustAnchor,
}

/// All of them, by their ids.
#[derive(Default)]
pub(crate) struct Recipients(BTreeMap<String, Recipient>);

impl Recipients {
    /// # Errors
    /// When the file or an authority's certificate cannot be read.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let read: RecipientsFile =
            toml::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let recipient = |(id, said): (String, RecipientFile)| {
            let recipient = said
                .read(folder)
                .with_context(|| format!("recipient {id}"))?;
            anyhow::Ok((id, recipient))
        };
        let all: anyhow::Result<_> = read.recipient.into_iter().map(recipient).collect();
        Ok(Self(all?))
    }

    /// All of them with their ids, in the order of their Korean titles.
    pub(crate) fn in_order(&self) -> Vec<(&str, &Recipient)> {
        let mut all: Vec<_> = self.0.iter().map(|(id, it)| (id.as_str(), it)).collect();
        all.sort_by_key(|(_, it)| &it.title.ko);
        all
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Recipient> {
        self.0.get(id)
    }
}

impl RecipientFile {
    fn read(self, folder: &Path) -> anyhow::Result<Recipient> {
        let parts: Vec<String> = self.inbox.split('/').map(str::to_owned).collect();
        let Ok(parts) = <[String; 5]>::try_from(parts) else {
            bail!(
                "an inbox is instance/class/member/subsystem/service, not {}",
                self.inbox
            );
        };
        let file = folder.join(&self.authority);
        let pem = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Recipient {
            title: self.title,
            inbox: Address(parts),
            authority: TrustAnchor::read(&pem)?,
        })
    }
}
