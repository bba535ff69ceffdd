//! What is put on a machine, from one file for each hardware model.
//!
//! [`Model`] is such a file. Everything a machine of that model needs is [`derive`]d from it
//! and said nowhere else: stable names of its ports, the kiosk's sandbox, kernel modules, the
//! self-test, the kiosk's own settings, the technician's checklist, and the command line of
//! its twin in QEMU. [`tiny`] packs the smallest image that boots to the kiosk's screen: an
//! [`archive`] that the kernel unpacks into memory. [`sbom`] tells what a full image is made of.

pub mod archive;
pub mod derive;
pub mod kernel;
pub mod libraries;
mod model;
mod refusal;
pub mod sbom;
pub mod tiny;

pub use model::{
    Display, Firmware, Kernel, Mode, Model, NetworkPort, NetworkRole, Place, Port, Role, Rotation,
    SerialChip, Station, Touch, Tpm, UsbId, Watchdog,
};
pub use refusal::{Complaint, Flaw, Refusal};
