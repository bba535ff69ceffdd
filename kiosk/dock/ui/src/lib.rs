//! The bench panel's window as generated code; nothing else lives here.

#![allow(unreachable_pub, clippy::all, clippy::wildcard_enum_match_arm)]

slint::include_modules!();
