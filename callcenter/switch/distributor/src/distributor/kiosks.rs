//! Agents who help at a kiosk's screen are offered no calls meanwhile.

use std::time::Instant;

#[cfg(test)]
use super::mutant::Mutant;
use super::{
    Distributor,
    agent::{Doing, Wish},
};
use crate::{AgentId, Refused};

impl Distributor {
    /// What rings is withdrawn; who was on a break has it again afterwards.
    pub(super) fn kiosk_taken(&mut self, agent: AgentId, now: Instant) -> Result<(), Refused> {
        #[cfg(test)]
        let blind = self.mutated(Mutant::OffersAtKiosk);
        let known = self.known(agent)?;
        if known.doing == Doing::SignedOut || known.wish == Some(Wish::SignOut) {
            return Err(Refused::UnknownAgent);
        }
        #[cfg(test)]
        if blind {
            return Ok(());
        }
        known.at_kiosk = true;
        if let Doing::Break(reason) = &known.doing {
            known.wish.get_or_insert(Wish::Break(reason.clone()));
        }
        self.obey_wish(agent, now);
        Ok(())
    }

    pub(super) fn kiosk_left(&mut self, agent: AgentId, now: Instant) -> Result<(), Refused> {
        let known = self.known(agent)?;
        known.at_kiosk = false;
        if known.doing == Doing::AtKiosk {
            self.settle_anew(agent, now);
        }
        Ok(())
    }
}
