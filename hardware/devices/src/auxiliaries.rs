//! The auxiliaries class (XFS4IoT Auxiliaries): what a cabinet's contacts say, and its lights,
//! which hang on the same module.

use crate::{DeviceState, lights::Lights};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuxiliariesOrder {
    /// All lights at once: what is not named goes out.
    Shine(Lights),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuxiliariesEvent {
    /// What is so now: told once the module is found, and at every change.
    Sensed(Sensors),
    Status(AuxiliariesStatus),
}

/// What the contacts say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sensors {
    pub cabinet_open: bool,
    /// The cabinet was shaken, drilled or tilted, or its sensor was cut off.
    pub tampered: bool,
    pub switch: OperatorSwitch,
    /// Headphones are plugged in.
    pub headset: bool,
}

/// The key switch inside the cabinet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OperatorSwitch {
    #[default]
    Run,
    Maintenance,
    Supervisor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuxiliariesStatus {
    pub state: DeviceState,
    pub fault: Option<AuxiliariesFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuxiliariesFault {
    #[error("the module's line cannot be opened")]
    Offline,
    #[error("the module does not answer")]
    Silent,
    #[error("the module's answers make no sense")]
    Nonsense,
    #[error("the operator switch says two things at once")]
    Switch,
    #[error("a contact does not come to rest")]
    Unsteady,
    /// With the exception code of the Modbus application protocol, chapter 7.
    #[error("the module refuses what it is asked (exception {0})")]
    Refused(u8),
}

impl AuxiliariesFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> String {
        match self {
            AuxiliariesFault::Offline => "AUX-01".to_owned(),
            AuxiliariesFault::Silent => "AUX-02".to_owned(),
            AuxiliariesFault::Nonsense => "AUX-03".to_owned(),
            AuxiliariesFault::Switch => "AUX-04".to_owned(),
            AuxiliariesFault::Unsteady => "AUX-05".to_owned(),
            AuxiliariesFault::Refused(raw) => format!("AUX-9{raw:03}"),
        }
    }
}
