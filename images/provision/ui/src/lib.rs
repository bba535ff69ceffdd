//! The window of provisioning as generated code; nothing else lives here, so that an
//! edit of the logic does not compile the screens again.

#![allow(clippy::all, clippy::pedantic)]

slint::include_modules!();
