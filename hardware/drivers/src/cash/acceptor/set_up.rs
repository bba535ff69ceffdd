//! The set-up of an acceptor: what it is, what it knows, what it may take.

use std::time::Instant;

use super::{Acceptor, Kind, RETRY, Step};
use crate::cash::{
    event_counter::News,
    line::Question,
    value::{Scaling, coin_won, note_won},
};

/// Types both inhibit masks have room for.
const TYPES: u8 = 16;

impl Acceptor {
    pub(super) fn advance(
        &mut self,
        question: &Question,
        data: &[u8],
        now: Instant,
    ) -> Option<News> {
        match self.step {
            Step::Silent | Step::Category => {
                if data.eq_ignore_ascii_case(self.kind.category()) {
                    self.step = Step::Shut;
                } else {
                    tracing::warn!(address = self.address, "Something else answers for money");
                    self.step = Step::Silent;
                    self.not_before = Some(now + RETRY);
                }
            }
            Step::Shut => {
                self.open = Some(false);
                self.step = match self.inhibits {
                    Some(_) => Step::Catch,
                    None => Step::Id(1),
                };
            }
            Step::Catch => {
                self.step = Step::Verify;
                return self.read(data, now);
            }
            Step::Verify => {
                self.step = Step::Id(1);
                return self.verify(data, now);
            }
            Step::Id(place) => self.keep_id(place, data),
            Step::Scaling => {
                self.evaluate(Scaling::read(data));
                self.step = Step::Inhibits;
            }
            Step::Inhibits => {
                self.inhibits = Some(self.mask());
                match self.kind {
                    Kind::Coins => self.run(),
                    Kind::Notes => self.step = Step::Mode,
                }
            }
            Step::Mode => self.run(),
            Step::Running => return self.heard(question, data, now),
        }
        None
    }

    fn run(&mut self) {
        self.step = Step::Running;
        self.open = None;
        self.set_up = true;
        self.poll_at = None;
    }

    pub(super) fn keep_id(&mut self, place: u8, id: &[u8]) {
        self.ids.insert(place, id.to_vec());
        self.step = match self.kind {
            _ if place < TYPES => Step::Id(place + 1),
            Kind::Coins => {
                self.evaluate(None);
                Step::Inhibits
            }
            Kind::Notes => Step::Scaling,
        };
    }

    fn evaluate(&mut self, scaling: Option<Scaling>) {
        let worth = |id: &Vec<u8>| match self.kind {
            Kind::Coins => coin_won(id),
            Kind::Notes => scaling.and_then(|scaling| note_won(id, scaling)),
        };
        self.values = (self.ids.iter())
            .filter_map(|(place, id)| Some((*place, worth(id)?)))
            .collect();
    }

    /// One bit for each type that is worth something, lowest type first.
    pub(super) fn mask(&self) -> [u8; 2] {
        let bits = (self.values.keys()).fold(0u16, |bits, kind| bits | 1 << (kind - 1));
        bits.to_le_bytes()
    }
}
