//! Crates that obey other lints than the house's.

/// Crates that hold generated code alone, which obeys its generator's lints.
pub(crate) const GENERATED: &[&str] = &[
    "desk-ui",
    "dock-ui",
    "kiosk-ui",
    "provision-ui",
    "training-ui",
];

/// Crates that call C by hand: `unsafe` is denied to them and allowed to one module.
pub(crate) const SPEAK_C: &[&str] = &["fingerprint", "powercut"];
