//! What a day lets expect, worked out beside the loop: it takes a second.

use distributor::WallTime;
use figures::{Board, Holidays, LocalDay, Outlook};
use tokio::{sync::mpsc, task::spawn_blocking};

use crate::switchboard::Switchboard;

/// The outlook of the day, once it is known.
pub(super) struct Outlooks {
    known: Option<Outlook>,
    /// The last day it was asked for.
    asked: Option<LocalDay>,
    tell: mpsc::UnboundedSender<Outlook>,
}

impl Outlooks {
    /// What is worked out comes out of the receiver.
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<Outlook>) {
        let (tell, told) = mpsc::unbounded_channel();
        let outlooks = Self {
            known: None,
            asked: None,
            tell,
        };
        (outlooks, told)
    }

    pub(super) fn worked_out(&mut self, outlook: Outlook) {
        self.known = Some(outlook);
    }

    /// The board, with what was to be expected beside what is.
    pub(super) fn board(&mut self, switchboard: &Switchboard, at: WallTime) -> Board {
        let center = switchboard.center();
        let mut board = switchboard.board(at);
        board.target = center.staffing.map(|it| it.target());
        let day = LocalDay::of(at, center.minutes_ahead_of_utc);
        if self.asked != Some(day) {
            self.asked = Some(day);
            self.work_out(switchboard, day);
        }
        if let Some(outlook) = &self.known {
            board.expect(outlook);
        }
        board
    }

    fn work_out(&self, switchboard: &Switchboard, day: LocalDay) {
        let requirements = switchboard.center().requirements();
        if requirements.is_empty() {
            return;
        }
        let (ledger, tell) = (switchboard.ledger().clone(), self.tell.clone());
        spawn_blocking(move || {
            match Outlook::of(&ledger, &requirements, day, &Holidays::new()) {
                // Fails only when the switch has ended.
                Ok(Some(outlook)) => drop(tell.send(outlook)),
                Ok(None) => tracing::info!("There is no history of such a day yet"),
                Err(error) => tracing::warn!(%error, "The day's agents cannot be worked out"),
            }
        });
    }
}
