//! What the first process of the tiny image is told (`minwon-init` reads it).

use crate::{
    Model, Place, Role,
    derive::{heading, sandbox::environment},
};

/// What is not the model's: where the modules lie, and what is started.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// Files of kernel modules in the image, each after what it leans on.
    pub modules: Vec<String>,
    /// Interface, address with its prefix, and gateway.
    pub address: Option<[String; 3]>,
    pub environment: Vec<(String, String)>,
    pub run: Vec<String>,
}

pub fn orders(model: &Model, launch: &Launch) -> String {
    let mut text = heading(model);
    for file in &launch.modules {
        text += &format!("load {file}\n");
    }
    for port in model.ports().filter(|it| it.role.is_serial()) {
        text += &name(port.role, &port.at);
    }
    if let Some([interface, address, gateway]) = &launch.address {
        text += &format!("address {interface} {address} via {gateway}\n");
    }
    for (name, value) in model.displays.iter().flat_map(environment) {
        text += &format!("set {name} {value}\n");
    }
    for (name, value) in &launch.environment {
        text += &format!("set {name} {value}\n");
    }
    text + &format!("run {}\n", launch.run.join(" "))
}

/// A place by its path is udev's to find, which the tiny image does not have.
fn name(role: Role, place: &Place) -> String {
    match place {
        Place::Usb(usb) => {
            let serial = usb.serial.as_deref().unwrap_or("*");
            let name = role.name();
            format!("name {name} {} {} {serial}\n", usb.vendor, usb.product)
        }
        Place::Path(path) => format!("# {} stands at {path}\n", role.name()),
    }
}
