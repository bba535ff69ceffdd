//! The state of a device as XFS4IoT's Common.Status knows it, reduced to what a
//! kiosk acts upon.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceState {
    /// Not there, or its line is not open.
    #[default]
    Absent,
    /// There, but not yet identified.
    Starting,
    Ready,
    Busy,
    /// Needs a hand before it works again.
    Faulted,
}

impl DeviceState {
    /// XFS4IoT's word, the property `device` of `Common.Status`.
    pub fn xfs4iot(self) -> &'static str {
        match self {
            DeviceState::Absent => "powerOff",
            DeviceState::Starting => "starting",
            DeviceState::Ready => "online",
            DeviceState::Busy => "deviceBusy",
            DeviceState::Faulted => "hardwareError",
        }
    }
}
