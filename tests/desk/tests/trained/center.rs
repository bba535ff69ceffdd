//! The center of one agent: the real switch, a certificate for the desk, and the
//! files that are its telephone's devices.

use std::{
    fmt::Write,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use identity::{Credentials, LineAuthority, Party};
use media::{codec::SAMPLE_RATE, prompt::Prompt};
use privacy::Personal;
use request::{StationId, Timestamp};
use switch::{Settings, Switch, passphrases::Passphrases};
use tokio::runtime::Runtime;

use crate::booth::{STATION, TUESDAY_10_00};

pub(crate) const PASSPHRASE: &str = "blue kite over narae";
/// The desk's clock stands still in the past and the switch's is the machine's: both
/// must find the certificates good.
const TEN_YEARS: Duration = Duration::from_hours(24 * 3_650);
/// Nobody who speaks is quieter: a hundredth of full scale.
const SPEECH: i16 = 327;

const SETTINGS: &str = r#"
station = "switch-1"
journal = "switch.db"
keep_calls_days = 90

[lines]
udp = "127.0.0.1:0"
realm = "minwon"
accounts = "accounts"

[sound]
address = "127.88.3.1"
first_port = 23000
last_port = 23099

[voice]
cache = "@VOICE@"

[desks]
listen = "127.0.0.1:0"
credentials = "credentials"
stations = ["desk-1"]

[[center.number]]
dialed = "110"
queue = "general"
language = "ko"

[[center.agent]]
id = 1
account = "agent-1"
queues = ["general"]
languages = ["ko"]

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

pub(crate) struct Center {
    folder: tempfile::TempDir,
    calls: SocketAddr,
    desks: SocketAddr,
    _runtime: Runtime,
}

impl Center {
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let now = Timestamp::from_millis(TUESDAY_10_00);
        let authority = LineAuthority::open(at, now).unwrap();
        let write = |name: &str, issued: &identity::Issued| {
            Credentials::write(&at.join(name), issued, authority.certificate_pem()).unwrap();
        };
        let names = ["127.0.0.1".to_owned()];
        write(
            "credentials",
            &authority.issue_switch(&names, now, TEN_YEARS).unwrap(),
        );
        let party = Party::Station(StationId::new(STATION));
        write("desk", &authority.issue(&party, now, TEN_YEARS).unwrap());
        let voice = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
        let file = at.join("switch.toml");
        fs::write(&file, SETTINGS.replace("@VOICE@", voice.to_str().unwrap())).unwrap();
        fs::write(at.join("accounts"), "").unwrap();
        fs::write(at.join("agent.wav"), agents_voice()).unwrap();

        let settings = Settings::read(&file).unwrap();
        let passphrase = Personal::new(PASSPHRASE.to_owned());
        let passphrases = Passphrases::new(settings.passphrases.clone());
        passphrases.set("agent-1", &passphrase).unwrap();
        let runtime = Runtime::new().unwrap();
        let (switch, ears) = runtime.block_on(Switch::open(settings)).unwrap();
        let (calls, desks) = (
            switch.udp_address().unwrap(),
            switch.desks_address().unwrap(),
        );
        runtime.spawn(switch.run(ears));
        Self {
            folder,
            calls,
            desks,
            _runtime: runtime,
        }
    }

    /// Where callers call.
    pub(crate) fn calls(&self) -> SocketAddr {
        self.calls
    }

    /// What a desk's settings say of it.
    pub(crate) fn line_of_a_desk(&self) -> String {
        let mut text = String::new();
        writeln!(text, "[switch]\naddress = \"{}\"", self.desks).unwrap();
        writeln!(text, "credentials = {:?}", self.file("desk")).unwrap();
        writeln!(
            text,
            "[sound.microphone]\nfile = {:?}",
            self.file("agent.wav")
        )
        .unwrap();
        writeln!(
            text,
            "[sound.loudspeaker]\nfile = {:?}",
            self.file("heard.wav")
        )
        .unwrap();
        text
    }

    /// Whether somebody spoke to the agent for a second at the least.
    pub(crate) fn agent_heard_speech(&self) -> bool {
        let heard = hound::WavReader::open(self.file("heard.wav")).unwrap();
        let samples = heard.into_samples::<i16>().map(Result::unwrap);
        let loud = samples.filter(|it| it.saturating_abs() > SPEECH);
        loud.count() > SAMPLE_RATE as usize
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// He speaks for a second and listens for seven, over and over.
fn agents_voice() -> Vec<u8> {
    let sample = |place: u32| {
        let turn = std::f32::consts::TAU * 300.0 / SAMPLE_RATE as f32;
        ((turn * place as f32).sin() * 8_000.0) as i16
    };
    let spoken: Vec<i16> = (0..SAMPLE_RATE).map(sample).collect();
    let silence = vec![0; 7 * SAMPLE_RATE as usize];
    let voice = Prompt::new([spoken, silence].concat()).unwrap();
    voice.to_wav().unwrap()
}
