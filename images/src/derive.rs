//! Everything that follows from a hardware model, as files; nothing is said twice.

mod checklist;
mod devices;
mod modules;
mod orders;
mod sandbox;
mod self_test;
mod twin;
mod udev;

use crate::{Model, Station};

pub use checklist::checklist;
pub use devices::devices;
pub use modules::modules;
pub use orders::{Launch, orders};
pub use sandbox::{provisioning, sandbox};
pub use self_test::self_test;
pub use twin::{Twin, twin};
pub use udev::udev;

/// A file that is written for a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    pub name: &'static str,
    pub text: String,
}

/// All files of a model, in the order of their names.
pub fn all(model: &Model) -> Vec<Derived> {
    let twin = twin(model, &Twin::default());
    let mut files = vec![
        // After the rules that tell where a device stands (60-serial, 60-persistent-input).
        Derived {
            name: "70-minwon.rules",
            text: udev(model),
        },
        Derived {
            name: "checklist.md",
            text: checklist(model),
        },
        Derived {
            name: "modules.conf",
            text: modules(model).join("\n") + "\n",
        },
        Derived {
            name: "self-test.toml",
            text: self_test(model),
        },
        Derived {
            name: "twin.args",
            text: twin.join("\n") + "\n",
        },
    ];
    if model.station == Station::Kiosk {
        files.push(Derived {
            name: "devices.toml",
            text: devices(model),
        });
        files.push(Derived {
            name: "minwon-kiosk.service",
            text: sandbox(model),
        });
        files.push(Derived {
            name: "minwon-provision.service",
            text: provisioning(model),
        });
    }
    files.sort_by_key(|it| it.name);
    files
}

/// Says in the first line of a file where it comes from.
fn heading(model: &Model) -> String {
    format!(
        "# Derived from images/models/{}.toml; change it there.\n",
        model.id
    )
}

/// A text as TOML quotes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
