//! What a badge says.

use std::time::Duration;

use request::{AgentId, StationId, Timestamp};

use crate::BadgeRefusal;

/// How long a badge holds: so long an agent goes on at kiosks while the switch is
/// away, and so long one who was signed out from afar still could.
pub const LASTS: Duration = Duration::from_secs(3_600);
/// When the switch gives the next one, while the agent is signed in.
pub const RENEWED_AFTER: Duration = Duration::from_secs(1_800);
/// However long a switch wants it to hold: a shift.
pub const LONGEST: Duration = Duration::from_secs(12 * 3_600);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Agent,
    /// May also be the second of two persons, and take part in others' talks.
    Supervisor,
}

impl Role {
    pub(crate) fn written(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
        }
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let known = [Self::Agent, Self::Supervisor];
        known.into_iter().find(|it| it.written() == text)
    }
}

/// Who works where, as what, and for how long that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    pub agent: AgentId,
    pub role: Role,
    pub desk: StationId,
    /// To the second.
    pub from: Timestamp,
    /// To the second; no longer after it.
    pub until: Timestamp,
}

impl Badge {
    /// For what only a supervisor may do.
    ///
    /// # Errors
    /// [`BadgeRefusal::NotASupervisor`].
    pub fn is_supervisors(&self) -> Result<(), BadgeRefusal> {
        match self.role {
            Role::Supervisor => Ok(()),
            Role::Agent => Err(BadgeRefusal::NotASupervisor),
        }
    }

    pub(crate) fn holds(&self, desk: &StationId, now: Timestamp) -> Result<(), BadgeRefusal> {
        if self.desk != *desk {
            Err(BadgeRefusal::OtherDesk)
        } else if self.until > self.from + LONGEST {
            Err(BadgeRefusal::TooLong)
        } else if now < self.from {
            Err(BadgeRefusal::NotYet)
        } else if now >= self.until {
            Err(BadgeRefusal::Expired)
        } else {
            Ok(())
        }
    }
}
