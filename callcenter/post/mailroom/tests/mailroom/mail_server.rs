//! aiosmtpd, another maker's mail server, as a process beside the test.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::authority::Authority;
use crate::patience::until;

pub(crate) struct MailServer {
    folder: PathBuf,
    process: Child,
    pub(crate) port: u16,
}

impl MailServer {
    pub(crate) fn open(folder: PathBuf, authority: &Authority) -> Self {
        fs::create_dir_all(folder.join("letters")).unwrap();
        fs::write(folder.join("mood"), "well").unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = root.join("../../../.venv/bin/python3");
        let process = Command::new(python)
            .arg(root.join("tests/mailroom/mail_server.py"))
            .args([&folder, &authority.certificate, &authority.key])
            .stderr(Stdio::null())
            .spawn()
            .expect("Python's aiosmtpd is in .venv: `make setup`");
        let port = until("the mail server listens", || {
            fs::read_to_string(folder.join("port")).ok()
        });
        Self {
            folder,
            process,
            port: port.parse().unwrap(),
        }
    }

    pub(crate) fn set_mood(&self, mood: &str) {
        fs::write(self.folder.join("mood.part"), mood).unwrap();
        fs::rename(self.folder.join("mood.part"), self.folder.join("mood")).unwrap();
    }

    /// Every letter it took, in order, as it was given.
    pub(crate) fn letters(&self) -> Vec<String> {
        let folder = fs::read_dir(self.folder.join("letters")).unwrap();
        let mut files: Vec<PathBuf> = folder.map(|it| it.unwrap().path()).collect();
        files.retain(|it| it.extension().is_some_and(|it| it == "eml"));
        files.sort();
        let text = |it: PathBuf| String::from_utf8(fs::read(it).unwrap()).unwrap();
        files.into_iter().map(text).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
