//! The center that is called: the real switch in a folder of its own.

use std::{
    fmt::Write,
    fs,
    net::SocketAddr,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use md5::Md5;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sha2::{Digest, Sha256};

use crate::{
    book::Book,
    processor::{Cores, Used},
    telephones::{NUMBER, account, password},
};

/// The first start speaks every sentence.
const OPENS_WITHIN: Duration = Duration::from_secs(180);
const LOOKS_EVERY: Duration = Duration::from_millis(50);
const REALM: &str = "minwon";

const SETTINGS: &str = r#"
station = "switch-1"
journal = "switch.db"
keep_calls_days = 90

[lines]
udp = "127.0.0.1:0"
realm = "minwon"
accounts = "accounts"
old_telephones = true
calls_per_second = 10000

[sound]
address = "127.88.2.1"
first_port = 20000
last_port = 29999

[voice]
cache = "@VOICE@"

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
overflow = "refuse"
announce_every_seconds = 600
priority_step_seconds = 60
misses_before_break = 3
"#;

pub(crate) struct Center {
    folder: tempfile::TempDir,
    switch: Child,
    pub(crate) address: SocketAddr,
}

impl Center {
    /// With so many agents, who work as soon as their telephones register.
    pub(crate) fn open(agents: u32, cores: &Cores) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let voice = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
        let settings = SETTINGS.replace("@VOICE@", voice.to_str().unwrap()) + &people(agents);
        let file = folder.path().join("switch.toml");
        fs::write(&file, settings).unwrap();
        fs::write(folder.path().join("accounts"), accounts(agents)).unwrap();
        let told = folder.path().join("address");
        let switch = cores
            .for_switch(env!("CARGO_BIN_EXE_minwon-switch"))
            .args([file.as_os_str(), "--address-file".as_ref(), told.as_ref()])
            .stdin(Stdio::null())
            .stderr(fs::File::create(folder.path().join("log")).unwrap())
            .spawn()
            .expect("taskset must be there (Debian: util-linux)");
        let address = opened(&told, &folder.path().join("log"));
        Self {
            folder,
            switch,
            address,
        }
    }

    pub(crate) fn used(&self) -> Used {
        Used::by(self.switch.id())
    }

    /// Those that used something, the busiest first.
    pub(crate) fn used_by_threads(&self) -> String {
        let threads = Used::by_threads(self.switch.id());
        let mut threads: Vec<(String, f64)> = threads
            .into_iter()
            .map(|(name, used)| (name, used.seconds()))
            .filter(|(_, seconds)| *seconds > 0.0)
            .collect();
        threads.sort_by(|one, other| other.1.total_cmp(&one.1));
        let shown = threads.iter().map(|(name, it)| format!("{name} {it:.2} s"));
        shown.collect::<Vec<_>>().join(", ")
    }

    /// Ends the switch, and reads what it has written.
    pub(crate) fn closed(mut self) -> Book {
        self.stop();
        Book::read(&self.folder.path().join("switch.db"))
    }

    fn stop(&mut self) {
        let process = Pid::from_raw(self.switch.id().try_into().unwrap());
        let _ = kill(process, Signal::SIGTERM);
        let _ = self.switch.wait();
    }
}

impl Drop for Center {
    fn drop(&mut self) {
        self.stop();
    }
}

fn people(agents: u32) -> String {
    let mut settings = format!(
        "\n[[center.number]]\ndialed = \"{NUMBER}\"\nqueue = \"general\"\nlanguage = \"ko\"\n"
    );
    for agent in 1..=agents {
        let account = account(agent);
        write!(
            settings,
            "\n[[center.agent]]\nid = {agent}\naccount = \"{account}\"\nqueues = [\"general\"]\n\
             languages = [\"ko\"]\nready_when_registered = true\n"
        )
        .unwrap();
    }
    settings
}

/// `HA1` of RFC 7616 §3.4.2.
fn accounts(agents: u32) -> String {
    let line = |agent| {
        let name = account(agent);
        let text = format!("{name}:{REALM}:{}", password(agent));
        let sha256 = hexadecimal(&Sha256::digest(&text));
        format!("{name}:{sha256}:{}\n", hexadecimal(&Md5::digest(&text)))
    };
    (1..=agents).map(line).collect()
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|it| format!("{it:02x}")).collect()
}

fn opened(told: &Path, log: &Path) -> SocketAddr {
    let given_up = Instant::now() + OPENS_WITHIN;
    loop {
        if let Ok(addresses) = fs::read_to_string(told) {
            return addresses.lines().next().unwrap().parse().unwrap();
        }
        let said = || fs::read_to_string(log).unwrap_or_default();
        assert!(Instant::now() < given_up, "it does not open: {}", said());
        thread::sleep(LOOKS_EVERY);
    }
}
