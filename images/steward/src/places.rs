//! Where everything lies on a machine.

use std::path::PathBuf;

/// Where everything lies on a machine.
#[derive(Clone, Debug)]
pub struct Places {
    pub image: PathBuf,
    pub release_signer: PathBuf,
    pub state: PathBuf,
    pub settings: PathBuf,
    pub line: PathBuf,
    pub journal: PathBuf,
    pub run: PathBuf,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            image: "/usr/lib/minwon/image.toml".into(),
            release_signer: "/usr/lib/minwon/release-signer.pem".into(),
            state: "/var/lib/minwon-steward".into(),
            settings: "/var/lib/minwon/kiosk.toml".into(),
            line: "/var/lib/minwon/line".into(),
            journal: "/var/lib/minwon/journal.sqlite".into(),
            run: "/run/minwon".into(),
        }
    }
}

impl Places {
    pub(crate) fn pulse(&self) -> PathBuf {
        self.run.join("pulse.json")
    }

    pub(crate) fn ready(&self) -> PathBuf {
        self.state.join("ready")
    }
}
