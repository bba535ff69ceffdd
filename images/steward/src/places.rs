//! Where everything lies on a machine.

use std::path::PathBuf;

/// Where everything lies on a machine.
#[derive(Clone, Debug)]
pub struct Places {
    pub image: PathBuf,
    pub release_signer: PathBuf,
    /// Whose packages of sites are believed.
    pub site_authority: PathBuf,
    /// What the model says of devices.
    pub self_test: PathBuf,
    pub state: PathBuf,
    pub settings: PathBuf,
    /// The package that the machine was brought into service with.
    pub site: PathBuf,
    pub line: PathBuf,
    pub journal: PathBuf,
    pub run: PathBuf,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            image: "/usr/lib/minwon/image.toml".into(),
            release_signer: "/usr/lib/minwon/release-signer.pem".into(),
            site_authority: "/usr/lib/minwon/site-authority.pem".into(),
            self_test: "/usr/lib/minwon/model/self-test.toml".into(),
            state: "/var/lib/minwon-steward".into(),
            settings: "/var/lib/minwon/kiosk.toml".into(),
            site: "/var/lib/minwon/site.minwon".into(),
            line: "/var/lib/minwon/line".into(),
            journal: "/var/lib/minwon/journal.sqlite".into(),
            run: "/run/minwon".into(),
        }
    }
}

impl Places {
    pub(crate) fn pulse(&self) -> PathBuf {
        self.run.join("panel/pulse.json")
    }

    pub(crate) fn ready(&self) -> PathBuf {
        self.state.join("ready")
    }

    /// Releases on a technician's stick.
    pub(crate) fn stick(&self) -> PathBuf {
        self.run.join("stick/releases")
    }

    /// What has come of a release over the line.
    pub(crate) fn fetched(&self) -> PathBuf {
        self.state.join("fetched")
    }
}
