//! Everything here that reads bytes of strangers, by name: devices on a line, papers that are
//! held to a scanner, letters, telephones.
//!
//! `make fuzz` makes up bytes for each until one of them panics, hangs or asks for too much
//! memory. What it found worth keeping lies in `corpus/` and is read again by `make test`.

mod cabinet;
mod calls;
mod devices;
mod line;
mod papers;
mod trust;

pub use devices::cash_unit;

/// A reader of foreign bytes.
pub struct Parser {
    /// Also the name of its folder in the corpus.
    pub name: &'static str,
    /// Whether it made something of the bytes. It must answer, whatever they are.
    pub read: fn(&[u8]) -> bool,
}

/// All of them.
pub const PARSERS: &[Parser] = &[
    Parser {
        name: "auxiliaries",
        read: cabinet::auxiliaries,
    },
    Parser {
        name: "barcode-scanner",
        read: devices::barcode_scanner,
    },
    Parser {
        name: "camera",
        read: devices::camera,
    },
    Parser {
        name: "camera-picture",
        read: devices::camera_picture,
    },
    Parser {
        name: "cash",
        read: devices::cash,
    },
    Parser {
        name: "ccnet-validator",
        read: devices::ccnet_bill_validator,
    },
    Parser {
        name: "chip-card",
        read: devices::chip_card,
    },
    Parser {
        name: "ipp-answer",
        read: devices::ipp_answer,
    },
    Parser {
        name: "magnetic-stripe",
        read: devices::magnetic_stripe,
    },
    Parser {
        name: "motor-card-reader",
        read: devices::motor_card_reader,
    },
    Parser {
        name: "payment-terminal",
        read: devices::payment_terminal,
    },
    Parser {
        name: "power-supply",
        read: cabinet::power_supply,
    },
    Parser {
        name: "receipt-printer",
        read: devices::receipt_printer,
    },
    Parser {
        name: "xfs4iot",
        read: devices::xfs4iot,
    },
    Parser {
        name: "badge",
        read: papers::badge,
    },
    Parser {
        name: "container",
        read: papers::container,
    },
    Parser {
        name: "edition",
        read: papers::edition,
    },
    Parser {
        name: "letter",
        read: papers::letter,
    },
    Parser {
        name: "paper",
        read: papers::paper,
    },
    Parser {
        name: "seal",
        read: papers::seal,
    },
    Parser {
        name: "ticket",
        read: papers::ticket,
    },
    Parser {
        name: "time-stamp",
        read: papers::time_stamp,
    },
    Parser {
        name: "cti-frame",
        read: calls::cti_frame,
    },
    Parser {
        name: "rtp",
        read: calls::rtp,
    },
    Parser {
        name: "sdp",
        read: calls::sdp,
    },
    Parser {
        name: "sip",
        read: calls::sip,
    },
];

/// The parser of this name.
#[must_use]
pub fn parser(name: &str) -> Option<&'static Parser> {
    PARSERS.iter().find(|parser| parser.name == name)
}
