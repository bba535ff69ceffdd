//! What kiosk and desk say to each other.

use request::FormField;
use serde::{Deserialize, Serialize};

use crate::{Form, Shareable};

/// That the citizen has gone is said by closing the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromKiosk {
    /// The form as it is now; what was shown before no longer counts.
    Shows { form: Form },
    /// The citizen wants the proposed value; it is filled in.
    Confirmed { proposal: u32 },
    /// Not wanted, or not possible.
    Declined { proposal: u32 },
    /// The citizen has typed a line.
    Says { text: Shareable },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromDesk {
    Proposes(Proposal),
    /// The proposal is not to be answered any more.
    TakesBack {
        proposal: u32,
    },
    /// The agent's finger; `None` takes it away.
    PointsAt {
        field: Option<FormField>,
    },
    Says {
        text: Shareable,
    },
    /// The agent has ended.
    Leaves,
}

/// A value for one field, which the citizen is asked to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Counted from 1 in each room; a later one has a larger number.
    pub proposal: u32,
    pub field: FormField,
    pub value: Shareable,
}
