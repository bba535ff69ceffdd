//! What `ippeveprinter` needs around it: a message bus and Avahi. A desktop has
//! both; a bare machine gets them here, bound to the loop-back interface.

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const BUS: &str = "/run/dbus/system_bus_socket";
const AVAHI: &str =
    "[server]\nuse-ipv6=no\nallow-interfaces=lo\nenable-dbus=yes\n[wide-area]\n[publish]\n";
const PATIENCE: Duration = Duration::from_secs(20);

/// # Errors
/// When they are not installed, or do not come up.
pub(super) fn ensure() -> io::Result<()> {
    let given_up = Instant::now() + PATIENCE;
    while !avahi_runs()? {
        if Instant::now() > given_up {
            return Err(io::Error::other("avahi-daemon does not come up"));
        }
        // Another process may be doing the same; the later one finds it done.
        start_bus()?;
        start_avahi()?;
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn avahi_runs() -> io::Result<bool> {
    Ok(Path::new(BUS).exists() && quiet("avahi-daemon", &["--check"])?)
}

fn start_bus() -> io::Result<()> {
    if !Path::new(BUS).exists() {
        fs::create_dir_all("/run/dbus")?;
        quiet("dbus-daemon", &["--system", "--fork"])?;
    }
    Ok(())
}

fn start_avahi() -> io::Result<()> {
    let configuration = std::env::temp_dir().join("minwon-avahi.conf");
    fs::write(&configuration, AVAHI)?;
    let file = configuration.to_string_lossy();
    let arguments = [
        "-f",
        &file,
        "--daemonize",
        "--no-drop-root",
        "--no-chroot",
        "--no-rlimits",
    ];
    quiet("avahi-daemon", &arguments)?;
    Ok(())
}

fn quiet(program: &str, arguments: &[&str]) -> io::Result<bool> {
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    Ok(status.success())
}
