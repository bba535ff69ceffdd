//! The call centre of a story: the whole switch, and what agent and citizen say and hear.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use media::mixing::tone_share;
use privacy::Personal;
use switch::{Settings, Switch, passphrases::Passphrases};
use tests::office::Office;
use tokio::runtime::Runtime;

pub(crate) const AGENT: &str = "kim.2";
pub(crate) const PASSPHRASE: &str = "blue kite over narae";
pub(crate) const CITIZENS_TONE: f64 = 700.0;
pub(crate) const AGENTS_TONE: f64 = 1_100.0;
const RATE: u32 = 8_000;
/// Longer than a telephone takes to close its devices.
const PATIENCE: Duration = Duration::from_secs(20);

const SETTINGS: &str = r#"
station = "switch-1"
journal = "switch.db"
keep_calls_days = 90
lines = { udp = "127.0.0.1:0", realm = "minwon", accounts = "accounts" }
sound = { address = "127.0.0.1", first_port = 23000, last_port = 23099 }
voice = { cache = "@VOICE@" }

[desks]
listen = "127.0.0.1:0"
credentials = "credentials"
stations = ["desk-1"]
kiosks = ["gaon-1"]

[[center.number]]
dialed = "110"
queue = "general"
language = "ko"

[[center.agent]]
id = 2
account = "kim.2"
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
wrap_up_seconds = 0
wrap_up_longest_seconds = 300
service_level_seconds = 20
longest_wait_seconds = 300
overflow = "callback"
announce_every_seconds = 600
priority_step_seconds = 60
misses_before_break = 3
"#;

pub(crate) struct Center {
    runtime: Option<Runtime>,
    desks: SocketAddr,
}

impl Center {
    /// Beside the office whose authority its stations have.
    pub(crate) fn open(office: &Office) -> Self {
        let folder = office.folder().join("center");
        fs::create_dir_all(&folder).unwrap();
        let (data, year) = (office.folder().join("data"), Duration::from_hours(24 * 365));
        let names = ["127.0.0.1".to_owned()];
        let into = folder.join("credentials");
        let roster = office.folder().join("stations.toml");
        exchange::certify_switch(&data, &roster, &names, &into, office.clock(), year).unwrap();
        // Spoken once for all tests.
        let voice = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
        let file = folder.join("switch.toml");
        let settings = SETTINGS.replace("@VOICE@", voice.to_str().unwrap());
        fs::write(&file, settings).unwrap();
        fs::write(folder.join("accounts"), "").unwrap();
        let mut settings = Settings::read(&file).unwrap();
        let desks = settings.desks.as_mut().unwrap();
        desks.clock_starts_at = Some(office.clock());
        let agents = Passphrases::new(settings.passphrases.clone());
        agents
            .set(AGENT, &Personal::new(PASSPHRASE.to_owned()))
            .unwrap();
        let runtime = Runtime::new().unwrap();
        let (switch, ears) = runtime.block_on(Switch::open(settings)).unwrap();
        let desks = switch.desks_address().unwrap();
        runtime.spawn(switch.run(ears));
        Self {
            runtime: Some(runtime),
            desks,
        }
    }

    /// How a station finds it, and what it speaks and hears with.
    pub(crate) fn settings(&self, credentials: &Path, sound: &Sound) -> String {
        format!(
            "[switch]\naddress = \"{}\"\ncredentials = {credentials:?}\n\
             [sound]\nmicrophone = {{ file = {:?} }}\nloudspeaker = {{ file = {:?} }}\n",
            self.desks, sound.says, sound.hears
        )
    }

    /// The switch is gone at once.
    pub(crate) fn fails(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Center {
    fn drop(&mut self) {
        self.fails();
    }
}

/// A person's mouth and ear, as files.
pub(crate) struct Sound {
    says: PathBuf,
    hears: PathBuf,
}

impl Sound {
    /// Somebody who says this tone all the time.
    pub(crate) fn of(folder: &Path, who: &str, hertz: f64) -> Self {
        let sound = Self {
            says: folder.join(format!("{who}-says.wav")),
            hears: folder.join(format!("{who}-hears.wav")),
        };
        let form = hound::WavSpec {
            channels: 1,
            sample_rate: RATE,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&sound.says, form).unwrap();
        for place in 0..RATE {
            let angle = std::f64::consts::TAU * hertz * f64::from(place) / f64::from(RATE);
            #[allow(
                clippy::cast_possible_truncation,
                reason = "within 16 bits by its factor"
            )]
            writer.write_sample((6_000.0 * angle.sin()) as i16).unwrap();
        }
        writer.finalize().unwrap();
        sound
    }

    /// What was heard in the last call: the shares of two tones in its last second,
    /// once the device is closed.
    pub(crate) fn heard(&self, tones: [f64; 2]) -> [f64; 2] {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let reader = hound::WavReader::open(&self.hears).ok();
            if let Some(reader) = reader.filter(|it| it.duration() > 0) {
                let samples: Vec<i16> = reader.into_samples().map(Result::unwrap).collect();
                // The last packets may hold what a call's end has left of them.
                let end = samples.len().saturating_sub(RATE as usize / 2);
                let last = &samples[end.saturating_sub(RATE as usize)..end];
                assert_eq!(last.len(), RATE as usize, "too little was heard");
                return tones.map(|hertz| tone_share(last, hertz));
            }
            assert!(Instant::now() < given_up, "{:?} is not written", self.hears);
            std::thread::yield_now();
        }
    }
}
