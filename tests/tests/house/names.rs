//! Names that say nothing.

pub(crate) const BANNED_NAMES: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "misc", "manager", "mgr",
];
