//! Writes what maintenance says of the machine, signed by the kiosk's own key.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use request::Timestamp;
use signature::{SignError, SignerError, SoftKey, sign_detached};

use super::pages;
use crate::{maintenance::Saving, settings::Settings};

/// Where reports go, and who signs them.
#[derive(Clone, Debug)]
pub(crate) struct Reports {
    folder: PathBuf,
    /// A stick that is not plugged in must not become a folder of the kiosk's own disk.
    named: bool,
    credentials: PathBuf,
}

#[derive(Debug, thiserror::Error)]
enum NotSaved {
    #[error("{0} is not there")]
    NoFolder(PathBuf),
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("the kiosk's own key cannot be read")]
    Key(#[from] SignerError),
    #[error("it could not be signed")]
    Sign(#[from] SignError),
    #[error("the page could not be set")]
    Page,
}

impl Reports {
    pub(crate) fn of(settings: &Settings) -> Self {
        let beside = || settings.journal.with_file_name("reports");
        Self {
            folder: settings.reports.clone().unwrap_or_else(beside),
            named: settings.reports.is_some(),
            credentials: settings.exchange.credentials.clone(),
        }
    }

    /// Where it is now, or why it is nowhere.
    pub(super) fn save(&self, saving: &Saving, now: Timestamp) -> Result<String, String> {
        let saved = self.write(saving, now);
        let saved = saved.inspect_err(|error| tracing::error!(%error, "A report was not saved"));
        let file = saved.map_err(|error| error.to_string())?;
        Ok(file.display().to_string())
    }

    fn write(&self, saving: &Saving, now: Timestamp) -> Result<PathBuf, NotSaved> {
        if self.named && !self.folder.is_dir() {
            return Err(NotSaved::NoFolder(self.folder.clone()));
        }
        std::fs::create_dir_all(&self.folder)?;
        let text = |name: &str| std::fs::read_to_string(self.credentials.join(name));
        let key = SoftKey::from_pem(
            &zeroize::Zeroizing::new(text("key.pem")?),
            &text("certificate.pem")?,
        )?;
        let name = self.free_name(&saving.name);
        let file = |end: &str| self.folder.join(format!("{name}.{end}"));
        let mut json = saving.json.clone();
        if saving.with_log {
            json["log"] = telemetry::recent().into();
        }
        let json = serde_json::to_vec_pretty(&json).map_err(io::Error::from)?;
        write_signed(&file("json"), &json, &key, now)?;
        if let Some(page) = &saving.page {
            let (pdf, _) = pages::set(page).ok_or(NotSaved::Page)?;
            write_signed(&file("pdf"), &pdf, &key, now)?;
        }
        Ok(file("json"))
    }
}

impl Reports {
    /// What was handed out once stays as it was: two within a minute bear two names.
    fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.folder.join(format!("{name}.json")).exists();
        let numbered = (2..).map(|number: u32| format!("{wanted}-{number}"));
        std::iter::once(wanted.to_owned())
            .chain(numbered)
            .find(|name| !taken(name))
            .unwrap_or_else(|| wanted.to_owned())
    }
}

/// The content, and beside it who says so (CMS in DER).
fn write_signed(
    file: &Path,
    content: &[u8],
    key: &SoftKey,
    now: Timestamp,
) -> Result<(), NotSaved> {
    let since_1970 = Duration::from_millis(now.as_millis().unsigned_abs());
    let signature = sign_detached(content, key, since_1970)?;
    durable::replace(file, content)?;
    let mut beside = file.as_os_str().to_owned();
    beside.push(".p7s");
    durable::replace(Path::new(&beside), &signature)?;
    Ok(())
}
