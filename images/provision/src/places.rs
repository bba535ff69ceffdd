//! Where everything lies on a machine.

use std::path::PathBuf;

#[derive(Clone, Debug)]
pub struct Places {
    /// What the image says of itself, its model's files, and whom it believes.
    pub image: PathBuf,
    /// What is this machine's own.
    pub state: PathBuf,
    /// What is gone with the power: the stick, the pulse.
    pub run: PathBuf,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            image: "/usr/lib/minwon".into(),
            state: "/var/lib/minwon".into(),
            run: "/run/minwon".into(),
        }
    }
}

impl Places {
    pub(crate) fn book(&self) -> PathBuf {
        self.state.join("provision.json")
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.state.join("site.minwon")
    }

    pub(crate) fn stick(&self) -> PathBuf {
        self.run.join("stick/site.minwon")
    }

    pub(crate) fn line(&self) -> PathBuf {
        self.state.join("line")
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.state.join("kiosk.toml")
    }

    pub(crate) fn pulse(&self) -> PathBuf {
        self.run.join("panel/pulse.json")
    }
}
