//! What becomes of a release that was found: whether it is taken at all, and when it starts.

use std::time::Duration;

use fleet::{Release, Version};
use request::Timestamp;

use crate::book::{Book, Staged, StagedState};

/// After a release could not be laid into the other slot.
const REST: Duration = Duration::from_mins(10);

/// Why a release is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("it is for machines of the model {0}")]
    OtherModel(String),
    #[error("version {0} runs here already")]
    NotNewer(Version),
    #[error("version {0} failed here before")]
    FailedHere(Version),
    #[error("it is taken from version {0} on")]
    StepMissing(Version),
}

/// What is known when a release is looked at.
#[derive(Clone, Debug)]
pub struct Here<'a> {
    pub model: &'a str,
    pub running: &'a Version,
    pub book: &'a Book,
    /// An operator wants it although it failed here.
    pub again: bool,
}

/// Whether a release is one for this machine.
///
/// # Errors
/// Why it is not.
pub fn accepts(release: &Release, here: &Here<'_>) -> Result<(), Refused> {
    if release.model != here.model {
        return Err(Refused::OtherModel(release.model.clone()));
    }
    if here.book.has_failed(&release.version) && !here.again {
        return Err(Refused::FailedHere(release.version.clone()));
    }
    if release.version <= *here.running {
        return Err(Refused::NotNewer(here.running.clone()));
    }
    match &release.from {
        Some(from) if from > here.running => Err(Refused::StepMissing(from.clone())),
        Some(_) | None => Ok(()),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A release is here whole: every file of it is what was signed.
    Ready {
        version: Version,
        not_before: Timestamp,
    },
    /// It is wanted here no more.
    Withdrawn(Version),
    /// It lies in the other slot.
    Installed(Version),
    /// It could not be laid there.
    NotInstalled(Version),
    /// Whether somebody stands there or looks after the machine, or none where nobody knows.
    Busy(Option<bool>),
    /// Whether the office is open at this hour.
    Hours { open: bool },
}

/// What is to be done next; what is written down first stands in the book already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The book has changed.
    Keep,
    Install(Version),
    /// The machine starts anew.
    Restart,
}

/// One release on its way into the other slot.
#[derive(Clone, Debug)]
pub struct Updates {
    running: Version,
    ready: Option<(Version, Timestamp)>,
    staged: Option<Staged>,
    busy: Option<bool>,
    open: bool,
    installing: bool,
    /// What could not be laid into the other slot is not tried without end.
    tried_again_at: Option<Timestamp>,
    commands: std::collections::VecDeque<Command>,
}

impl Updates {
    pub fn new(running: Version, staged: Option<Staged>) -> Self {
        Self {
            running,
            ready: None,
            staged,
            busy: None,
            open: true,
            installing: false,
            tried_again_at: None,
            commands: std::collections::VecDeque::new(),
        }
    }

    pub fn staged(&self) -> Option<&Staged> {
        self.staged.as_ref()
    }

    /// Whether a release is looked for: none waits for its time, and none lies in the other slot
    /// or is laid there. What a crash has broken off is looked for anew.
    pub fn is_looking(&self) -> bool {
        let broken_off = |it: &Staged| it.state == StagedState::Begun;
        self.ready.is_none() && !self.installing && self.staged.as_ref().is_none_or(broken_off)
    }

    pub fn handle(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Ready {
                version,
                not_before,
            } => self.ready = Some((version, not_before)),
            Event::Withdrawn(version) => {
                if !self.installing && self.ready.as_ref().is_some_and(|(it, _)| *it == version) {
                    self.ready = None;
                }
            }
            Event::Installed(version) => {
                self.installing = false;
                if let Some(staged) = self.staged.as_mut().filter(|it| it.version == version) {
                    staged.state = StagedState::Whole;
                    self.commands.push_back(Command::Keep);
                }
            }
            Event::NotInstalled(version) => {
                self.installing = false;
                if self.staged.as_ref().is_some_and(|it| it.version == version) {
                    self.staged = None;
                    self.ready = None;
                    self.tried_again_at = Some(now + REST);
                    self.commands.push_back(Command::Keep);
                }
            }
            Event::Busy(busy) => self.busy = busy,
            Event::Hours { open } => self.open = open,
        }
        self.go_on(now);
    }

    pub fn handle_timeout(&mut self, now: Timestamp) {
        self.go_on(now);
    }

    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let (_, not_before) = self.ready.as_ref()?;
        Some((*not_before).max(self.tried_again_at.unwrap_or_default()))
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    fn go_on(&mut self, now: Timestamp) {
        // Nobody's word on whether somebody stands there is no word that nobody does.
        if self.busy != Some(false) || self.installing {
            return;
        }
        match &mut self.staged {
            Some(staged) if staged.state == StagedState::Whole => {
                if !self.open {
                    staged.state = StagedState::Activated;
                    self.commands.extend([Command::Keep, Command::Restart]);
                }
            }
            Some(staged) if staged.state == StagedState::Activated => {}
            Some(_) | None => self.begin(now),
        }
    }

    fn begin(&mut self, now: Timestamp) {
        let Some((version, not_before)) = &self.ready else {
            return;
        };
        if now < *not_before || self.tried_again_at.is_some_and(|it| now < it) {
            return;
        }
        self.staged = Some(Staged {
            version: version.clone(),
            over: self.running.clone(),
            state: StagedState::Begun,
        });
        self.installing = true;
        self.commands
            .extend([Command::Keep, Command::Install(version.clone())]);
    }
}
