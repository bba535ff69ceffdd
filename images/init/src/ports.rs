//! Stable names of serial lines: which `ttyUSB` has which role is read from sysfs, as udev
//! would, by the USB device's own numbers.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::PortName;

/// How far above a line its USB device stands (port, interface, device).
const LEVELS_MAX: usize = 6;

/// The line's name, such as `ttyUSB0`, of a port; `sysfs` is `/sys` on a machine.
pub fn find(sysfs: &Path, port: &PortName) -> Option<String> {
    let lines = fs::read_dir(sysfs.join("class/tty")).ok()?;
    let mut names: Vec<String> = lines
        .flatten()
        .filter(|line| is_of(&line.path(), port))
        .filter_map(|line| line.file_name().into_string().ok())
        .collect();
    names.sort();
    names.into_iter().next()
}

fn is_of(line: &Path, port: &PortName) -> bool {
    // What is no adapter has no device, and a built-in one no USB numbers above it.
    let Ok(device) = fs::canonicalize(line.join("device")) else {
        return false;
    };
    device
        .ancestors()
        .take(LEVELS_MAX)
        .find(|folder| folder.join("idVendor").exists())
        .is_some_and(|usb| {
            let is = |file: &str, wanted: &str| {
                fs::read_to_string(usb.join(file)).is_ok_and(|it| it.trim() == wanted)
            };
            is("idVendor", &port.vendor)
                && is("idProduct", &port.product)
                && port
                    .serial
                    .as_deref()
                    .is_none_or(|serial| is("serial", serial))
        })
}

/// Whether a port's name stands and leads to a line that is there.
pub fn is_named(dev: &Path, port: &PortName) -> bool {
    dev.join("minwon").join(&port.role).exists()
}

/// Gives every port that is plugged in its name, and takes it from those that are not;
/// answers whose names have changed.
///
/// # Errors
/// When a name cannot be written.
pub fn name_ports(sysfs: &Path, dev: &Path, ports: &[PortName]) -> io::Result<Vec<String>> {
    let folder = dev.join("minwon");
    fs::create_dir_all(&folder)?;
    let mut changed = Vec::new();
    for port in ports {
        let name = folder.join(&port.role);
        let line = find(sysfs, port).map(|line| dev.join(line));
        let before: Option<PathBuf> = fs::read_link(&name).ok();
        if before == line {
            continue;
        }
        if before.is_some() {
            fs::remove_file(&name)?;
        }
        if let Some(line) = &line {
            std::os::unix::fs::symlink(line, &name)?;
        }
        let told = line.map_or_else(|| "gone".to_owned(), |line| line.display().to_string());
        changed.push(format!("{} is {told}", port.role));
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    /// A machine's sysfs, as Linux 6.1 lays it out for an FTDI adapter.
    fn plug(root: &Path, line: &str, serial: &str) {
        let usb = root.join(format!("sys/devices/usb1/{serial}"));
        let port = usb.join(format!("1:1.0/{line}"));
        let tty = port.join("tty").join(line);
        fs::create_dir_all(&tty).unwrap();
        for (file, text) in [
            ("idVendor", "0403"),
            ("idProduct", "6001"),
            ("serial", serial),
        ] {
            fs::write(usb.join(file), format!("{text}\n")).unwrap();
        }
        symlink(&port, tty.join("device")).unwrap();
        let class = root.join("sys/class/tty");
        fs::create_dir_all(&class).unwrap();
        symlink(&tty, class.join(line)).unwrap();
    }

    fn unplug(root: &Path, line: &str) {
        fs::remove_file(root.join("sys/class/tty").join(line)).unwrap();
    }

    fn port(role: &str, serial: &str) -> PortName {
        PortName {
            role: role.to_owned(),
            vendor: "0403".to_owned(),
            product: "6001".to_owned(),
            serial: Some(serial.to_owned()),
        }
    }

    #[test]
    fn a_role_stays_with_its_device_in_whatever_order_they_are_found() {
        let machine = TempDir::new().unwrap();
        let (sysfs, dev) = (machine.path().join("sys"), machine.path().join("dev"));
        let ports = [port("card-reader", "MWCRD001"), port("cash", "MWCSH001")];
        plug(machine.path(), "ttyUSB0", "MWCSH001");
        plug(machine.path(), "ttyUSB1", "MWCRD001");

        let changed = name_ports(&sysfs, &dev, &ports).unwrap();

        assert_eq!(changed.len(), 2);
        let line = fs::read_link(dev.join("minwon/card-reader")).unwrap();
        assert_eq!(line, dev.join("ttyUSB1"));
        assert!(name_ports(&sysfs, &dev, &ports).unwrap().is_empty());
    }

    #[test]
    fn what_is_unplugged_loses_its_name_and_gets_it_back() {
        let machine = TempDir::new().unwrap();
        let (sysfs, dev) = (machine.path().join("sys"), machine.path().join("dev"));
        let ports = [port("card-reader", "MWCRD001")];
        plug(machine.path(), "ttyUSB0", "MWCRD001");
        name_ports(&sysfs, &dev, &ports).unwrap();

        unplug(machine.path(), "ttyUSB0");
        let gone = name_ports(&sysfs, &dev, &ports).unwrap();
        assert_eq!(gone, ["card-reader is gone"]);
        assert!(fs::read_link(dev.join("minwon/card-reader")).is_err());

        plug(machine.path(), "ttyUSB3", "MWCRD001");
        name_ports(&sysfs, &dev, &ports).unwrap();
        let line = fs::read_link(dev.join("minwon/card-reader")).unwrap();
        assert_eq!(line, dev.join("ttyUSB3"));
    }

    #[test]
    fn a_device_of_another_make_is_never_taken_for_it() {
        let machine = TempDir::new().unwrap();
        plug(machine.path(), "ttyUSB0", "SOMEBODY");

        let found = find(
            &machine.path().join("sys"),
            &port("card-reader", "MWCRD001"),
        );

        assert_eq!(found, None);
    }
}
