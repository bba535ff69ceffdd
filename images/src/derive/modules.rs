//! Kernel modules by name, in the order in which they are loaded.

use crate::{Model, Role};

/// Each once, where it is first needed.
pub fn modules(model: &Model) -> Vec<String> {
    let ports = model.ports().flat_map(|port| -> Vec<&str> {
        match port.role {
            Role::CardReader | Role::ReceiptPrinter | Role::BarcodeReader | Role::Cash => {
                port.chip.map(|chip| chip.module()).into_iter().collect()
            }
            Role::Keypad => vec!["usbhid", "hid_generic", "evdev"],
            Role::Headphones | Role::Handset => vec!["snd_usb_audio"],
            // Spoken to through usbfs, which is part of the USB core.
            Role::ChipCardReader | Role::FingerprintReader => Vec::new(),
        }
    });
    let touch = model
        .touch
        .iter()
        .flat_map(|it| [it.module.as_str(), "evdev"]);
    let wanted = (model.kernel.modules.iter().map(String::as_str))
        .chain(model.displays.iter().map(|it| it.module.as_str()))
        .chain(touch)
        .chain(ports)
        .chain(model.watchdog.iter().map(|it| it.module.as_str()));
    let mut names: Vec<String> = Vec::new();
    for name in wanted {
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    names
}
