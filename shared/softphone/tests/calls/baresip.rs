//! baresip as the other end: each sends a tone of its own and keeps what it hears.
//! It refuses the loopback interface, so the test runs in a network of its own.

use std::{
    f64::consts::TAU,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Where baresip is called.
pub(crate) const THERE: &str = "10.98.0.2";
pub(crate) const HERE: &str = "10.98.0.1";
/// Says that the test is in its network.
const WITHIN: &str = "MINWON_WITHIN_NETWORK";
const ITS_TONE: f64 = 1_100.0;
const OUR_TONE: f64 = 700.0;

/// Runs a test of this program again, in a network without a way out. Answers
/// whether it is there already.
pub(crate) fn is_within_a_network(test: &str) -> bool {
    if std::env::var_os(WITHIN).is_some() {
        return true;
    }
    let name = format!("minwon-phone-{}", std::process::id());
    run(&["ip", "netns", "add", &name]);
    let inside = |words: &[&str]| run(&[&["ip", "-n", &name], words].concat());
    inside(&["link", "add", "v0", "type", "veth", "peer", "name", "v1"]);
    for link in ["lo", "v0", "v1"] {
        inside(&["link", "set", link, "up"]);
    }
    for host in [HERE, THERE] {
        inside(&["addr", "add", &format!("{host}/24"), "dev", "v0"]);
    }
    let program = std::env::current_exe().unwrap();
    let status = Command::new("ip")
        .args(["netns", "exec", &name])
        .arg(program)
        .args(["--exact", test, "--include-ignored", "--nocapture"])
        .env(WITHIN, "yes")
        .status();
    run(&["ip", "netns", "del", &name]);
    assert!(status.unwrap().success(), "{test} failed in its network");
    false
}

/// A telephone that answers by itself.
pub(crate) struct Baresip {
    child: Child,
    folder: tempfile::TempDir,
}

impl Baresip {
    pub(crate) fn answers() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_str().unwrap();
        write_tone(&folder.path().join("tone.wav"), ITS_TONE, 8_000);
        let config = format!(
            "module_path /usr/lib/baresip/modules\n\
             module g711.so\nmodule aufile.so\nmodule sndfile.so\n\
             module_app account.so\nmodule_app menu.so\n\
             audio_player aufile,{here}/played.wav\n\
             audio_source aufile,{here}/tone.wav\n\
             audio_alert aufile,{here}/alert.wav\n\
             net_interface v0\nsip_listen {THERE}:5060\nsnd_path {here}\n"
        );
        fs::write(folder.path().join("config"), config).unwrap();
        let account = format!("<sip:110@{THERE}>;regint=0;answermode=auto\n");
        fs::write(folder.path().join("accounts"), account).unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = Command::new("baresip")
            .args(["-f", here])
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("baresip must be there (Debian: baresip-core)");
        Self { child, folder }
    }

    /// Ends it; answers the shares of our tone and of its own in what it heard.
    pub(crate) fn heard(mut self) -> [f64; 2] {
        run(&["kill", &self.child.id().to_string()]);
        let _ = self.child.wait();
        let files = fs::read_dir(self.folder.path()).unwrap();
        let is_heard = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with("dump-") && name.ends_with("-dec.wav")
        };
        let mut files = files.map(|it| it.unwrap().path());
        let file = files.find(is_heard);
        let said = fs::read_to_string(self.folder.path().join("log"));
        let file = file.unwrap_or_else(|| panic!("it heard nothing: {said:?}"));
        shares(&file, [OUR_TONE, ITS_TONE])
    }
}

/// A microphone: our tone, at a sound card's rate.
pub(crate) fn microphone(folder: &Path) -> PathBuf {
    let file = folder.join("microphone.wav");
    write_tone(&file, OUR_TONE, 48_000);
    file
}

/// The shares of its tone and of ours in what we heard.
pub(crate) fn heard_here(file: &Path) -> [f64; 2] {
    shares(file, [ITS_TONE, OUR_TONE])
}

/// The shares of two tones in the last three seconds of a file at 8 kHz.
fn shares(file: &Path, tones: [f64; 2]) -> [f64; 2] {
    let mut reader = hound::WavReader::open(file).unwrap();
    assert_eq!(reader.spec().sample_rate, 8_000);
    let samples: Vec<f64> = reader
        .samples::<i16>()
        .map(|it| f64::from(it.unwrap()))
        .collect();
    assert!(samples.len() > 4 * 8_000, "{} samples", samples.len());
    // Without the end, where one of them has gone.
    let end = samples.len() - 4_000;
    let samples = &samples[end - 3 * 8_000..end];
    let all: f64 = samples.iter().map(|it| it * it).sum();
    tones.map(|tone| {
        let (mut cosine, mut sine) = (0.0, 0.0);
        for (place, sample) in samples.iter().enumerate() {
            let angle = TAU * tone * place as f64 / 8_000.0;
            cosine += sample * angle.cos();
            sine += sample * angle.sin();
        }
        2.0 * (cosine * cosine + sine * sine) / (samples.len() as f64 * all)
    })
}

fn write_tone(file: &Path, tone: f64, rate: u32) {
    let form = hound::WavSpec {
        channels: 1,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(file, form).unwrap();
    for place in 0..20 * rate {
        let angle = TAU * tone * f64::from(place) / f64::from(rate);
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
