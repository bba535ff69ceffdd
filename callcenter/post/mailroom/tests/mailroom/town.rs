//! An exchange, a mailbox and a mail server of other makers, and between them
//! `minwon-post`, which can be killed.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::atomic::{AtomicU32, Ordering},
    time::SystemTime,
};

use desk_line::Office;
use request::Timestamp;
use serde_json::Value;

use crate::{
    authority::Authority,
    dovecot::{Dovecot, PASSWORD},
    mail_server::MailServer,
    patience::until,
};

pub(crate) struct Town {
    pub(crate) office: Office,
    pub(crate) dovecot: Dovecot,
    pub(crate) mail_server: MailServer,
    pub(crate) authority: Authority,
    folder: PathBuf,
    process: Option<Child>,
    starts: u32,
}

impl Town {
    pub(crate) fn new() -> Self {
        static TOWNS: AtomicU32 = AtomicU32::new(0);
        let number = TOWNS.fetch_add(1, Ordering::Relaxed);
        let name = format!("minwon-post-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let authority = Authority::new(&folder, "authority");
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = i64::try_from(since_1970.unwrap().as_millis()).unwrap();
        let town = Self {
            office: Office::open_at(Timestamp::from_millis(now)),
            dovecot: Dovecot::open(folder.join("dovecot"), &authority),
            mail_server: MailServer::open(folder.join("smtp"), &authority),
            authority,
            folder,
            process: None,
            starts: 0,
        };
        town.write("imap-password", PASSWORD);
        town.write("smtp-password", "outgoing-secret");
        town.settle(town.dovecot.port);
        town
    }

    /// Writes the settings, with a mailbox on this port.
    pub(crate) fn settle(&self, mailbox: u16) {
        let house = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/catalog");
        let example = include_str!("../../post.example.toml");
        let credentials = self.office.credentials("post-1");
        let settings = example
            .replace("\"catalog\"", &format!("{:?}", house.display().to_string()))
            .replace(
                "\"post-1\"\n\n[inc",
                &format!("{:?}\n\n[inc", credentials.display().to_string()),
            )
            .replace("https://exchange.hanbit.example:8443", &self.office.url())
            .replace("imap.hanbit.example", "localhost")
            .replace("smtp.hanbit.example", "localhost")
            .replace("port = 993", &format!("port = {mailbox}"))
            .replace("port = 587", &format!("port = {}", self.mail_server.port))
            .replace("mail-authority.pem", "authority.pem");
        self.write("post.toml", &settings);
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    /// Starts the program, which says all it can of what it does.
    pub(crate) fn start(&mut self) {
        self.starts += 1;
        let log = File::create(self.folder.join(format!("log-{:03}", self.starts))).unwrap();
        let process = Command::new(env!("CARGO_BIN_EXE_minwon-post"))
            .arg(self.folder.join("post.toml"))
            .env("RUST_LOG", "trace")
            .stderr(log)
            .spawn();
        self.process = Some(process.unwrap());
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    pub(crate) fn restart(&mut self) {
        self.kill();
        self.start();
    }

    pub(crate) fn is_running(&mut self) -> bool {
        let process = self.process.as_mut();
        process.is_some_and(|it| it.try_wait().unwrap().is_none())
    }

    /// What the program has said since its first start.
    pub(crate) fn log(&self) -> String {
        let logs = (1..=self.starts).map(|it| self.folder.join(format!("log-{it:03}")));
        logs.map(|it| fs::read_to_string(it).unwrap()).collect()
    }

    pub(crate) fn wait_for_log(&self, words: &str) {
        until(words, || self.log().contains(words).then_some(()));
    }

    pub(crate) fn petitions(&self) -> Vec<Value> {
        let read = self.office.read("/v1/petitions");
        read["petitions"].as_array().unwrap().clone()
    }

    pub(crate) fn wait_for_letters(&self, count: usize) -> Vec<String> {
        until("letters go out", || {
            let letters = self.mail_server.letters();
            (letters.len() >= count).then_some(letters)
        })
    }

    pub(crate) fn wait_for_inbox(&self, count: usize) {
        until("the inbox", || {
            (self.dovecot.inbox() == count).then_some(())
        });
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = self.log();
            let from = log.len().saturating_sub(4000);
            eprintln!("{}", log.get(from..).unwrap_or_default());
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}
