//! A mailbox that lies, as a process beside the test.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
};

use crate::{authority::Authority, patience::until};

#[derive(Clone, Copy)]
pub(crate) enum Lie {
    /// Announces half a gigabyte.
    Giant,
    /// Is gone in the middle of a message.
    Vanish,
}

pub(crate) struct LyingMailbox {
    folder: PathBuf,
    process: Child,
    pub(crate) port: u16,
}

impl LyingMailbox {
    pub(crate) fn open(folder: &Path, authority: &Authority, lie: Lie) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mailroom/lying_mailbox.py");
        let process = Command::new("python3")
            .arg(script)
            .args([folder, &authority.certificate, &authority.key])
            .arg(match lie {
                Lie::Giant => "giant",
                Lie::Vanish => "vanish",
            })
            .spawn();
        let port = until("the mailbox listens", || {
            fs::read_to_string(folder.join("lying-port")).ok()
        });
        Self {
            folder: folder.to_owned(),
            process: process.unwrap(),
            port: port.parse().unwrap(),
        }
    }

    /// The messages it was asked to move.
    pub(crate) fn moved(&self) -> Vec<String> {
        let moved = fs::read_to_string(self.folder.join("moved"));
        moved
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect()
    }
}

impl Drop for LyingMailbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
