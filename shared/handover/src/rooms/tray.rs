//! What one end has said and the other has not fetched.

use std::collections::VecDeque;

use super::TRAY_MAX;
use crate::{BATCH_MAX, Numbered, RoomRefusal};

#[derive(Debug)]
pub(super) struct Tray<T> {
    taken: u64,
    lying: VecDeque<Numbered<T>>,
}

impl<T> Default for Tray<T> {
    fn default() -> Self {
        Self {
            taken: 0,
            lying: VecDeque::new(),
        }
    }
}

impl<T: Clone> Tray<T> {
    /// Everything up to here was taken.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    /// Takes messages, each once however often it is said.
    ///
    /// # Errors
    /// When the tray is full, or one before them never came; those that were taken
    /// before that stay taken.
    pub(super) fn take(&mut self, messages: Vec<Numbered<T>>) -> Result<(), RoomRefusal> {
        if messages.len() > BATCH_MAX {
            return Err(RoomRefusal::TooMuch);
        }
        for message in messages {
            if message.number <= self.taken {
                continue;
            }
            if message.number > self.taken + 1 {
                return Err(RoomRefusal::OutOfOrder);
            }
            if self.lying.len() >= TRAY_MAX {
                return Err(RoomRefusal::TooMuch);
            }
            self.taken = message.number;
            self.lying.push_back(message);
        }
        Ok(())
    }

    /// What lies here after a number; what is up to there is not needed again.
    pub(super) fn give(&mut self, received: u64) -> Vec<Numbered<T>> {
        self.lying.retain(|it| it.number > received);
        self.lying.iter().take(BATCH_MAX).cloned().collect()
    }
}
