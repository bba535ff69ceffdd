//! The PC/SC service. A desktop has it; a bare machine gets it here.

use std::{
    fs, io,
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::slot::Slot;

const FOLDER: &str = "/run/pcscd";
const SOCKET: &str = "/run/pcscd/pcscd.comm";
const PROCESS: &str = "/run/pcscd/pcscd.pid";
/// What the service knows of vpcd, as Debian installs it, and where that listens.
const READER: &str = "/etc/reader.conf.d/vpcd";
const READERS_PORT: &str = "0x8C7B";
/// Where the reader listens in a service that a bench started. vpcd's own port is
/// one of those that Linux gives to whoever asks for any: a service that starts
/// while it is taken has no reader, then and later.
const PORT: u16 = 0x55E3;
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);

/// Starts the service unless it runs.
///
/// # Errors
/// When it is not installed, or does not come up with its reader.
pub(super) fn ensure(slot: &mut Slot) -> io::Result<()> {
    if runs() {
        return Ok(());
    }
    fs::create_dir_all(FOLDER)?;
    // It goes into the background once it listens.
    let status = Command::new("pcscd")
        .arg("--config")
        .arg(readers()?)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(io::Error::other("pcscd did not start"));
    }
    wait(
        || runs() && running_process().is_some_and(is_service),
        "pcscd does not come up",
    )?;
    running_process().map_or(Ok(()), |process| slot.note(process))?;
    wait(listens, "the virtual reader does not come up").inspect_err(|_| drop(stop(slot)))
}

/// Where the virtual reader listens; a service that somebody else started has it at
/// vpcd's own port.
pub(super) fn port() -> u16 {
    if listens() { PORT } else { vpicc::DEFAULT_PORT }
}

/// A folder that says where the reader listens.
fn readers() -> io::Result<PathBuf> {
    let folder = std::env::temp_dir().join("minwon-chip-card.readers");
    fs::create_dir_all(&folder)?;
    let reader = fs::read_to_string(READER)?.replace(READERS_PORT, &format!("{PORT:#X}"));
    fs::write(folder.join("vpcd"), reader)?;
    Ok(folder)
}

/// Whether somebody listens at the reader's port (proc(5), `net/tcp`): to ask
/// there would be to put a card in.
fn listens() -> bool {
    let (port, listening) = (format!(":{PORT:04X}"), "0A");
    fs::read_to_string("/proc/net/tcp").is_ok_and(|sockets| {
        sockets.lines().any(|socket| {
            let mut words = socket.split_whitespace().skip(1);
            words.next().is_some_and(|local| local.ends_with(&port))
                && words.nth(1) == Some(listening)
        })
    })
}

/// The process of the service, if a bench started it.
pub(super) fn owned(slot: &Slot) -> Option<i32> {
    slot.noted()
        .filter(|noted| running_process() == Some(*noted) && is_service(*noted))
}

/// # Errors
/// When the service was started by somebody else, or does not stop.
pub(super) fn stop(slot: &Slot) -> io::Result<()> {
    let Some(process) = owned(slot) else {
        return Err(io::Error::other(
            "the PC/SC service was not started by the bench and is left alone",
        ));
    };
    kill(Pid::from_raw(process), Signal::SIGTERM)?;
    wait(|| !is_service(process) && !runs(), "pcscd does not stop")
}

fn runs() -> bool {
    UnixStream::connect(SOCKET).is_ok()
}

fn running_process() -> Option<i32> {
    // The service writes a zero byte after the number and its line's end.
    let text = fs::read_to_string(PROCESS).ok()?;
    text.trim_end_matches(['\0', '\n']).parse().ok()
}

fn is_service(process: i32) -> bool {
    fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|name| name.trim() == "pcscd")
}

fn wait(done: impl Fn() -> bool, otherwise: &str) -> io::Result<()> {
    let given_up = Instant::now() + PATIENCE;
    while !done() {
        if Instant::now() > given_up {
            return Err(io::Error::other(otherwise));
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}
