//! `minwon-fingerprint` as this program started it, for tests that do it harm.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// As the kernel shortens its name.
const NAME: &str = "(minwon-fingerpr)";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process(i32);

/// Where Cargo puts it: one folder above the tests.
pub fn program() -> PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    let folder = here.parent().and_then(Path::parent);
    folder.unwrap_or(Path::new(".")).join("minwon-fingerprint")
}

impl Process {
    /// The only one that this program has started.
    pub fn of_this_program() -> io::Result<Self> {
        let own = std::process::id().to_string();
        for entry in fs::read_dir("/proc")?.flatten() {
            let Some(number) = entry.file_name().to_str().and_then(|it| it.parse().ok()) else {
                continue;
            };
            let words = words(number).unwrap_or_default();
            if let [_, name, state, parent, ..] = words.as_slice()
                && name == NAME
                && state != "Z"
                && *parent == own
            {
                return Ok(Self(number));
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }

    /// It hears nothing and says nothing any more.
    pub fn stop(self) -> io::Result<Self> {
        kill(Pid::from_raw(self.0), Signal::SIGSTOP)?;
        Ok(self)
    }

    pub fn kill(self) -> io::Result<()> {
        Ok(kill(Pid::from_raw(self.0), Signal::SIGKILL)?)
    }

    /// Whether it has no memory any more, by the kernel's word.
    pub fn is_gone(self) -> bool {
        match fs::read_to_string(format!("/proc/{}/status", self.0)) {
            Ok(status) => !status.contains("VmRSS"),
            Err(_) => true,
        }
    }
}

fn words(number: i32) -> io::Result<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat"))?;
    Ok(stat.split_whitespace().map(str::to_owned).collect())
}
