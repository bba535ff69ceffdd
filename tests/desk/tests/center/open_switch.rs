//! The whole switch of a story, with one agent and a supervisor.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use privacy::Personal;
use request::Timestamp;
use switch::{Settings, Switch, passphrases::Passphrases};
use tokio::runtime::Runtime;

pub(crate) const SUPERVISOR: &str = "park.1";
/// Of both.
pub(crate) const PASSPHRASE: &str = "blue kite over narae";

/// Longer than it takes to close.
const FAREWELL: Duration = Duration::from_secs(10);
const FORM: &str = include_str!("../../../../callcenter/switch/quality.example.toml");
/// What its agents say of how calls ended; the example's taxes are no queue here.
const DISPOSITIONS: &str = include_str!("../../../../callcenter/switch/dispositions.example.toml");
const SETTINGS: &str = r#"
station = "switch-1"
journal = "switch.db"
keep_calls_days = 90
lines = { udp = "127.0.0.1:0", realm = "minwon", accounts = "accounts"@LINES@ }
sound = { address = "@SOUND@", first_port = 23000, last_port = 23099 }
voice = { cache = "@VOICE@" }

[desks]
listen = "127.0.0.1:0"
credentials = "credentials"
stations = ["desk-1", "desk-2"]
kiosks = ["gaon-1"]

[quality]
forms = ["quality.toml"]

[[center.number]]
dialed = "110"
queue = "general"
language = "ko"

[[center.agent]]
id = 2
account = "@AGENT@"
queues = ["general"]
languages = ["ko"]

[[center.agent]]
id = 9
account = "@SUPERVISOR@"
queues = []
languages = ["ko"]
supervisor = true

[center.plan]
rest_after_miss_seconds = 60
place_kept_seconds = 300
callback = { attempts = 2, rest_seconds = 60, ring_seconds = 30 }

[[center.plan.queues]]
id = "general"
languages = ["ko"]
strategy = "longest-idle"
ring_seconds = 20
wrap_up_seconds = 60
wrap_up_longest_seconds = 300
service_level_seconds = 20
longest_wait_seconds = 300
overflow = "refuse"
announce_every_seconds = 600
priority_step_seconds = 60
misses_before_break = 3
"#;

pub(crate) struct OpenSwitch {
    pub(crate) calls: SocketAddr,
    pub(crate) desks: SocketAddr,
    runtime: Option<Runtime>,
}

impl OpenSwitch {
    /// In a folder where its `credentials` lie; `clock` is what desks and badges go by,
    /// where it is not the machine's. It lends desks their telephones.
    pub(crate) fn of(folder: &Path, agent: &str, clock: Option<Timestamp>) -> Self {
        fs::write(folder.join("accounts"), "").unwrap();
        Self::open(folder, agent, clock, ["", ""])
    }

    /// The same, where agents are asked how calls ended.
    pub(crate) fn asking(folder: &Path, agent: &str, clock: Option<Timestamp>) -> Self {
        fs::write(folder.join("accounts"), "").unwrap();
        let asking = DISPOSITIONS.replace("taxes", "general");
        Self::open(folder, agent, clock, ["", &asking])
    }

    /// The same where telephones with passwords of their own stand beside the desks.
    pub(crate) fn beside_telephones(folder: &Path, agent: &str, clock: Option<Timestamp>) -> Self {
        fs::write(folder.join("accounts"), include_str!("accounts")).unwrap();
        Self::open(folder, agent, clock, [", old_telephones = true", ""])
    }

    /// `lines` is added to what is set of the lines, `more` to all settings.
    fn open(
        folder: &Path,
        agent: &str,
        clock: Option<Timestamp>,
        [lines, more]: [&str; 2],
    ) -> Self {
        // Spoken once for all tests.
        let voice = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
        let settings = SETTINGS.replace("@VOICE@", voice.to_str().unwrap());
        let settings = settings.replace("@LINES@", lines);
        let settings = settings.replace("@SOUND@", &address_of_its_own().to_string()) + more;
        let file = folder.join("switch.toml");
        let settings = settings.replace("@SUPERVISOR@", SUPERVISOR);
        fs::write(&file, settings.replace("@AGENT@", agent)).unwrap();
        let mut settings = Settings::read(&file).unwrap();
        settings.desks.as_mut().unwrap().clock_starts_at = clock;
        fs::write(folder.join("quality.toml"), FORM).unwrap();
        let passphrases = Passphrases::new(settings.passphrases.clone());
        let passphrase = Personal::new(PASSPHRASE.to_owned());
        for account in [agent, SUPERVISOR] {
            passphrases.set(account, &passphrase).unwrap();
        }
        let runtime = Runtime::new().unwrap();
        let (switch, ears) = runtime.block_on(Switch::open(settings)).unwrap();
        let (calls, desks) = (switch.udp_address(), switch.desks_address());
        runtime.spawn(switch.run(ears));
        Self {
            calls: calls.unwrap(),
            desks: desks.unwrap(),
            runtime: Some(runtime),
        }
    }

    /// It is gone at once.
    pub(crate) fn fails(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for OpenSwitch {
    /// The call book is closed before the process may end: what encrypts it is taken down
    /// with the process, whoever still uses it.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(FAREWELL);
        }
    }
}

/// Of this process and switch alone: a port that one gives back is not another's while late
/// packets still come to it.
fn address_of_its_own() -> Ipv4Addr {
    static OPENED: AtomicU8 = AtomicU8::new(1);
    let [.., above, below] = std::process::id().to_be_bytes();
    let number = OPENED.fetch_add(1, Ordering::Relaxed);
    Ipv4Addr::new(127, 64 + above % 64, below, number)
}
