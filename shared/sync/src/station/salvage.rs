//! Offers what could be read of an earlier, damaged journal of the station before
//! anything of the present one: what is written now may follow from it.

use std::time::Instant;

use super::{BATCH, Station, StationCommand, Turn};
use crate::{Answer, Incarnation, Offer};

/// How far an earlier journal has been told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Salvage {
    /// There is nothing to tell.
    #[default]
    None,
    Unread,
    Reading,
    /// Entries of this journal are on their way.
    Offered(Incarnation),
    /// The exchange takes no more of it on this line.
    Refused,
}

impl Salvage {
    /// The line begins anew.
    pub(super) fn again(&mut self) {
        if *self != Salvage::None {
            *self = Salvage::Unread;
        }
    }
}

impl Station {
    /// There is something of an earlier journal that the exchange has not confirmed.
    pub fn tell_salvage(&mut self) {
        self.salvage = Salvage::Unread;
    }

    pub(super) fn read_salvaged(&mut self) {
        if self.salvage == Salvage::Unread {
            self.salvage = Salvage::Reading;
            self.offering = Turn::Reading;
            self.commands
                .push_back(StationCommand::ReadSalvaged { limit: BATCH });
        }
    }

    pub(super) fn salvaged(&mut self, offer: Option<Offer>, now: Instant) {
        let told = offer.filter(|offer| !offer.entries.is_empty());
        let Some(offer) = told.filter(|_| self.salvage == Salvage::Reading) else {
            self.salvage = Salvage::None;
            self.offering = Turn::Idle;
            return;
        };
        if let Some(first) = offer.entries.first() {
            self.salvage = Salvage::Offered(first.incarnation.clone());
            self.offer(offer, now);
        }
    }

    pub(super) fn answered_of_earlier(
        &mut self,
        journal: Incarnation,
        answer: &Answer,
        now: Instant,
    ) {
        match answer {
            Answer::Acknowledged(number) if *number >= self.offered => {
                self.backoff.reset();
                self.salvage = Salvage::Unread;
                let told = StationCommand::AcknowledgeSalvaged(journal, self.offered);
                self.commands.push_back(told);
            }
            Answer::Quarantined(reason) => {
                self.salvage.again();
                self.quarantined(*reason, now);
            }
            // It holds less than it had confirmed, or has never heard of that journal.
            Answer::Acknowledged(_) | Answer::Unknown => {
                self.salvage = Salvage::Refused;
                self.commands.push_back(StationCommand::SalvageRefused);
            }
            // Another with this identity has been found out meanwhile.
            Answer::KeptAside(_) => self.give_up(now),
        }
    }
}
