//! The machine around the steward, by its kernel's and systemd's own words.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use request::Timestamp;
use zeroize::Zeroizing;

use crate::{gate::Surroundings, tpm};

const SYSUPDATE: &str = "/usr/lib/systemd/systemd-sysupdate";
const KIOSK: &str = "/usr/bin/minwon-kiosk";
const VAR: &str = "/dev/disk/by-partlabel/minwon-var";
const USB: &str = "/sys/bus/usb/devices";
/// What a technician, and whoever reads a rollback, is told of a start.
const LOG_LINES: &str = "200";

/// Why a program of the system did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum MachineFault {
    #[error("{program} cannot be started")]
    NotStarted {
        program: &'static str,
        #[source]
        source: io::Error,
    },
    #[error("{program} failed: {said}")]
    Failed { program: &'static str, said: String },
}

/// What the kernel says of disks and TPM.
pub fn surroundings(settings: &Path) -> Surroundings {
    Surroundings {
        in_service: settings.exists(),
        tpm: tpm::is_there(),
        root_is_proven: mapped("CRYPT-VERITY-"),
        var_is_encrypted: mapped("CRYPT-LUKS2-"),
    }
}

/// Whether the kernel maps a disk so (the prefix is of cryptsetup's device ids).
fn mapped(kind: &str) -> bool {
    let disks = fs::read_dir("/sys/class/block").into_iter().flatten();
    disks.flatten().any(|disk| {
        let id = fs::read_to_string(disk.path().join("dm/uuid"));
        id.is_ok_and(|it| it.starts_with(kind))
    })
}

/// Memory that is in use, in megabytes, and seconds since the kernel was started.
pub fn figures() -> (u64, u64) {
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = |name: &str| -> u64 {
        let line = memory.lines().find_map(|it| it.strip_prefix(name));
        let number = line.and_then(|it| it.split_whitespace().next());
        number.and_then(|it| it.parse().ok()).unwrap_or(0)
    };
    let used = kilobytes("MemTotal:").saturating_sub(kilobytes("MemAvailable:"));
    let uptime = fs::read_to_string("/proc/uptime").unwrap_or_default();
    let seconds = uptime.split('.').next().and_then(|it| it.parse().ok());
    (used / 1_024, seconds.unwrap_or(0))
}

/// The kernel's id of this start.
pub fn boot_id() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id");
    id.map(|it| it.trim().to_owned()).unwrap_or_default()
}

/// When the kernel was started.
pub fn booted_at() -> Timestamp {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let seconds = stat.lines().find_map(|it| it.strip_prefix("btime "));
    let seconds: i64 = seconds.and_then(|it| it.parse().ok()).unwrap_or_default();
    Timestamp::from_millis(seconds.saturating_mul(1_000))
}

/// The root's hash, as the kernel was told to prove it.
pub fn root_hash() -> Option<String> {
    let line = fs::read_to_string("/proc/cmdline").ok()?;
    let hash = line
        .split_whitespace()
        .find_map(|it| it.strip_prefix("roothash="))?;
    Some(hash.to_owned())
}

/// The newest lines of this start's log.
pub fn log() -> Vec<String> {
    let said = run(
        "journalctl",
        "journalctl",
        &["-b", "-o", "cat", "-n", LOG_LINES, "--no-pager"],
    );
    said.map(|it| it.lines().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// How often a service has ended and was started anew.
pub fn ends(unit: &str) -> u32 {
    let said = run("systemctl", "systemctl", &["show", "-P", "NRestarts", unit]);
    said.ok().and_then(|it| it.trim().parse().ok()).unwrap_or(0)
}

/// Has the kiosk read its settings and make a paper, without anybody there.
///
/// # Errors
/// What it said when it could not.
pub fn dry_run(settings: &Path) -> Result<(), String> {
    let settings = settings.display().to_string();
    let said = run("minwon-kiosk", KIOSK, &["--dry-run", &settings]);
    said.map(|_| ()).map_err(|error| error.to_string())
}

/// Lays what is ready into the other slot.
///
/// # Errors
/// When it cannot be done; nothing of it starts then.
pub fn install() -> Result<(), MachineFault> {
    run("systemd-sysupdate", SYSUPDATE, &["update", "--no-pager"]).map(|_| ())
}

/// # Errors
/// When systemd does not take the order.
pub fn restart() -> Result<(), MachineFault> {
    run("systemctl", "systemctl", &["--no-block", "reboot"]).map(|_| ())
}

/// Has nobody write the journal while it is copied.
///
/// # Errors
/// When the kiosk does not end.
pub fn stop_kiosk() -> Result<(), MachineFault> {
    run("systemctl", "systemctl", &["stop", "minwon-kiosk.service"]).map(|_| ())
}

/// Has the kernel take rules for its packet filter, all of them or none.
///
/// # Errors
/// When they are not taken.
pub fn filter(rules: &str) -> Result<(), MachineFault> {
    let failed = |source| MachineFault::NotStarted {
        program: "nft",
        source,
    };
    let mut nft = Command::new("nft")
        .args(["-f", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = nft.stdin.take() {
        input.write_all(rules.as_bytes()).map_err(failed)?;
    }
    said("nft", &nft.wait_with_output().map_err(failed)?).map(|_| ())
}

/// A new key that opens the disk, in the place of any before; the TPM's stays as it is.
///
/// # Errors
/// When the disk does not take it.
pub fn recovery_key() -> Result<Zeroizing<String>, MachineFault> {
    let key = run(
        "systemd-cryptenroll",
        "systemd-cryptenroll",
        &[
            "--unlock-tpm2-device=auto",
            "--wipe-slot=recovery",
            "--recovery-key",
            VAR,
        ],
    )?;
    let key = Zeroizing::new(key);
    Ok(Zeroizing::new(key.trim().to_owned()))
}

/// What is plugged in and was not let in, as its place and its maker's numbers:
/// udev leaves such interfaces without a driver.
pub fn strangers() -> BTreeSet<String> {
    let read = |file: &Path| fs::read_to_string(file).map(|it| it.trim().to_owned());
    let mut all = BTreeSet::new();
    for interface in fs::read_dir(USB).into_iter().flatten().flatten() {
        let name = interface.file_name().to_string_lossy().into_owned();
        let Some((device, _)) = name.split_once(':') else {
            continue;
        };
        if read(&interface.path().join("authorized")).is_ok_and(|it| it == "0") {
            let numbers = ["idVendor", "idProduct"]
                .map(|it| read(&Path::new(USB).join(device).join(it)).unwrap_or_default());
            all.insert(format!("{device} {}", numbers.join(":")));
        }
    }
    all
}

fn run(name: &'static str, program: &str, arguments: &[&str]) -> Result<String, MachineFault> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|source| MachineFault::NotStarted {
        program: name,
        source,
    })?;
    said(name, &output)
}

pub(crate) fn said(name: &'static str, output: &Output) -> Result<String, MachineFault> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.lines().rev().take(3).collect();
    Err(MachineFault::Failed {
        program: name,
        said: last.into_iter().rev().collect::<Vec<_>>().join(" / "),
    })
}
