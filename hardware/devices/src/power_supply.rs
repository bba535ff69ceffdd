//! The uninterruptible power supply (XFS4IoT Auxiliaries `UPS`): where the kiosk's power comes
//! from and for how long.

use crate::DeviceState;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerSupplyOrder {
    /// Look now; it is looked at regularly anyway.
    Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerSupplyEvent {
    Status(PowerSupplyStatus),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PowerSupplyStatus {
    pub state: DeviceState,
    /// As it was last told; none before that, and none once nobody can tell any more.
    pub power: Option<Power>,
    pub fault: Option<PowerSupplyFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power {
    pub source: Source,
    pub battery_low: bool,
    pub replace_battery: bool,
    /// Whoever looks after the supply has ordered that everything be switched off.
    pub shutting_down: bool,
    /// In percent, where the supply says so.
    pub charge: Option<u8>,
    /// Seconds that the battery lasts, where the supply says so.
    pub runtime_seconds: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Mains,
    Battery,
    /// The mains, and no battery behind them.
    Unprotected,
}

impl Power {
    /// It ends too soon for anything new to be begun.
    pub fn is_ending(&self) -> bool {
        self.shutting_down || (self.battery_low && self.source == Source::Battery)
    }

    /// What of it a technician has to know.
    pub fn fault(&self) -> Option<PowerSupplyFault> {
        if self.is_ending() {
            return Some(PowerSupplyFault::BatteryLow);
        }
        match self.source {
            Source::Battery => Some(PowerSupplyFault::OnBattery),
            Source::Unprotected => Some(PowerSupplyFault::Unprotected),
            Source::Mains => self
                .replace_battery
                .then_some(PowerSupplyFault::ReplaceBattery),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PowerSupplyFault {
    #[error("the server of the power supply cannot be reached")]
    Offline,
    #[error("the server of the power supply does not answer")]
    Silent,
    #[error("the server of the power supply answers what makes no sense")]
    Nonsense,
    #[error("the server knows no power supply of this name")]
    Unknown,
    #[error("the server does not let this kiosk ask")]
    Refused,
    #[error("the server has lost the power supply")]
    Stale,
    #[error("the kiosk runs on its battery")]
    OnBattery,
    #[error("the battery is about to end")]
    BatteryLow,
    #[error("the battery is worn out")]
    ReplaceBattery,
    #[error("no battery stands behind the mains")]
    Unprotected,
}

impl PowerSupplyFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> &'static str {
        match self {
            PowerSupplyFault::Offline => "UPS-01",
            PowerSupplyFault::Silent => "UPS-02",
            PowerSupplyFault::Nonsense => "UPS-03",
            PowerSupplyFault::Unknown => "UPS-04",
            PowerSupplyFault::Refused => "UPS-05",
            PowerSupplyFault::Stale => "UPS-06",
            PowerSupplyFault::OnBattery => "UPS-07",
            PowerSupplyFault::BatteryLow => "UPS-08",
            PowerSupplyFault::ReplaceBattery => "UPS-09",
            PowerSupplyFault::Unprotected => "UPS-10",
        }
    }
}
