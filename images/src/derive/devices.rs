//! The `[devices]` part of `kiosk.toml`: ports by the names that udev gives them.

use crate::{
    Model, NetworkRole, Role,
    derive::{heading, quoted},
};

pub fn devices(model: &Model) -> String {
    let mut text = heading(model);
    let line_of = |role: Role, baud: u32| {
        let path = quoted(&format!("/dev/minwon/{}", role.name()));
        format!("line = {path}\nbaud = {baud}\n")
    };
    for (port, _, baud) in model.serial_ports() {
        let line = line_of(port.role, baud);
        match port.role {
            Role::CardReader => {
                text += &format!("\n[[devices.card_reader]]\nmodel = \"magnetic_stripe\"\n{line}");
            }
            Role::ReceiptPrinter => text += &format!("\n[devices.receipt_printer]\n{line}"),
            Role::BarcodeReader => {
                text += &format!("\n[devices.barcode_reader]\nmodel = \"serial\"\n{line}")
            }
            // How its hoppers were filled stands in the machine's service book.
            Role::Cash => text += &format!("\n[devices.cash]\n{line}"),
            Role::ChipCardReader
            | Role::FingerprintReader
            | Role::Keypad
            | Role::Headphones
            | Role::Handset => {}
        }
    }
    if let Some(reader) = model.ports().find_map(|it| it.reader.as_deref()) {
        let reader = quoted(reader);
        text += &format!("\n[[devices.card_reader]]\nmodel = \"pcsc\"\nreader = {reader}\n");
    }
    for port in &model.network_ports {
        let address = quoted(&port.address);
        text += &match port.role {
            NetworkRole::DocumentPrinter => {
                format!("\n[devices.document_printer]\nuri = {address}\n")
            }
            NetworkRole::PaymentTerminal => {
                format!("\n[devices.payment_terminal]\naddress = {address}\n")
            }
        };
    }
    text
}
