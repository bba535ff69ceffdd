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
