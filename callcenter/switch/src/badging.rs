//! Gives agents who are signed in at a desk their badges.

use std::time::{Duration, Instant};

use anyhow::Context;
use badge::{Badge, LASTS, NotSigned, Role, SignedBadge, Signer};
use identity::Credentials;
use request::{AgentId, StationId, Timestamp};

use crate::{center::Agent, running::wall};

/// The exchange's clock may be a little behind.
const BACKDATED_MILLIS: i64 = 60_000;

/// What the desks' door and the badges go by; a demonstration may set it to another
/// hour.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DeskClock {
    /// The machine's.
    System,
    /// It said `to` at `at`, and runs since.
    Set { to: Timestamp, at: Instant },
}

impl DeskClock {
    pub(crate) fn new(starts_at: Option<Timestamp>) -> Self {
        starts_at.map_or(Self::System, |to| Self::Set {
            to,
            at: Instant::now(),
        })
    }

    pub(crate) fn now(self) -> Timestamp {
        match self {
            Self::System => wall(),
            Self::Set { to, at } => to + at.elapsed(),
        }
    }
}

/// Signs with the switch's own key.
pub(crate) struct Badging {
    signer: Signer,
    clock: DeskClock,
}

impl Badging {
    /// # Errors
    /// When the key of the switch's certificate cannot sign badges.
    pub(crate) fn open(own: &Credentials, clock: DeskClock) -> anyhow::Result<Self> {
        let signer = Signer::new(own.private_key(), own.certificate());
        Ok(Self {
            signer: signer.context("the switch's key cannot sign badges")?,
            clock,
        })
    }

    /// A badge that holds from now on.
    pub(crate) fn badge(&self, agent: &Agent, desk: StationId) -> Result<SignedBadge, NotSigned> {
        let now = self.clock.now().as_millis();
        let from = Timestamp::from_millis(now.saturating_sub(BACKDATED_MILLIS));
        let backdated = Duration::from_millis(BACKDATED_MILLIS.unsigned_abs());
        let role = match agent.supervisor {
            true => Role::Supervisor,
            false => Role::Agent,
        };
        self.signer.sign(&Badge {
            agent: AgentId::new(agent.account.as_str()),
            role,
            desk,
            from,
            until: from + backdated + LASTS,
        })
    }
}
