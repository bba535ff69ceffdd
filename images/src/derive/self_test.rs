//! What a machine tries of itself before it goes into service: everything the model declares.

use crate::{
    Model, Place, Tpm,
    derive::{heading, quoted},
};

pub fn self_test(model: &Model) -> String {
    let mut text = heading(model);
    let mut check = |what: &str, rows: &[(&str, String)]| {
        text += &format!("\n[[check]]\nwhat = {}\n", quoted(what));
        for (name, value) in rows {
            text += &format!("{name} = {value}\n");
        }
    };
    for display in &model.displays {
        let rows = [
            ("connector", quoted(&display.connector)),
            ("mode", quoted(&display.mode.to_string())),
            ("rotation", display.rotation.degrees().to_string()),
        ];
        check("display", &rows);
    }
    if let Some(touch) = &model.touch {
        // Four targets in the corners: a picture that is turned and a touch that is not.
        check(
            "touch-screen",
            &[("at", place(&touch.at)), ("targets", "4".to_owned())],
        );
    }
    for port in model.ports() {
        let mut rows = vec![("at", place(&port.at))];
        if let Some(baud) = port.baud {
            rows.push(("line", quoted(&format!("/dev/minwon/{}", port.role.name()))));
            rows.push(("baud", baud.to_string()));
        }
        check(port.role.name(), &rows);
    }
    for port in &model.network_ports {
        let name = match port.role {
            crate::NetworkRole::DocumentPrinter => "document-printer",
            crate::NetworkRole::PaymentTerminal => "payment-terminal",
        };
        check(name, &[("address", quoted(&port.address))]);
    }
    if let Some(watchdog) = &model.watchdog {
        let rows = [
            ("module", quoted(&watchdog.module)),
            ("timeout_seconds", watchdog.timeout_seconds.to_string()),
        ];
        check("watchdog", &rows);
    }
    match model.tpm {
        Tpm::Required => check("tpm", &[("version", quoted("2.0"))]),
        Tpm::None => {}
    }
    text
}

fn place(place: &Place) -> String {
    match place {
        Place::Usb(usb) => quoted(&format!("usb {}:{}", usb.vendor, usb.product)),
        Place::Path(path) => quoted(path),
    }
}
