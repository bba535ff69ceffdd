//! The plan: who may lean on whom. An edge that is not drawn does not exist.

/// A crate and the crates of this house it may lean on.
pub(crate) const EDGES: &[(&str, &[&str])] = &[
    // Ground floor: no clock, disk, network or screen.
    ("privacy", &[]),
    ("sheet", &[]),
    ("typing", &[]),
    ("request", &["privacy"]),
    ("seal", &[]),
    ("ticket", &[]),
    ("signature", &[]),
    ("certificate", &["catalog", "request", "seal"]),
    ("registry", &["privacy"]),
    ("catalog", &["privacy", "request"]),
    ("sync", &["privacy", "request"]),
    ("parcel", &["sync"]),
    ("devices", &["privacy", "sheet"]),
    ("distributor", &[]),
    ("figures", &["distributor", "privacy"]),
    ("sip", &["privacy"]),
    ("cti", &["privacy"]),
    // Upper floor: does the input and output.
    ("drivers", &["devices", "privacy", "sheet"]),
    ("bench", &["devices", "privacy", "sheet"]),
    ("durable", &[]),
    ("journal", &["durable", "privacy", "request", "sync"]),
    ("ledger", &["durable", "request", "sync"]),
    ("journal-tool", &["journal", "parcel", "request", "sync"]),
    // Certificates and TLS; reads and writes their files.
    ("identity", &["durable", "request"]),
    ("link", &["identity", "request", "sync"]),
    // What a kiosk and a desk have in common.
    (
        "station",
        &["durable", "journal", "request", "sync", "ticket"],
    ),
    ("signalling", &["privacy", "sip"]),
    ("telemetry", &[]),
    // Sound of calls; a thread of its own, sockets and the recordings' files.
    ("media", &["durable", "privacy"]),
    // A telephone for desk and kiosk: the switch's lines and legs, turned round.
    ("softphone", &["media", "privacy", "signalling", "sip"]),
    ("verify", &["seal", "signature"]),
    // Roof: programs.
    ("dock-ui", &[]),
    ("kiosk-ui", &[]),
    (
        "kiosk",
        &[
            "catalog",
            "certificate",
            "devices",
            "drivers",
            "durable",
            "journal",
            "kiosk-ui",
            "link",
            "privacy",
            "request",
            "seal",
            "sheet",
            "station",
            "sync",
            "telemetry",
            "ticket",
            "typing",
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
            "request",
            "telemetry",
        ],
    ),
    ("desk-ui", &[]),
    (
        "desk",
        &[
            "catalog",
            "cti",
            "desk-ui",
            "durable",
            "identity",
            "journal",
            "link",
            "privacy",
            "request",
            "sheet",
            "softphone",
            "station",
            "sync",
            "telemetry",
            "ticket",
            "typing",
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
    (
        "exchange",
        &[
            "catalog",
            "certificate",
            "durable",
            "identity",
            "ledger",
            "parcel",
            "privacy",
            "registry",
            "request",
            "seal",
            "signature",
            "sync",
            "telemetry",
            "ticket",
        ],
    ),
    ("sandbox", &["privacy", "registry", "telemetry"]),
    (
        "switch",
        &[
            "cti",
            "distributor",
            "durable",
            "identity",
            "figures",
            "journal",
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
            "bench", "catalog", "devices", "journal", "kiosk", "ledger", "privacy", "request",
            "sync", "ticket",
        ],
    ),
    // A desk's line to a real exchange; nobody leans on it.
    (
        "desk-line",
        &[
            "exchange", "identity", "journal", "link", "request", "sandbox", "sync",
        ],
    ),
    // The table of call flows; nobody leans on it but for tests.
    ("flows", &[]),
    // A disk for tests alone; nobody leans on it.
    ("powercut", &["journal", "privacy", "request", "sync"]),
    (
        "tests",
        &[
            "bench",
            "catalog",
            "certificate",
            "devices",
            "dock",
            "drivers",
            "exchange",
            "identity",
            "journal",
            "kiosk",
            "kiosk-ui",
            "link",
            "privacy",
            "registry",
            "request",
            "sandbox",
            "seal",
            "sheet",
            "signature",
            "station",
            "sync",
            "telemetry",
            "ticket",
            "typing",
            "verify",
        ],
    ),
];

pub(crate) const PURE: &[&str] = &[
    "privacy",
    "sheet",
    "typing",
    "request",
    "seal",
    "ticket",
    "signature",
    "registry",
    "catalog",
    "sync",
    "parcel",
    "devices",
    "distributor",
    "figures",
    "sip",
    "cti",
];

pub(crate) const IMPURE: &[&str] = &[
    "tokio",
    "rusqlite",
    "serialport",
    "tokio-serial",
    "slint",
    "reqwest",
    "axum",
    "ipp",
    "nix",
];

/// Packages that only these crates may know.
pub(crate) const WALLED: &[(&str, &[&str])] = &[
    ("typst", &["certificate"]),
    (
        "slint",
        &[
            "desk",
            "desk-ui",
            "dock",
            "dock-ui",
            "kiosk",
            "kiosk-ui",
            "rehearsal",
            "tests",
        ],
    ),
    ("rusqlite", &["journal", "ledger", "powercut", "tests"]),
    ("tokio-serial", &["drivers"]),
    ("pcsc", &["drivers"]),
    ("rsipstack", &["signalling"]),
];

/// Crates that hold generated code alone, which obeys its generator's lints.
pub(crate) const GENERATED: &[&str] = &["desk-ui", "dock-ui", "kiosk-ui"];

/// Crates that call C by hand: `unsafe` is denied to them and allowed to one module.
pub(crate) const SPEAK_C: &[&str] = &["powercut"];

/// Files that may say what `Personal` keeps: the person's own screen and slips,
/// the masks, the question to a network, and an entry's body on its way to a
/// journal or out of one. Tests may too.
pub(crate) const DISCLOSURES: &[&str] = &[
    "callcenter/desk/src/preparation/filling.rs",
    "callcenter/desk/src/preparation/finding.rs",
    "callcenter/desk/src/preparation/identifying.rs",
    "callcenter/desk/src/preparation/present.rs",
    "callcenter/desk/rehearsal/src/story.rs",
    "callcenter/desk/src/screens/form.rs",
    "callcenter/desk/src/screens/rail.rs",
    "callcenter/desk/src/screens/worklist.rs",
    "callcenter/desk/src/switch_line/translating.rs",
    "callcenter/desk/src/workplace/present.rs",
    "callcenter/desk/src/workplace/touch.rs",
    "callcenter/exchange/src/connector.rs",
    "callcenter/exchange/src/issue/lease.rs",
    "callcenter/exchange/store/src/history.rs",
    "callcenter/switch/src/attendance.rs",
    "callcenter/switch/src/passphrases.rs",
    "callcenter/switch/figures/src/survey.rs",
    "callcenter/switch/src/call_book/reading.rs",
    "callcenter/switch/src/running.rs",
    "callcenter/switch/src/running/attending.rs",
    "callcenter/switch/src/running/carry_out.rs",
    "callcenter/switch/src/switchboard.rs",
    "callcenter/switch/src/switchboard/agents.rs",
    "callcenter/switch/src/switchboard/reception.rs",
    "callcenter/switch/src/switchboard/recipients.rs",
    "callcenter/switch/signalling/src/credentials.rs",
    "callcenter/switch/signalling/src/line/caller.rs",
    "callcenter/switch/signalling/src/placing.rs",
    "callcenter/switch/signalling/src/registering.rs",
    "callcenter/switch/media/src/bridge/leg.rs",
    "callcenter/switch/media/src/bridge/terminal.rs",
    "callcenter/switch/media/src/digits/sent.rs",
    "kiosk/src/leases.rs",
    "kiosk/src/press.rs",
    "kiosk/src/visit/deciding.rs",
    "kiosk/src/visit/identifying.rs",
    "kiosk/src/visit/present.rs",
    "kiosk/src/visit/slip.rs",
    "shared/journal/src/append.rs",
    "shared/journal/src/calls.rs",
    "shared/journal/src/draft.rs",
    "shared/journal/src/leases.rs",
    "shared/journal/src/salvage.rs",
    "shared/journal/src/salvage/record.rs",
    "shared/registry/src/question.rs",
    "shared/softphone/src/telephone/calling.rs",
    "shared/sync/src/entry.rs",
];

pub(crate) const BANNED_NAMES: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "misc", "manager", "mgr",
];
