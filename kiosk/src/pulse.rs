//! That the kiosk lives, said where the machine's steward and its watchdog hear it.
//!
//! A beat is given by the thread of the visit, and only counts when the window's thread has
//! turned since the last one: a picture that stands still while nobody drives it any more is
//! what a watchdog is for. What a turn proves: that the window's loop runs and is asked for
//! pictures. That a picture reached the glass no part of the software renderer tells.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::net::UnixDatagram,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use request::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    event_loop::EventLoop,
    maintenance::{self, image::ImageShown, ports::PortState},
};

/// How often a beat is given while nothing changes.
const BEAT: Duration = Duration::from_secs(4);
/// Where systemd listens (sd_notify(3)).
const NOTIFY_SOCKET: &str = "NOTIFY_SOCKET";

/// The kiosk on a machine of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplianceSettings {
    /// The file that is replaced with each beat.
    pub pulse: PathBuf,
    /// What the machine's steward says of the image; technicians are shown it.
    #[serde(default)]
    pub steward: Option<PathBuf>,
}

/// Turns of the window's loop, counted by whoever drives it.
#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<AtomicU64>);

impl Turns {
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn counted(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a beat says besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) screen: &'static str,
    pub(crate) visit: bool,
    pub(crate) maintenance: bool,
    pub(crate) journal: bool,
    pub(crate) line: bool,
    pub(crate) ports: BTreeMap<&'static str, PortState>,
}

#[derive(Serialize)]
struct Written<'a> {
    at: Timestamp,
    started_at: Timestamp,
    first_frame: bool,
    frames: u64,
    screen: &'a str,
    visit: bool,
    maintenance: bool,
    journal: bool,
    line: bool,
    ports: &'a BTreeMap<&'static str, PortState>,
}

pub(crate) struct Pulse {
    settings: ApplianceSettings,
    turns: Turns,
    turned: u64,
    started_at: Timestamp,
    due: Instant,
    said: Option<Standing>,
    ready: bool,
}

impl Pulse {
    pub(crate) fn new(
        settings: ApplianceSettings,
        turns: Turns,
        wall: Timestamp,
        now: Instant,
    ) -> Self {
        Self {
            settings,
            turns,
            turned: 0,
            started_at: wall,
            due: now,
            said: None,
            ready: false,
        }
    }

    pub(crate) fn poll_timeout(&self) -> Instant {
        self.due
    }

    /// What the steward says of the image, when it has said anything.
    pub(crate) fn image(&self) -> Option<ImageShown> {
        let text = fs::read(self.settings.steward.as_ref()?).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Gives a beat when it is time or something has changed; answers whether it did.
    pub(crate) fn beat(&mut self, standing: Standing, wall: Timestamp, now: Instant) -> bool {
        if now < self.due && self.said.as_ref() == Some(&standing) {
            return false;
        }
        self.due = now + BEAT;
        let frames = self.turns.counted();
        if let Err(error) = self.write(&standing, frames, wall) {
            tracing::warn!(%error, "The pulse cannot be written");
        }
        if frames > self.turned {
            if !self.ready {
                self.ready = true;
                notify("READY=1");
            }
            notify("WATCHDOG=1");
        }
        self.turned = frames;
        self.said = Some(standing);
        true
    }

    fn write(&self, standing: &Standing, frames: u64, at: Timestamp) -> io::Result<()> {
        let written = Written {
            at,
            started_at: self.started_at,
            first_frame: frames > 0,
            frames,
            screen: standing.screen,
            visit: standing.visit,
            maintenance: standing.maintenance,
            journal: standing.journal,
            line: standing.line,
            ports: &standing.ports,
        };
        let beside = self.settings.pulse.with_extension("new");
        fs::write(&beside, serde_json::to_vec(&written)?)?;
        fs::rename(&beside, &self.settings.pulse)
    }
}

impl EventLoop {
    /// On a machine of its own: a beat, and what the steward has to say.
    pub(crate) fn beat(&mut self) {
        let Some(mut pulse) = self.pulse.take() else {
            return;
        };
        let now = self.clock.now();
        let standing = Standing {
            screen: self.screen,
            visit: !self.visit.is_resting(),
            maintenance: self.maintenance.is_open(),
            journal: !self.journal_broken,
            line: self.maintenance.is_linked(),
            ports: self.maintenance.ports(),
        };
        if pulse.beat(standing, now.wall, now.instant)
            && let Some(image) = pulse.image()
        {
            self.maintain(maintenance::Event::Image(image));
        }
        self.pulse = Some(pulse);
    }
}

/// One word to systemd, where it started this program and wants to know.
fn notify(word: &str) {
    let Some(socket) = std::env::var_os(NOTIFY_SOCKET) else {
        return;
    };
    let sent = UnixDatagram::unbound().and_then(|it| it.send_to(word.as_bytes(), &socket));
    if let Err(error) = sent {
        tracing::warn!(%error, "systemd does not hear the kiosk");
    }
}
