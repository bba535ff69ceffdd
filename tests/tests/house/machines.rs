//! The plan of what is put on machines and keeps them in service.

/// As [`super::plan::EDGES`].
pub(crate) const MACHINES: &[(&str, &[&str])] = &[
    // A hardware model's files, the tiny image, its first process.
    ("images", &[]),
    ("appliance-init", &[]),
    // What machines and the exchange say to each other.
    ("fleet", &["request"]),
    // A whole panel without a window system.
    ("panel", &[]),
    ("provision-ui", &[]),
    (
        "provision",
        &[
            "devices",
            "durable",
            "fitting",
            "fleet",
            "identity",
            "link",
            "panel",
            "privacy",
            "provision-ui",
            "request",
            "sheet",
            "telemetry",
            "typing",
        ],
    ),
    (
        "steward",
        &[
            "dice",
            "durable",
            "fleet",
            "identity",
            "link",
            "request",
            "telemetry",
        ],
    ),
];
