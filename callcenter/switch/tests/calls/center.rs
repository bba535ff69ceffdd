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
/// A telephone that vanished is waited for so long (RFC 3261: 64 T1), and a little.
const EMPTY_WITHIN: Duration = Duration::from_secs(60);
const LOOKS_EVERY: Duration = Duration::from_millis(50);

const SETTINGS: &str = r#"
station = "switch-1"
journal = "switch.db"
keep_calls_days = 90

[lines]
udp = "@ADDRESS@:0"
realm = "minwon"
accounts = "accounts"
old_telephones = true
@LINES@

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
    pub(crate) fn open(host: &str, ports: [u16; 2]) -> Self {
        Self::furnished(tempfile::tempdir().unwrap(), host, ports, ["", ""])
    }

    /// `lines` is added to what is set of the lines, `more` to all settings; what
    /// they name lies in the folder.
    pub(crate) fn furnished(
        folder: tempfile::TempDir,
        host: &str,
        ports: [u16; 2],
        [lines, more]: [&str; 2],
    ) -> Self {
        // Spoken once for all tests.
        let voice = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
        let settings = SETTINGS
            .replace("@LINES@", lines)
            .replace("@ADDRESS@", host)
            .replace("@FIRST@", &ports[0].to_string())
            .replace("@LAST@", &ports[1].to_string())
            .replace("@VOICE@", voice.to_str().unwrap());
        let file = folder.path().join("switch.toml");
        fs::write(&file, settings + more).unwrap();
        fs::write(folder.path().join("accounts"), include_str!("accounts")).unwrap();
        let told = folder.path().join("address");
        let alone = SPEAKING.lock();
        let switch = Command::new(env!("CARGO_BIN_EXE_minwon-switch"))
            .arg(&file)
            .arg("--address-file")
            .arg(&told)
            .stdin(Stdio::null())
            .env("NO_COLOR", "1")
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

    /// Waits until the switch says that no caller, offer, talk, leg, line or port
    /// is left.
    pub(crate) fn is_left_empty(&self) {
        let given_up = Instant::now() + EMPTY_WITHIN;
        loop {
            let open = self.open_now();
            if open.iter().all(|it| it.ends_with("=0")) {
                return;
            }
            assert!(Instant::now() < given_up, "something is left: {open:?}");
            std::thread::sleep(LOOKS_EVERY);
        }
    }

    /// Waits until the switch says this when it is asked what is open.
    pub(crate) fn comes_to(&self, wanted: &str) {
        let given_up = Instant::now() + EMPTY_WITHIN;
        loop {
            let open = self.open_now();
            if open.iter().any(|it| it == wanted) {
                return;
            }
            assert!(Instant::now() < given_up, "it says {open:?}");
            std::thread::sleep(LOOKS_EVERY);
        }
    }

    /// Waits until this was logged so often.
    pub(crate) fn has_logged(&self, words: &str, times: usize) {
        let given_up = Instant::now() + EMPTY_WITHIN;
        while self.log().matches(words).count() < times {
            assert!(Instant::now() < given_up, "it never logs: {words}");
            std::thread::sleep(LOOKS_EVERY);
        }
    }

    /// What the switch says when it is asked what is open, `callers=1` and so on.
    fn open_now(&self) -> Vec<String> {
        let said = || -> Vec<String> {
            let log = self.log();
            let answers = log.lines().filter_map(|it| it.split_once("Open now "));
            answers.map(|(_, open)| open.to_owned()).collect()
        };
        let before = said().len();
        let pid = Pid::from_raw(self.switch.id().try_into().unwrap());
        kill(pid, Signal::SIGUSR1).unwrap();
        let given_up = Instant::now() + EMPTY_WITHIN;
        loop {
            if let Some(open) = said().get(before) {
                return open.split(' ').map(str::to_owned).collect();
            }
            assert!(Instant::now() < given_up, "the switch does not answer");
            std::thread::sleep(LOOKS_EVERY);
        }
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
        let kind = |fact: &serde_json::Value| fact["type"].as_str().unwrap().to_owned();
        self.facts(call).iter().map(kind).collect()
    }

    /// The facts of a call as they are written.
    pub(crate) fn facts(&self, call: u64) -> Vec<serde_json::Value> {
        let facts = self.0.call_facts(call).unwrap();
        let read = |body: &privacy::Personal<String>| serde_json::from_str(body.reveal()).unwrap();
        facts.iter().map(read).collect()
    }

    /// What an agent was doing last.
    pub(crate) fn agent_was(&self, agent: u32) -> String {
        let of_nobody = self.facts(0);
        let is = |it: &&serde_json::Value| it["type"] == "agent-state" && it["agent"] == agent;
        let last = of_nobody.iter().rfind(is).unwrap();
        last["state"].to_string().replace('"', "")
    }

    /// Nobody waits.
    pub(crate) fn places(&self) -> usize {
        self.0.call_places().unwrap().len()
    }
}
