//! What a machine noticed that nobody who belongs there does.

use request::Timestamp;
use serde::{Deserialize, Serialize};

/// Told with each report until the exchange has answered it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Alarm {
    pub at: Timestamp,
    pub kind: AlarmKind,
    /// Which device, which port; nothing personal.
    #[serde(default)]
    pub detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// Something was plugged in that the model does not have; nothing drives it.
    StrangeDevice,
    /// A device of the model was unplugged while the machine was in service.
    DeviceGone,
    /// The clock went back further than clocks do.
    ClockWentBack,
}
