//! Which messages of XFS4IoT this edge knows, each in which version.

use serde_json::{Map, Value, json};

use crate::dialect::Versions;

/// A command, and in which versions it and its completion are published.
pub(crate) struct CommandMessage {
    pub(crate) name: &'static str,
    version: &'static str,
    completion: &'static str,
}

pub(crate) struct EventMessage {
    name: &'static str,
    version: &'static str,
}

/// One interface of the standard, as far as a device here follows it.
pub(crate) struct Interface {
    pub(crate) name: &'static str,
    commands: &'static [CommandMessage],
    events: &'static [EventMessage],
}

const fn command(
    name: &'static str,
    version: &'static str,
    completion: &'static str,
) -> CommandMessage {
    CommandMessage {
        name,
        version,
        completion,
    }
}

const fn event(name: &'static str, version: &'static str) -> EventMessage {
    EventMessage { name, version }
}

/// Every device has this one.
pub(crate) const COMMON: Interface = Interface {
    name: "Common",
    commands: &[
        command("Common.Status", "2.0", "3.0"),
        command("Common.Capabilities", "2.0", "3.0"),
        command("Common.Cancel", "2.0", "2.0"),
    ],
    events: &[event("Common.StatusChangedEvent", "3.0")],
};

pub(crate) const SERVICE_PUBLISHER: Interface = Interface {
    name: "ServicePublisher",
    commands: &[command("ServicePublisher.GetServices", "2.0", "2.0")],
    events: &[],
};

pub(crate) const CARD_READER: Interface = Interface {
    name: "CardReader",
    commands: &[command("CardReader.ReadRawData", "2.0", "3.0")],
    events: &[
        event("CardReader.InsertCardEvent", "2.0"),
        event("CardReader.MediaInsertedEvent", "2.0"),
        event("CardReader.MediaRemovedEvent", "2.0"),
    ],
};

pub(crate) const PRINTER: Interface = Interface {
    name: "Printer",
    commands: &[
        command("Printer.GetFormList", "2.0", "2.0"),
        command("Printer.PrintForm", "3.0", "3.0"),
    ],
    events: &[],
};

pub(crate) const CASH_ACCEPTOR: Interface = Interface {
    name: "CashAcceptor",
    commands: &[
        command("CashAcceptor.CashInStart", "2.0", "2.0"),
        command("CashAcceptor.CashIn", "2.0", "2.0"),
        command("CashAcceptor.CashInEnd", "2.0", "2.0"),
        command("CashAcceptor.CashInRollback", "2.0", "2.0"),
        command("CashAcceptor.GetCashInStatus", "2.0", "2.0"),
    ],
    events: &[
        event("CashAcceptor.InsertItemsEvent", "2.0"),
        event("CashAcceptor.InputRefuseEvent", "2.0"),
    ],
};

pub(crate) const BARCODE_READER: Interface = Interface {
    name: "BarcodeReader",
    commands: &[command("BarcodeReader.Read", "2.0", "3.0")],
    events: &[],
};

pub(crate) const LIGHTS: Interface = Interface {
    name: "Lights",
    commands: &[command("Lights.SetLight", "3.0", "2.0")],
    events: &[],
};

/// Watched alone.
pub(crate) const AUXILIARIES: Interface = Interface {
    name: "Auxiliaries",
    commands: &[],
    events: &[],
};

const ALL: [&Interface; 8] = [
    &COMMON,
    &SERVICE_PUBLISHER,
    &CARD_READER,
    &PRINTER,
    &CASH_ACCEPTOR,
    &BARCODE_READER,
    &LIGHTS,
    &AUXILIARIES,
];

/// The names of all interfaces that the standard has: a command of one of them is refused
/// otherwise than one of none.
const STANDARD: [&str; 26] = [
    "Auxiliaries",
    "BanknoteNeutralization",
    "BarcodeReader",
    "Biometric",
    "Camera",
    "CardReader",
    "CashAcceptor",
    "CashDispenser",
    "CashManagement",
    "Check",
    "Common",
    "Crypto",
    "Deposit",
    "German",
    "KeyManagement",
    "Keyboard",
    "Lights",
    "MixedMedia",
    "PinPad",
    "PowerManagement",
    "Printer",
    "ServicePublisher",
    "Storage",
    "TextTerminal",
    "VendorApplication",
    "VendorMode",
];

/// Of a message nobody here knows.
const UNKNOWN_VERSION: &str = "1.0";

impl Interface {
    pub(crate) fn has(&self, command: &str) -> bool {
        self.commands.iter().any(|it| it.name == command)
    }

    /// As `Common.Capabilities` lists it.
    pub(crate) fn listed(&self, versions: Versions, requests_max: usize) -> Value {
        let listed = |name: &'static str, version| {
            let versions = json!({ "versions": [versions.of(version)] });
            (name.to_owned(), versions)
        };
        let commands = self.commands.iter().map(|it| listed(it.name, it.version));
        let events = self.events.iter().map(|it| listed(it.name, it.version));
        let events: Map<String, Value> = events.collect();
        let mut interface = json!({
            "name": self.name,
            "commands": commands.collect::<Map<String, Value>>(),
            "maximumRequests": requests_max,
        });
        if !events.is_empty() {
            interface["events"] = Value::Object(events);
        }
        interface
    }
}

/// Whether the standard has an interface for such a command.
pub(crate) fn is_standard(command: &str) -> bool {
    let interface = command.split_once('.').map(|(interface, _)| interface);
    interface.is_some_and(|it| STANDARD.contains(&it))
}

pub(crate) fn completion_version(command: &str) -> &'static str {
    let mut commands = ALL.iter().flat_map(|it| it.commands);
    let known = commands.find(|it| it.name == command);
    known.map_or(UNKNOWN_VERSION, |it| it.completion)
}

pub(crate) fn event_version(name: &str) -> &'static str {
    let mut events = ALL.iter().flat_map(|it| it.events);
    let known = events.find(|it| it.name == name);
    known.map_or(UNKNOWN_VERSION, |it| it.version)
}
