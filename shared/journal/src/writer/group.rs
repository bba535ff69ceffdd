//! Entries that share one transaction, and what their writers are told.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::{Error, draft::Draft, writer::WriteError};

/// Entries in one transaction; beyond this the first waits too long for the last.
const FULL: usize = 256;

/// All its writers are woken by one call: to wake each by itself takes as long as
/// to write its entry. Whoever waits for a group that is dropped without an
/// answer learns that the journal's thread has ended.
#[derive(Default)]
pub(super) struct Group {
    drafts: Vec<Draft>,
    told: Arc<Told>,
}

/// One writer's place in a group.
pub(super) struct Place {
    told: Arc<Told>,
    index: usize,
}

/// Of the standard library, which wakes all at once; `parking_lot` wakes each
/// when the one before has gone on, which takes longer than the disk.
#[derive(Default)]
struct Told {
    answer: Mutex<Option<Answer>>,
    answered: Condvar,
}

/// What became of a group.
pub(super) enum Answer {
    /// All are written; the first one's number.
    Written(u64),
    /// Each by itself.
    Parted(Vec<Result<u64, Arc<Error>>>),
    Ended,
}

impl Group {
    pub(super) fn with(mut self, draft: Draft) -> (Self, Place) {
        let place = Place {
            told: Arc::clone(&self.told),
            index: self.drafts.len(),
        };
        self.drafts.push(draft);
        (self, place)
    }

    pub(super) fn len(&self) -> usize {
        self.drafts.len()
    }

    pub(super) fn is_full(&self) -> bool {
        self.drafts.len() >= FULL
    }

    pub(super) fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    pub(super) fn answer(self, answer: Answer) {
        self.told.tell(answer);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.told.tell(Answer::Ended);
    }
}

impl Told {
    fn lock(&self) -> MutexGuard<'_, Option<Answer>> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first answer counts.
    fn tell(&self, answer: Answer) {
        self.lock().get_or_insert(answer);
        self.answered.notify_all();
    }
}

impl Place {
    /// Waits until the entry is durable, or is known not to be; its number.
    pub(super) fn wait(&self) -> Result<u64, WriteError> {
        let mut answer = self.told.lock();
        loop {
            match &*answer {
                None => {
                    let woken = self.told.answered.wait(answer);
                    answer = woken.unwrap_or_else(PoisonError::into_inner);
                }
                Some(Answer::Written(first)) => return Ok(first + self.index as u64),
                Some(Answer::Parted(each)) => {
                    let of_this = each.get(self.index).cloned().ok_or(WriteError::Ended)?;
                    return of_this.map_err(WriteError::Journal);
                }
                Some(Answer::Ended) => return Err(WriteError::Ended),
            }
        }
    }
}
