//! The machine's twin: the command line by which QEMU plays it.
//!
//! Each serial line of the model is a USB adapter of QEMU's (an FTDI with the model's serial
//! number) before a line of the host, where a simulated device sits. No KVM is needed.

use crate::{Model, Place, Port, Role, Tpm};

/// Where the twin's ends are on the host.
#[derive(Clone, Debug)]
pub struct Twin {
    /// The folder with a line for each serial role, the console and the monitor's socket.
    pub run: String,
    pub memory_mb: u32,
    pub processors: u32,
}

impl Default for Twin {
    fn default() -> Self {
        Self {
            run: "RUN".to_owned(),
            memory_mb: 1_024,
            processors: 2,
        }
    }
}

/// The arguments of `qemu-system-x86_64`, without what it boots.
pub fn twin(model: &Model, host: &Twin) -> Vec<String> {
    let Twin {
        run,
        memory_mb,
        processors,
    } = host;
    let mut line = Line(Vec::new());
    // Keys of Secure Boot can be changed from system management mode alone.
    let machine = match model.tpm {
        Tpm::Required => "q35,smm=on",
        Tpm::None => "q35",
    };
    line.add("-machine", machine);
    line.add("-accel", "tcg,thread=multi");
    line.add("-cpu", "max");
    line.add("-m", &memory_mb.to_string());
    line.add("-smp", &processors.to_string());
    line.0
        .extend(["-nodefaults", "-no-user-config"].map(str::to_owned));
    line.add("-display", "none");
    line.add("-serial", &format!("file:{run}/console"));
    line.add("-qmp", &format!("unix:{run}/monitor,server=on,wait=off"));
    for (index, display) in model.displays.iter().enumerate() {
        let mode = display.mode;
        let card = if index == 0 {
            "virtio-vga"
        } else {
            "virtio-gpu-pci"
        };
        let size = format!("xres={},yres={}", mode.width, mode.height);
        line.add("-device", &format!("{card},{size}"));
    }
    line.add("-device", "virtio-rng-pci");
    line.add("-netdev", "user,id=network");
    line.add("-device", "virtio-net-pci,netdev=network");
    line.add("-device", "qemu-xhci,id=usb,p2=15,p3=1");
    if model.touch.is_some() {
        line.add("-device", "usb-tablet,bus=usb.0");
    }
    for port in model.ports() {
        add_port(&mut line, port, run);
    }
    if model.watchdog.is_some() {
        line.add("-device", "i6300esb");
        line.add("-action", "watchdog=reset");
    }
    match model.tpm {
        Tpm::Required => {
            line.add("-global", "driver=cfi.pflash01,property=secure,value=on");
            line.add("-chardev", &format!("socket,id=tpm,path={run}/tpm"));
            line.add("-tpmdev", "emulator,id=tpm0,chardev=tpm");
            line.add("-device", "tpm-crb,tpmdev=tpm0");
        }
        Tpm::None => {}
    }
    line.0
}

struct Line(Vec<String>);

impl Line {
    fn add(&mut self, option: &str, value: &str) {
        self.0.extend([option.to_owned(), value.to_owned()]);
    }
}

fn add_port(line: &mut Line, port: &Port, run: &str) {
    let name = port.role.name();
    match port.role {
        Role::CardReader | Role::ReceiptPrinter | Role::BarcodeReader | Role::Cash => {
            let serial = match &port.at {
                Place::Usb(usb) => usb.serial.as_deref().unwrap_or(name),
                Place::Path(_) => name,
            };
            line.add("-chardev", &format!("serial,id={name},path={run}/{name}"));
            let device = format!("usb-serial,bus=usb.0,id={name}-plug,chardev={name}");
            line.add(
                "-device",
                &format!("{device},serial={serial},always-plugged=on"),
            );
        }
        Role::ChipCardReader => line.add("-device", "usb-ccid,bus=usb.0"),
        Role::Keypad => line.add("-device", "usb-kbd,bus=usb.0"),
        Role::Headphones | Role::Handset => {
            line.add("-audiodev", &format!("none,id={name}"));
            line.add("-device", &format!("usb-audio,bus=usb.0,audiodev={name}"));
        }
        // QEMU has none; libfprint's own virtual reader stands in inside the guest.
        Role::FingerprintReader => {}
    }
}
