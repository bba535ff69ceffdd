//! A program alone on a panel: the whole screen by KMS, fingers and keys from the kernel.
//!
//! What the kernel's events mean is here without input or output ([`touch_screen`],
//! [`keypad`]); `appliance`, with the feature of that name, reads them and opens the panel.

#[cfg(feature = "appliance")]
pub mod appliance;
pub mod keypad;
pub mod touch_screen;
