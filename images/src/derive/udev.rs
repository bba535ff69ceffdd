//! Rules for udev: a name for each role, and nothing of USB that the model does not have.

use crate::{Model, Place, Role, UsbId, derive::heading};

/// Hubs (USB class 09) are what everything else is plugged into.
const HUB: &str = "09";
const STORAGE: &str = "08";
/// What a path to something on USB has in it.
const USB: &str = "-usb-";

pub fn udev(model: &Model) -> String {
    let mut rules = heading(model);
    rules += "SUBSYSTEM==\"drm\", KERNEL==\"card[0-9]*\", TAG+=\"systemd\"\n";
    if let Some(touch) = &model.touch {
        rules += &named("input", "event*", &touch.at, "touch-screen");
    }
    for port in model.ports() {
        let name = port.role.name();
        rules += &match port.role {
            Role::CardReader | Role::ReceiptPrinter | Role::BarcodeReader | Role::Cash => {
                named("tty", "tty*", &port.at, name)
            }
            Role::Keypad => named("input", "event*", &port.at, name),
            // A card of ALSA's is found by its id, which has no hyphen.
            Role::Headphones | Role::Handset => format!(
                "SUBSYSTEM==\"sound\", KERNEL==\"card*\", {}, ATTR{{id}}=\"{name}\"\n",
                matches(&port.at)
            ),
            // Whoever speaks to these finds them by itself: PC/SC and libfprint.
            Role::ChipCardReader | Role::FingerprintReader => continue,
        };
    }
    rules + &allowed(model)
}

fn named(subsystem: &str, kernel: &str, place: &Place, name: &str) -> String {
    format!(
        "SUBSYSTEM==\"{subsystem}\", KERNEL==\"{kernel}\", {}, SYMLINK+=\"minwon/{name}\", TAG+=\"systemd\"\n",
        matches(place)
    )
}

fn matches(place: &Place) -> String {
    match place {
        Place::Usb(usb) => format!("SUBSYSTEMS==\"usb\", {}", numbers(usb, "ATTRS")),
        Place::Path(path) => format!("ENV{{ID_PATH}}==\"{path}\""),
    }
}

fn numbers(usb: &UsbId, key: &str) -> String {
    let UsbId {
        vendor,
        product,
        serial,
    } = usb;
    let mut keys = format!("{key}{{idVendor}}==\"{vendor}\", {key}{{idProduct}}==\"{product}\"");
    if let Some(serial) = serial {
        keys += &format!(", {key}{{serial}}==\"{serial}\"");
    }
    keys
}

/// What is plugged into a free socket gets no driver, except that a technician's stick is
/// read: of a stranger the mass storage (USB class 08) alone is let in, interface by interface,
/// so that a keyboard in the shape of a stick types nothing. A place by its path says where,
/// not what, so that whatever stands there is let in.
fn allowed(model: &Model) -> String {
    let places = (model.touch.iter().map(|it| &it.at)).chain(model.ports().map(|it| &it.at));
    let mut rules = String::from(
        "ACTION!=\"add\", GOTO=\"minwon_end\"\n\
         SUBSYSTEM!=\"usb\", GOTO=\"minwon_end\"\n\
         ENV{DEVTYPE}!=\"usb_interface\", GOTO=\"minwon_end\"\n",
    );
    for class in [HUB, STORAGE] {
        rules += &format!("ATTR{{bInterfaceClass}}==\"{class}\", GOTO=\"minwon_end\"\n");
    }
    for place in places {
        let known = match place {
            Place::Usb(usb) => numbers(usb, "ATTRS"),
            // No rule before this one has asked where a USB device stands.
            Place::Path(path) if path.contains(USB) => format!(
                "IMPORT{{builtin}}=\"path_id\", ENV{{ID_PATH}}==\"{}*\"",
                device_of(path)
            ),
            Place::Path(_) => continue,
        };
        rules += &format!("{known}, GOTO=\"minwon_end\"\n");
    }
    rules + "ATTR{authorized}=\"0\"\nLABEL=\"minwon_end\"\n"
}

/// The path of a device's interface ends with the interface: `…-usb-0:3:1.0`.
fn device_of(path: &str) -> &str {
    match path.rsplit_once(':') {
        Some((device, interface)) if interface.contains('.') && path.contains(USB) => device,
        _ => path,
    }
}
