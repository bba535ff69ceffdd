//! What the program on the panel says of itself, while it runs.

use std::{collections::BTreeMap, fs, path::Path};

use request::Timestamp;
use serde::Deserialize;

/// `/run/minwon/panel/pulse.json`: written when something changes, and every few seconds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pulse {
    pub at: Timestamp,
    pub started_at: Timestamp,
    /// Whether a first picture has reached the screen.
    pub first_frame: bool,
    /// `provision` before the machine is in service.
    pub screen: String,
    /// Whether somebody stands there.
    #[serde(default)]
    pub visit: bool,
    /// Whether a technician looks after it.
    #[serde(default)]
    pub maintenance: bool,
    /// Whether what is asked for can be written down.
    #[serde(default)]
    pub journal: bool,
    /// Whether the exchange answers.
    #[serde(default)]
    pub line: bool,
    /// By their roles.
    #[serde(default)]
    pub ports: BTreeMap<String, Port>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Port {
    Well,
    Trouble,
    Absent,
}

/// The screen of a machine that is not in service yet.
pub const PROVISION: &str = "provision";

impl Pulse {
    /// What is said now; none when nothing is, or nothing that can be read.
    pub fn read(file: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(file).ok()?).ok()
    }

    pub fn in_service(&self) -> bool {
        self.screen != PROVISION
    }
}
