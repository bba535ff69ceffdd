//! Which edition of the catalogue a station runs, and how it goes over to a newer one:
//! between two citizens, and only to what is signed, higher and readable.
//!
//! `T` is what the station's program reads from an edition's files.

mod shelf;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use edition::{
    EditionAnswer, EditionState, Found, NotTaken, OfferedEdition, RefusedEdition, digest,
};
use request::Timestamp;

pub use shelf::EditionShelf;

/// After an edition did not come, or the disk did not take it.
const RETRY: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub enum EditionEvent<T> {
    /// The line is up, or the office says that there is an edition.
    Asked,
    /// `None` when the exchange did not answer.
    Offered(Option<EditionAnswer>),
    /// `None` when it did not come.
    Came {
        digest: String,
        signed: Option<Arc<[u8]>>,
    },
    /// It lies on the shelf now, or why it does not.
    Taken(Result<Found<T>, NotTaken>),
}

#[derive(Debug, PartialEq, Eq)]
pub enum EditionCommand {
    Tell(EditionState),
    Fetch {
        digest: String,
    },
    /// Put it on the shelf, if it is higher than this one.
    Take {
        signed: Arc<[u8]>,
        above: u64,
    },
}

pub struct Editions<T> {
    state: EditionState,
    /// On the shelf, and not gone over to yet.
    next: Option<Found<T>>,
    /// Offered, and on its way here.
    coming: Option<OfferedEdition>,
    retry_at: Option<Instant>,
    /// What was told is not answered yet; what two questions tell may arrive in any order.
    telling: bool,
    /// It is another state by now.
    tell_again: bool,
    commands: VecDeque<EditionCommand>,
}

impl<T> Editions<T> {
    /// `running` was started with.
    pub fn new(running: u64, refused: Option<RefusedEdition>) -> Self {
        Self {
            state: EditionState { running, refused },
            next: None,
            coming: None,
            retry_at: None,
            telling: false,
            tell_again: false,
            commands: VecDeque::new(),
        }
    }

    /// The one that counts now.
    pub fn running(&self) -> u64 {
        self.state.running
    }

    pub fn handle(&mut self, event: EditionEvent<T>, now: Instant) {
        match event {
            EditionEvent::Asked => self.tell(),
            EditionEvent::Offered(answer) => self.answered(answer),
            EditionEvent::Came { digest, signed } => self.came(&digest, signed, now),
            EditionEvent::Taken(Ok(taken)) => {
                self.coming = None;
                self.next = Some(taken);
            }
            EditionEvent::Taken(Err(reason)) => self.not_taken(&reason, now),
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.retry_at.is_some_and(|due| due <= now) {
            self.tell();
        }
    }

    pub fn poll_command(&mut self) -> Option<EditionCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.retry_at
    }

    /// The edition to go over to, once its time has come. Whoever takes it goes over.
    pub fn go_over(&mut self, now: Timestamp) -> Option<Found<T>> {
        let next = self.next.take_if(|it| it.valid_from <= now)?;
        self.state = EditionState {
            running: next.number,
            refused: None,
        };
        self.tell();
        Some(next)
    }

    fn tell(&mut self) {
        self.retry_at = None;
        if std::mem::replace(&mut self.telling, true) {
            self.tell_again = true;
            return;
        }
        self.commands
            .push_back(EditionCommand::Tell(self.state.clone()));
    }

    fn answered(&mut self, answer: Option<EditionAnswer>) {
        self.telling = false;
        if let Some(offered) = answer.and_then(|it| it.offered) {
            self.offered(offered);
        }
        if std::mem::take(&mut self.tell_again) {
            self.tell();
        }
    }

    fn offered(&mut self, offered: OfferedEdition) {
        let here = self
            .next
            .as_ref()
            .map_or(self.state.running, |it| it.number);
        let refused = self.state.refused.as_ref().map(|it| it.number);
        let known = offered.number <= here || refused == Some(offered.number);
        // One at a time: a newer one is told of when this one is here.
        if known || self.coming.is_some() {
            return;
        }
        let digest = offered.digest.clone();
        self.coming = Some(offered);
        self.commands.push_back(EditionCommand::Fetch { digest });
    }

    fn came(&mut self, named: &str, signed: Option<Arc<[u8]>>, now: Instant) {
        if self.coming.as_ref().is_none_or(|it| it.digest != named) {
            return;
        }
        // On the way it may have lost something; what the exchange has may be whole.
        match signed.filter(|it| digest(it) == named) {
            Some(signed) => {
                let above = self.state.running;
                self.commands
                    .push_back(EditionCommand::Take { signed, above });
            }
            None => {
                self.coming = None;
                self.retry_at = Some(now + RETRY);
            }
        }
    }

    fn not_taken(&mut self, reason: &NotTaken, now: Instant) {
        let Some(coming) = self.coming.take() else {
            return;
        };
        if let NotTaken::Disk { .. } = reason {
            self.retry_at = Some(now + RETRY);
            return;
        }
        self.state.refused = Some(RefusedEdition {
            number: coming.number,
            reason: reason.to_string(),
        });
        self.tell();
    }
}
