//! baresip as a caller and as an agent's telephone: each sends a tone of its own
//! and keeps what it hears. It refuses the loopback interface, so it gets a network.

use std::{
    f64::consts::TAU,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

pub(crate) const SWITCH: &str = "10.99.0.1";
const CALLER: &str = "10.99.0.2";
const AGENT: &str = "10.99.0.3";
const CALLERS_TONE: u32 = 700;
const AGENTS_TONE: u32 = 1_100;
const RATE: u32 = 8_000;
const TALK: Duration = Duration::from_secs(10);
const REGISTERS_WITHIN: Duration = Duration::from_secs(20);

/// A network without a way out, which is gone with the test.
pub(crate) struct Network {
    name: String,
}

pub(crate) struct Telephone {
    who: &'static str,
    child: Child,
    folder: tempfile::TempDir,
    hears: u32,
    sends: u32,
}

impl Network {
    pub(crate) fn open() -> Self {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let network = Self {
            name: format!("minwon-{}-{number}", std::process::id()),
        };
        run(&["ip", "netns", "add", &network.name]);
        let inside = |words: &[&str]| {
            run(&[&["ip", "-n", &network.name], words].concat());
        };
        inside(&["link", "add", "v0", "type", "veth", "peer", "name", "v1"]);
        for link in ["lo", "v0", "v1"] {
            inside(&["link", "set", link, "up"]);
        }
        for host in [SWITCH, CALLER, AGENT] {
            inside(&["addr", "add", &format!("{host}/24"), "dev", "v0"]);
        }
        network
    }

    /// How a command gets into it.
    pub(crate) fn within(&self) -> [&str; 4] {
        ["ip", "netns", "exec", &self.name]
    }

    /// An agent's telephone that answers by itself, registered at this URI's host.
    pub(crate) fn agent(&self, switch: &str) -> Telephone {
        let account = format!(
            "<sip:agent-1@{switch}>;auth_user=agent-1;auth_pass=secret-agent-1;regint=60;answermode=auto"
        );
        let telephone = self.telephone(
            "the agent",
            AGENT,
            &account,
            [AGENTS_TONE, CALLERS_TONE],
            &[],
        );
        let given_up = Instant::now() + REGISTERS_WITHIN;
        while !telephone.said().contains("200 OK") {
            assert!(
                Instant::now() < given_up,
                "not registered: {}",
                telephone.said()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        telephone
    }

    pub(crate) fn caller(&self, switch: &str) -> Telephone {
        let account = format!("<sip:01012345678@{CALLER}>;regint=0");
        let dial = format!("/dial sip:110@{switch}");
        let tones = [CALLERS_TONE, AGENTS_TONE];
        self.telephone("the caller", CALLER, &account, tones, &["-e", &dial])
    }

    fn telephone(
        &self,
        who: &'static str,
        host: &str,
        account: &str,
        [sends, hears]: [u32; 2],
        arguments: &[&str],
    ) -> Telephone {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_str().unwrap();
        write_tone(&folder.path().join("tone.wav"), sends);
        let config = format!(
            "module_path /usr/lib/baresip/modules\n\
             module g711.so\nmodule aufile.so\nmodule sndfile.so\n\
             module_app account.so\nmodule_app menu.so\n\
             audio_player aufile,{here}/played.wav\n\
             audio_source aufile,{here}/tone.wav\n\
             audio_alert aufile,{here}/alert.wav\n\
             net_interface v0\nsip_listen {host}:5060\nsnd_path {here}\n"
        );
        fs::write(folder.path().join("config"), config).unwrap();
        fs::write(folder.path().join("accounts"), format!("{account}\n")).unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = Command::new("ip")
            .args(["netns", "exec", &self.name, "baresip", "-f", here])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("iproute2 must be there");
        Telephone {
            who,
            child,
            folder,
            hears,
            sends,
        }
    }

    /// What each hears in a talk: the other's tone and its own, as shares of all.
    pub(crate) fn after_ten_seconds(
        &self,
        telephones: [Telephone; 2],
    ) -> Vec<(&'static str, f64, f64)> {
        // A telephone's recording cannot be waited for otherwise.
        std::thread::sleep(TALK);
        telephones.into_iter().map(Telephone::heard).collect()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let _ = Command::new("ip")
            .args(["netns", "del", &self.name])
            .status();
    }
}

impl Telephone {
    fn said(&self) -> String {
        let said = fs::read(self.folder.path().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&said).into_owned()
    }

    fn heard(mut self) -> (&'static str, f64, f64) {
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
        let is_heard = |name: &str| name.starts_with("dump-") && name.ends_with("-dec.wav");
        let files = fs::read_dir(self.folder.path()).unwrap();
        let mut files = files.map(|it| it.unwrap().path());
        let file = files.find(|it| is_heard(it.file_name().unwrap().to_str().unwrap()));
        let file = file.unwrap_or_else(|| panic!("{} heard nothing: {}", self.who, self.said()));
        let samples: Vec<f64> = hound::WavReader::open(file)
            .unwrap()
            .into_samples::<i16>()
            .map(|it| f64::from(it.unwrap()))
            .collect();
        // The last five seconds: before, there was music and ringing.
        let from = samples.len().saturating_sub(5 * RATE as usize);
        let last = &samples[from..];
        assert!(
            last.len() >= 4 * RATE as usize,
            "{} heard too little",
            self.who
        );
        (self.who, share(last, self.hears), share(last, self.sends))
    }
}

/// The share of a tone in all that is heard, by its power.
fn share(samples: &[f64], tone: u32) -> f64 {
    let all: f64 = samples.iter().map(|it| it * it).sum();
    let (mut cosine, mut sine) = (0.0, 0.0);
    for (place, sample) in (0_u32..).zip(samples) {
        let angle = TAU * f64::from(tone) * f64::from(place) / f64::from(RATE);
        cosine += sample * angle.cos();
        sine += sample * angle.sin();
    }
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    2.0 * (cosine * cosine + sine * sine) / (count * all)
}

fn write_tone(file: &Path, tone: u32) {
    let form = hound::WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(file, form).unwrap();
    for place in 0..60 * RATE {
        let angle = TAU * f64::from(tone) * f64::from(place) / f64::from(RATE);
        #[allow(
            clippy::cast_possible_truncation,
            reason = "within 16 bits by its factor"
        )]
        writer.write_sample((9_000.0 * angle.sin()) as i16).unwrap();
    }
    writer.finalize().unwrap();
}

fn run(words: &[&str]) {
    let status = Command::new(words[0]).args(&words[1..]).status();
    assert!(
        status.is_ok_and(|it| it.success()),
        "{words:?} failed; root is needed"
    );
}
