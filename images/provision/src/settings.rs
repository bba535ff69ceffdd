//! The kiosk's settings, put together: what the model says of devices, and the site of
//! everything else.

use std::fmt::Write as _;

use fleet::site::{Place, Site};

/// Where the image and this machine's own files are.
const CATALOG: &str = "/usr/share/minwon/catalog";
const STATE: &str = "/var/lib/minwon";
const RUN: &str = "/run/minwon";

/// `kiosk.toml` of a station; `devices` is what follows from its hardware model.
pub fn kiosk(site: &Site, place: &Place, devices: &str) -> String {
    let text = |it: &str| toml::Value::from(it).to_string();
    let words =
        |it: &fleet::site::Words| format!("{{ ko = {}, en = {} }}", text(&it.ko), text(&it.en));
    let mut devices = devices.to_owned();
    for (from, to) in &place.addresses {
        devices = devices.replace(from, to);
    }
    let mut lines = String::from("# Put together when this machine was brought into service.\n");
    for (name, value) in [
        ("station", text(&place.station)),
        ("office", words(&place.office)),
        ("place", words(&place.place)),
        ("jurisdiction", text(&place.jurisdiction)),
        ("telephone", text(&site.telephone)),
        ("catalog", text(CATALOG)),
        ("journal", text(&format!("{STATE}/journal.sqlite"))),
    ] {
        let _ = writeln!(lines, "{name} = {value}");
    }
    lines += &site.settings;
    let _ = writeln!(
        lines,
        "\n[exchange]\nurl = {}\ncredentials = {}\n\n[appliance]\npulse = {}\nsteward = {}\n",
        text(&site.exchange),
        text(&format!("{STATE}/line")),
        text(&format!("{RUN}/panel/pulse.json")),
        text(&format!("{RUN}/steward.json")),
    );
    lines += &devices;
    let _ = writeln!(lines, "\n{}", place.settings);
    for technician in &site.technicians {
        let _ = writeln!(
            lines,
            "[[technician]]\nname = {}\ncard = {}\npin = {}\n",
            text(&technician.name),
            text(&technician.card),
            text(&technician.pin),
        );
    }
    lines
}
