//! What `ippeveprinter` needs around it: a message bus and Avahi. A desktop has
//! both; a bare machine gets them here, bound to the loop-back interface.

use std::{
    fs::{self, File},
    io,
    os::unix::net::UnixStream,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const BUS: &str = "/run/dbus/system_bus_socket";
const BUS_PROCESS: &str = "/run/dbus/pid";
const AVAHI: &str =
    "[server]\nuse-ipv6=no\nallow-interfaces=lo\nenable-dbus=yes\n[wide-area]\n[publish]\n";
const PATIENCE: Duration = Duration::from_secs(20);

/// # Errors
/// When they are not installed, or do not come up.
pub(super) fn ensure() -> io::Result<()> {
    // Another process may want the same; the later one finds it done.
    let turn = File::create(std::env::temp_dir().join("minwon-surroundings.lock"))?;
    turn.lock()?;
    let given_up = Instant::now() + PATIENCE;
    while !avahi_runs()? {
        if Instant::now() > given_up {
            return Err(io::Error::other("avahi-daemon does not come up"));
        }
        start_bus()?;
        start_avahi()?;
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn avahi_runs() -> io::Result<bool> {
    Ok(bus_runs() && quiet("avahi-daemon", &["--check"])?)
}

/// A bus that was killed leaves its socket behind; only a listening one answers.
fn bus_runs() -> bool {
    UnixStream::connect(BUS).is_ok()
}

fn start_bus() -> io::Result<()> {
    if !bus_runs() {
        fs::create_dir_all("/run/dbus")?;
        // With a process file left over, a new bus refuses to start.
        remove(BUS_PROCESS)?;
        remove(BUS)?;
        quiet("dbus-daemon", &["--system", "--fork"])?;
    }
    Ok(())
}

fn remove(file: &str) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
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
