//! The PC/SC service. A desktop has it; a bare machine gets it here.

use std::{
    fs, io,
    os::unix::net::UnixStream,
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
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);

/// Starts the service unless it runs.
///
/// # Errors
/// When it is not installed, or does not come up.
pub(super) fn ensure(slot: &mut Slot) -> io::Result<()> {
    if runs() {
        return Ok(());
    }
    fs::create_dir_all(FOLDER)?;
    // It goes into the background once it listens.
    let status = Command::new("pcscd")
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
    running_process().map_or(Ok(()), |process| slot.note(process))
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
