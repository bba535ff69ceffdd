//! The kiosk's service: what it is started with, and what it may reach at all.

use std::collections::BTreeSet;

use crate::{Display, Model, Role, derive::heading};

/// The width for which the kiosk's screens are drawn.
const DRAWN_WIDTH: u32 = 1_080;

/// What Slint's screen without a window system is told of a display.
pub(crate) fn environment(display: &Display) -> Vec<(&'static str, String)> {
    let turned = display.rotation.degrees() % 180 == 90;
    let width = match turned {
        true => display.mode.height,
        false => display.mode.width,
    };
    let scale = f64::from(width) / f64::from(DRAWN_WIDTH);
    vec![
        ("SLINT_DRM_OUTPUT", display.connector.clone()),
        ("SLINT_KMS_ROTATION", display.rotation.degrees().to_string()),
        (
            "SLINT_SCALE_FACTOR",
            format!("{}", (scale * 100.0).round() / 100.0),
        ),
    ]
}

/// Everything that no kiosk needs is taken away; of devices only what the model has is left.
const HARDENING: &str = "\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
ProcSubset=pid
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
PrivateTmp=yes
PrivateIPC=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
UMask=0077
";

pub fn sandbox(model: &Model) -> String {
    let mut text = heading(model);
    text += "[Unit]\nDescription=Minwon kiosk\nRequires=dev-dri-card0.device\nAfter=dev-dri-card0.device\n";
    // A kiosk that cannot start shows nothing; it is tried until it can.
    text += "StartLimitIntervalSec=0\n\n[Service]\n";
    text +=
        "ExecStart=/usr/bin/minwon-kiosk /etc/minwon/kiosk.toml\nRestart=always\nRestartSec=2\n";
    text += "DynamicUser=yes\nStateDirectory=minwon\nSupplementaryGroups=video input dialout\n";
    for (name, value) in model.displays.iter().flat_map(environment) {
        text += &format!("Environment={name}={value}\n");
    }
    text += "DevicePolicy=closed\n";
    for (class, may) in classes(model) {
        text += &format!("DeviceAllow={class} {may}\n");
    }
    text + HARDENING + "\n[Install]\nWantedBy=multi-user.target\n"
}

fn classes(model: &Model) -> BTreeSet<(&'static str, &'static str)> {
    let mut classes = BTreeSet::from([("char-drm", "rw"), ("char-input", "r")]);
    for port in model.ports() {
        classes.extend(port.chip.map(|chip| (chip.node_class(), "rw")));
        if port.role.makes_sound() {
            classes.insert(("char-alsa", "rw"));
        }
        // libfprint speaks USB from a process of the kiosk's own; PC/SC has a service.
        if port.role == Role::FingerprintReader {
            classes.insert(("char-usb_device", "rw"));
        }
    }
    classes
}
