//! The plan: who may lean on whom. An edge that is not drawn does not exist.

/// A crate and the crates of this house it may lean on.
pub(crate) const EDGES: &[(&str, &[&str])] = &[
    // Ground floor: no clock, disk, network or screen.
    ("privacy", &[]),
    ("sheet", &[]),
    ("typing", &[]),
    // Public holidays and terms in working days.
    ("calendar", &[]),
    ("request", &["privacy"]),
    ("seal", &[]),
    ("ticket", &[]),
    // The switch's word on who works at a desk.
    ("badge", &["request"]),
    ("signature", &[]),
    ("certificate", &["catalog", "request", "seal"]),
    // Documents under one signature, for agencies.
    ("container", &["signature"]),
    ("registry", &["privacy"]),
    ("catalog", &["calendar", "privacy", "request", "typing"]),
    // What a clerk needs who writes services; reads and writes folders.
    (
        "catalog-tool",
        &[
            "calendar",
            "catalog",
            "certificate",
            "durable",
            "edition",
            "request",
            "seal",
        ],
    ),
    ("sync", &["privacy", "request"]),
    // Full-text search in memory, and what every agency holds.
    ("search", &[]),
    // The bulletin board and the information bank.
    ("board", &["calendar", "catalog", "privacy", "request"]),
    ("locator", &["catalog", "request", "search"]),
    ("handover", &["privacy", "request"]),
    ("vouching", &["catalog", "dice", "privacy", "request"]),
    ("dice", &[]),
    ("parcel", &["sync"]),
    ("mail", &["privacy", "request"]),
    // Which office a petition is for.
    ("offices", &["catalog", "request", "typing"]),
    // What becomes of letters.
    ("post", &["catalog", "mail", "privacy", "request"]),
    // Callers who do not exist, and what a trainee made of them.
    (
        "training",
        &["catalog", "dice", "handover", "privacy", "request"],
    ),
    ("devices", &["privacy", "sheet"]),
    ("distributor", &[]),
    ("figures", &["distributor", "privacy"]),
    ("hours", &[]),
    ("sip", &["privacy"]),
    ("cti", &["badge", "figures", "privacy"]),
    // Upper floor: does the input and output.
    // A process of its own for fingers, and how it is spoken to.
    ("fingerprint", &[]),
    ("drivers", &["devices", "fingerprint", "privacy", "sheet"]),
    // Which devices a station has, and the starting of their drivers.
    ("fitting", &["devices", "drivers"]),
    ("bench", &["devices", "privacy", "sheet"]),
    ("durable", &[]),
    // Signed editions of the catalogue, and where they lie.
    ("edition", &["durable", "request"]),
    ("journal", &["durable", "privacy", "request", "sync"]),
    (
        "ledger",
        &[
            "board", "durable", "edition", "privacy", "request", "sync", "vouching",
        ],
    ),
    ("journal-tool", &["journal", "parcel", "request", "sync"]),
    // Certificates and TLS; reads and writes their files.
    ("identity", &["durable", "request"]),
    (
        "link",
        &[
            "badge", "edition", "handover", "identity", "request", "sync", "vouching",
        ],
    ),
    // What the programs of kiosk, desk and post office have in common.
    (
        "station",
        &[
            "cti", "durable", "edition", "identity", "journal", "link", "request", "sync", "ticket",
        ],
    ),
    ("lockout", &[]),
    ("signalling", &["lockout", "privacy", "sip"]),
    ("telemetry", &[]),
    // Sound of calls; a thread of its own, sockets and the recordings' files.
    ("media", &["durable", "privacy"]),
    // A telephone for desk and kiosk: the switch's lines and legs, turned round.
    ("speech", &["privacy"]),
    ("softphone", &["media", "privacy", "signalling", "sip"]),
    // The post office as a program: mailbox, mail server, a station's journal.
    (
        "mailroom",
        &[
            "catalog",
            "journal",
            "link",
            "mail",
            "post",
            "privacy",
            "request",
            "station",
            "sync",
            "telemetry",
        ],
    ),
    ("verify", &["privacy", "seal", "signature"]),
    // Roof: programs.
    ("dock-ui", &[]),
    ("kiosk-ui", &[]),
    (
        "kiosk",
        &[
            "board",
            "catalog",
            "certificate",
            "cti",
            "devices",
            "dice",
            "durable",
            "fitting",
            "handover",
            "identity",
            "journal",
            "kiosk-ui",
            "link",
            "locator",
            "lockout",
            "privacy",
            "request",
            "seal",
            "sheet",
            "signature",
            "softphone",
            "speech",
            "station",
            "sync",
            "telemetry",
            "ticket",
            "typing",
            "vouching",
        ],
    ),
    // The kiosk on the bench: for demonstrations, never on a real machine.
    (
        "dock",
        &[
            "bench",
            "dock-ui",
            "kiosk",
            "kiosk-ui",
            "privacy",
            "request",
            "telemetry",
            "verify",
        ],
    ),
    ("desk-ui", &[]),
    (
        "desk",
        &[
            "badge",
            "catalog",
            "cti",
            "desk-ui",
            "distributor",
            "durable",
            "figures",
            "handover",
            "identity",
            "journal",
            "link",
            "locator",
            "privacy",
            "request",
            "sheet",
            "softphone",
            "station",
            "sync",
            "telemetry",
            "ticket",
            "typing",
            "vouching",
        ],
    ),
    // A desk that somebody calls: for demonstrations, never in service.
    (
        "rehearsal",
        &[
            "desk",
            "desk-ui",
            "privacy",
            "request",
            "softphone",
            "telemetry",
        ],
    ),
    ("training-ui", &[]),
    // The real desk, and callers who do not exist.
    (
        "training-room",
        &[
            "catalog",
            "desk",
            "desk-ui",
            "durable",
            "handover",
            "link",
            "media",
            "privacy",
            "request",
            "softphone",
            "station",
            "telemetry",
            "training",
            "training-ui",
            "typing",
        ],
    ),
    (
        "exchange",
        &[
            "badge",
            "calendar",
            "board",
            "catalog",
            "certificate",
            "container",
            "durable",
            "edition",
            "handover",
            "identity",
            "ledger",
            "offices",
            "locator",
            "lockout",
            "parcel",
            "privacy",
            "registry",
            "request",
            "seal",
            "search",
            "signature",
            "sync",
            "telemetry",
            "ticket",
            "verify",
            "vouching",
        ],
    ),
    // A city that does not exist.
    ("world", &["dice"]),
    (
        "sandbox",
        &[
            "catalog",
            "container",
            "registry",
            "request",
            "signature",
            "telemetry",
            "world",
        ],
    ),
    (
        "switch",
        &[
            "badge",
            "cti",
            "distributor",
            "durable",
            "identity",
            "figures",
            "hours",
            "journal",
            "lockout",
            "media",
            "privacy",
            "request",
            "signalling",
            "sip",
            "telemetry",
        ],
    ),
    // The simulated town: several stations and the exchange's store, no wire.
    (
        "town",
        &[
            "bench", "catalog", "devices", "journal", "kiosk", "ledger", "powercut", "privacy",
            "request", "sync", "ticket",
        ],
    ),
    // A desk's line to a real exchange; nobody leans on it.
    (
        "desk-line",
        &[
            "catalog", "exchange", "identity", "journal", "link", "privacy", "request", "sandbox",
            "sync",
        ],
    ),
    // Every parser of foreign bytes, for fuzzing; nobody leans on it.
    (
        "foreign",
        &[
            "badge",
            "bench",
            "container",
            "cti",
            "devices",
            "drivers",
            "edition",
            "mail",
            "media",
            "request",
            "seal",
            "sheet",
            "signature",
            "sip",
            "ticket",
            "verify",
        ],
    ),
    // A telephone of another maker; nobody leans on it but for tests.
    ("baresip", &["media"]),
    // The table of call flows; nobody leans on it but for tests.
    ("flows", &[]),
    // A disk for tests alone; nobody leans on it but other tests.
    (
        "powercut",
        &["journal", "ledger", "privacy", "request", "sync"],
    ),
    (
        "tests",
        &[
            "bench",
            "catalog",
            "catalog-tool",
            "certificate",
            "devices",
            "dock",
            "drivers",
            "edition",
            "exchange",
            "fitting",
            "handover",
            "identity",
            "journal",
            "kiosk",
            "kiosk-ui",
            "link",
            "locator",
            "privacy",
            "registry",
            "request",
            "sandbox",
            "seal",
            "sheet",
            "signature",
            "speech",
            "station",
            "sync",
            "telemetry",
            "ticket",
            "typing",
            "verify",
            "vouching",
        ],
    ),
];

/// Crates that hold generated code alone, which obeys its generator's lints.
pub(crate) const GENERATED: &[&str] = &["desk-ui", "dock-ui", "kiosk-ui", "training-ui"];

/// Crates that call C by hand: `unsafe` is denied to them and allowed to one module.
pub(crate) const SPEAK_C: &[&str] = &["fingerprint", "powercut"];

pub(crate) const BANNED_NAMES: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "misc", "manager", "mgr",
];
