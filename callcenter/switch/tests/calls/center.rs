//! A call centre for a test: the real switch in a folder of its own.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};

use journal::{Journal, Key};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use request::StationId;

/// The first start speaks every sentence.
const OPENS_WITHIN: Duration = Duration::from_secs(180);

const SETTINGS: &str = r#"
station = "switch-1"
journal = "switch.db"
keep_calls_days = 90

[lines]
udp = "@ADDRESS@:0"
realm = "minwon"
accounts = "accounts"
old_telephones = true

[sound]
address = "@ADDRESS@"
first_port = @FIRST@
last_port = @LAST@

[voice]
cache = "@VOICE@"

[[center.number]]
dialed = "110"
queue = "general"
language = "ko"

[[center.agent]]
id = 1
account = "agent-1"
queues = ["general"]
languages = ["ko"]
ready_when_registered = true

[[center.agent]]
id = 3
account = "agent-3"
queues = ["general"]
languages = ["ko"]

[[center.agent]]
id = 9
account = "supervisor"
queues = []
languages = ["ko"]
supervisor = true

[[center.office]]
id = "narae-tax"
name = "나래구 세무과"
number = "0312345678"

[center.staffing]
service_level_percent = 80
shrinkage_percent = 30

[center.plan]
rest_after_miss_seconds = 60
place_kept_seconds = 300
callback = { attempts = 2, rest_seconds = 60, ring_seconds = 30 }

[[center.plan.queues]]
id = "general"
languages = ["ko"]
strategy = "longest-idle"
ring_seconds = 20
wrap_up_seconds = 0
wrap_up_longest_seconds = 300
service_level_seconds = 20
longest_wait_seconds = 300
overflow = "callback"
announce_every_seconds = 600
priority_step_seconds = 60
misses_before_break = 3
"#;

/// The first to open speaks; the others find it spoken.
static SPEAKING: Mutex<()> = Mutex::new(());

pub(crate) struct Center {
    folder: tempfile::TempDir,
    switch: Child,
    pub(crate) address: SocketAddr,
    /// Where desks come in.
    pub(crate) desks: Option<SocketAddr>,
}

impl Center {
    /// `within` is put before the command: nothing, or how to enter a network.
    pub(crate) fn open(host: &str, ports: [u16; 2], within: &[&str]) -> Self {
        Self::furnished(tempfile::tempdir().unwrap(), host, ports, within, "")
    }

    /// `more` is added to the settings; what it names lies in the folder.
    pub(crate) fn furnished(
        folder: tempfile::TempDir,
        host: &str,
        ports: [u16; 2],
        within: &[&str],
        more: &str,
    ) -> Self {
        // Spoken once for all tests.
        let voice = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
        let settings = SETTINGS
            .replace("@ADDRESS@", host)
            .replace("@FIRST@", &ports[0].to_string())
            .replace("@LAST@", &ports[1].to_string())
            .replace("@VOICE@", voice.to_str().unwrap());
        let file = folder.path().join("switch.toml");
        fs::write(&file, settings + more).unwrap();
        fs::write(folder.path().join("accounts"), include_str!("accounts")).unwrap();
        let told = folder.path().join("address");
        let alone = SPEAKING.lock();
        let program = env!("CARGO_BIN_EXE_minwon-switch");
        let words: Vec<&str> = within.iter().copied().chain([program]).collect();
        let switch = Command::new(words[0])
            .args(&words[1..])
            .arg(&file)
            .arg("--address-file")
            .arg(&told)
            .stdin(Stdio::null())
            .stderr(fs::File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let addresses = opened(&told, folder.path());
        let mut addresses = addresses.lines().map(|it| it.parse().unwrap());
        let (address, desks) = (addresses.next().unwrap(), addresses.next());
        drop(alone);
        Self {
            folder,
            switch,
            address,
            desks,
        }
    }

    /// Ends the switch, and reads what it has written of a call.
    pub(crate) fn closed(mut self) -> Facts {
        self.stop();
        let file = self.folder.path().join("switch.db");
        let key = Key::of_station(&file.with_file_name("station.key"), &file).unwrap();
        let journal = Journal::open(&file, StationId::new("switch-1"), &key).unwrap();
        Facts(journal)
    }

    fn stop(&mut self) {
        let pid = Pid::from_raw(self.switch.id().try_into().unwrap());
        let _ = kill(pid, Signal::SIGTERM);
        let _ = self.switch.wait();
    }
}

impl Center {
    /// All that was logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }
}

impl Drop for Center {
    fn drop(&mut self) {
        self.stop();
        if std::thread::panicking() {
            let log = fs::read_to_string(self.folder.path().join("log"));
            eprintln!("the switch said:\n{}", log.unwrap_or_default());
        }
    }
}

fn opened(told: &PathBuf, folder: &Path) -> String {
    let given_up = Instant::now() + OPENS_WITHIN;
    loop {
        if let Ok(address) = fs::read_to_string(told) {
            return address;
        }
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(Instant::now() < given_up, "it does not open: {}", log());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What the call book has.
pub(crate) struct Facts(Journal);

impl Facts {
    /// The kinds of facts of a call, in order.
    pub(crate) fn of(&self, call: u64) -> Vec<String> {
        let facts = self.0.call_facts(call).unwrap();
        let kind = |body: &privacy::Personal<String>| {
            let fact: serde_json::Value = serde_json::from_str(body.reveal()).unwrap();
            fact["type"].as_str().unwrap().to_owned()
        };
        facts.iter().map(kind).collect()
    }

    /// Nobody waits.
    pub(crate) fn places(&self) -> usize {
        self.0.call_places().unwrap().len()
    }
}
