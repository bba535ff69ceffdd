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

/// A picture that nobody drives for so long is started anew.
const WATCHDOG_SECONDS: u32 = 30;

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
SystemCallErrorNumber=EPERM
UMask=0077
";

/// The kiosk's own service. It serves from when the machine was brought into service, and its
/// watchdog is fed while its picture is driven.
pub fn sandbox(model: &Model) -> String {
    let mut text = unit(model, "Minwon kiosk");
    text += "Requires=minwon-provision.service\nAfter=minwon-provision.service\n";
    // A kiosk that cannot start shows nothing; it is tried until it can.
    text += "StartLimitIntervalSec=0\n\n[Service]\nType=notify\nTimeoutStartSec=240\n";
    text += &format!("WatchdogSec={WATCHDOG_SECONDS}\n");
    text += "ExecStart=/usr/bin/minwon-kiosk /var/lib/minwon/kiosk.toml\nRestart=always\nRestartSec=2\n";
    text + &service(model)
}

/// The program that brings the machine into service, and ends at once where that was done.
pub fn provisioning(model: &Model) -> String {
    let mut text = unit(model, "Bringing the machine into service");
    text += "After=minwon-steward-boot.service\nStartLimitIntervalSec=0\n\n[Service]\n";
    text += "Type=oneshot\nRemainAfterExit=yes\nTimeoutStartSec=infinity\n";
    text += "ExecStart=/usr/bin/minwon-provision\nRestart=on-failure\nRestartSec=2\n";
    text + &service(model)
}

fn unit(model: &Model, description: &str) -> String {
    let heading = heading(model);
    format!(
        "{heading}[Unit]\nDescription={description}\nRequires=dev-dri-card0.device\n\
         After=dev-dri-card0.device systemd-tmpfiles-setup.service\n\
         RequiresMountsFor=/var/lib/minwon\n"
    )
}

fn service(model: &Model) -> String {
    let mut text = String::from(
        "User=minwon\nSupplementaryGroups=video input dialout\n\
         ReadWritePaths=/var/lib/minwon /run/minwon/panel\n",
    );
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
