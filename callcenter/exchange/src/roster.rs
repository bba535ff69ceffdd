//! Who belongs here: stations and agents with the certificates they may show, and
//! the switches whose badges are believed.
//!
//! A certificate that is genuine and not listed is refused: it was revoked or
//! replaced. The file is read again when it has changed, so that a change holds
//! from the next question on.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock, RwLockReadGuard},
    time::SystemTime,
};

use anyhow::Context;
use identity::{AgentId, Fingerprint, Party, Subject};
use request::StationId;
use serde::{Deserialize, Serialize};

pub(crate) struct Roster {
    file: PathBuf,
    held: RwLock<Held>,
}

/// The file as it was when it was last read.
struct Held {
    changed_at: Option<SystemTime>,
    members: BTreeMap<Fingerprint, (Party, Kind)>,
    switches: BTreeMap<Fingerprint, String>,
}

/// All who are listed, with the fingerprints of their certificates.
pub(crate) struct Listing {
    pub(crate) stations: Vec<(StationId, Kind, String)>,
    pub(crate) agents: Vec<(String, String)>,
    pub(crate) switches: Vec<(String, String)>,
}

/// What kind of party a certificate was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Kiosk,
    Desk,
    TrainingRoom,
    Agent,
}

/// A roster that was written before there were kinds names none: its stations are
/// kiosks, which may do less. A desk of that time is enrolled anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StationKind {
    #[default]
    Kiosk,
    Desk,
    /// Tells what agents have practised, and has no part in anything else here.
    TrainingRoom,
}

/// The file's form. One party may have two certificates while one replaces the other.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RosterFile {
    #[serde(default, rename = "station", skip_serializing_if = "Vec::is_empty")]
    pub(crate) stations: Vec<Station>,
    #[serde(default, rename = "agent", skip_serializing_if = "Vec::is_empty")]
    pub(crate) agents: Vec<Member<AgentId>>,
    /// By the first name in the certificate.
    #[serde(default, rename = "switch", skip_serializing_if = "Vec::is_empty")]
    pub(crate) switches: Vec<Member<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Station {
    pub(crate) id: StationId,
    /// SHA-256 of the certificate.
    pub(crate) certificate: Fingerprint,
    #[serde(default)]
    pub(crate) kind: StationKind,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Member<Id> {
    pub(crate) id: Id,
    /// SHA-256 of the certificate.
    pub(crate) certificate: Fingerprint,
}

impl RosterFile {
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read the roster {}", file.display()))?;
        toml::from_str(&text).context("the roster is not what it should be")
    }
}

impl Roster {
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let held = Held::read(file)?;
        Ok(Self {
            file: file.to_owned(),
            held: RwLock::new(held),
        })
    }

    /// As what this very certificate is listed for whom it names; `None` when it is not.
    pub(crate) fn kind(&self, subject: &Subject) -> Option<Kind> {
        let held = self.held();
        let (party, kind) = held.members.get(&subject.fingerprint)?;
        (*party == subject.party).then_some(*kind)
    }

    /// Whether a switch has this very certificate.
    pub(crate) fn lists_switch(&self, certificate: &Fingerprint) -> bool {
        self.held().switches.contains_key(certificate)
    }

    pub(crate) fn has_switch(&self) -> bool {
        !self.held().switches.is_empty()
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Stations in the order of their names, each once.
    pub(crate) fn stations(&self) -> Vec<(StationId, Kind)> {
        let mut stations: BTreeMap<StationId, Kind> = BTreeMap::new();
        for (party, kind) in self.held().members.values() {
            if let Party::Station(id) = party {
                stations.insert(id.clone(), *kind);
            }
        }
        stations.into_iter().collect()
    }

    /// In the order of their names.
    pub(crate) fn listing(&self) -> Listing {
        let held = self.held();
        let (mut stations, mut agents) = (Vec::new(), Vec::new());
        for (certificate, (party, kind)) in &held.members {
            let certificate = certificate.to_string();
            match party {
                Party::Station(id) => stations.push((id.clone(), *kind, certificate)),
                Party::Agent(id) => agents.push((id.to_string(), certificate)),
            }
        }
        let switches = held.switches.iter();
        let mut switches: Vec<_> = switches
            .map(|(certificate, name)| (name.clone(), certificate.to_string()))
            .collect();
        stations.sort_by(|one, other| one.0.cmp(&other.0));
        agents.sort();
        switches.sort();
        Listing {
            stations,
            agents,
            switches,
        }
    }

    fn held(&self) -> RwLockReadGuard<'_, Held> {
        let changed_at = changed_at(&self.file);
        let stale = |held: &Held| held.changed_at != changed_at;
        let is_stale = stale(&self.held.read().unwrap_or_else(PoisonError::into_inner));
        if is_stale {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            match Held::read(&self.file) {
                Ok(fresh) => *held = fresh,
                // Better the last good one than nobody, or everybody.
                Err(error) => tracing::error!(%error, "The roster cannot be read"),
            }
        }
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listing {
    /// Whether somebody is there of whom the audit speaks so: `station gaon-1`.
    pub(crate) fn lists(&self, subject: &str) -> bool {
        let Some((kind, id)) = subject.split_once(' ') else {
            return false;
        };
        match kind {
            "station" => self.stations.iter().any(|(it, ..)| it.as_str() == id),
            "agent" => self.agents.iter().any(|(it, _)| it == id),
            "switch" => self.switches.iter().any(|(it, _)| it == id),
            _ => false,
        }
    }
}

impl Held {
    fn read(file: &Path) -> anyhow::Result<Self> {
        let changed_at = changed_at(file);
        let RosterFile {
            stations,
            agents,
            switches,
        } = RosterFile::read(file)?;
        let stations = stations.into_iter().map(|it| {
            let kind = match it.kind {
                StationKind::Kiosk => Kind::Kiosk,
                StationKind::Desk => Kind::Desk,
                StationKind::TrainingRoom => Kind::TrainingRoom,
            };
            (it.certificate, (Party::Station(it.id), kind))
        });
        let agents = agents
            .into_iter()
            .map(|it| (it.certificate, (Party::Agent(it.id), Kind::Agent)));
        Ok(Self {
            changed_at,
            members: stations.chain(agents).collect(),
            switches: switches
                .into_iter()
                .map(|it| (it.certificate, it.id))
                .collect(),
        })
    }
}

fn changed_at(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|it| it.modified()).ok()
}
