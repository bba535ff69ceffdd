//! The exchange as a program of its own, which can be told to end.

use std::{path::Path, process::Stdio, time::Duration};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStderr, Command},
};

use crate::office::{Office, TUESDAY_10_00};

const EXCHANGE: &str = env!("CARGO_BIN_EXE_minwon-exchange");
/// Much longer than it is given itself.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Program {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
    pub(crate) url: String,
    pub(crate) public: String,
    pub(crate) operators: String,
}

impl Program {
    /// Starts it on what an office has left, with more on its command line.
    pub(crate) async fn start(office: &Office, more: &[&str]) -> Self {
        let folder = office.folder_of_all();
        let path = |it: &str| folder.join(it).display().to_string();
        let examiner = Path::new(EXCHANGE).with_file_name("minwon-examiner");
        let mut child = Command::new(EXCHANGE)
            .args(["--catalog", &path("catalog"), "--data", &path("data")])
            .args(["--stations", &path("stations.toml")])
            .args(["--networks", &office.networks.url()])
            .args(["--listen", "127.0.0.1:0", "--name", "127.0.0.1"])
            .args(["--public", "127.0.0.1:0", "--operators", "127.0.0.1:0"])
            .args(["--clock", &TUESDAY_10_00.to_string()])
            .args(["--examiner", &examiner.display().to_string()])
            .args(more)
            .env("RUST_LOG", "info")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let up = loop {
            let line = log.next_line().await.unwrap().expect("it does not start");
            if line.contains("The exchange is up") {
                break line;
            }
        };
        let told = |name: &str| {
            let (_, rest) = up.split_once(&format!("{name}=")).expect(name);
            let word = rest.split_whitespace().next().unwrap();
            word.trim_matches('"').to_owned()
        };
        let (url, public, operators) = (told("url"), told("public"), told("operators"));
        Self {
            child,
            log,
            url,
            public: format!("http://{public}"),
            operators: format!("http://{operators}"),
        }
    }

    /// As an operating system does it.
    pub(crate) fn tell_to_end(&self) {
        let id = self.child.id().unwrap().cast_signed();
        kill(Pid::from_raw(id), Signal::SIGTERM).unwrap();
    }

    /// Its last words; fails when it does not end well.
    pub(crate) async fn ended(mut self) -> String {
        let ended = async {
            let mut words = String::new();
            while let Some(line) = self.log.next_line().await.unwrap() {
                words.push_str(&line);
                words.push('\n');
            }
            (self.child.wait().await.unwrap(), words)
        };
        let (status, words) = tokio::time::timeout(PATIENCE, ended).await.expect("an end");
        assert!(status.success(), "{status}: {words}");
        words
    }
}
