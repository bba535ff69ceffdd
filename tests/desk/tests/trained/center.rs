//! The center of one agent: the real switch, a certificate for the desk, and the
//! files that are its telephone's devices.

use std::{
    fmt::Write,
    fs,
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, Instant},
};

use identity::{Credentials, LineAuthority, Party};
use media::{codec::SAMPLE_RATE, prompt::Prompt};
use request::{StationId, Timestamp};

use crate::{
    booth::{STATION, TUESDAY_10_00},
    open_switch::OpenSwitch,
};

pub(crate) const AGENT: &str = "agent-1";
/// The desk's clock stands still in the past and the switch's is the machine's: both
/// must find the certificates good.
const TEN_YEARS: Duration = Duration::from_hours(24 * 3_650);
/// A file that is not whole by then stays so.
const LAST_SOUND: Duration = Duration::from_secs(30);
/// Nobody who speaks is quieter: a hundredth of full scale.
const SPEECH: i16 = 327;

pub(crate) struct Center {
    folder: tempfile::TempDir,
    switch: OpenSwitch,
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
        fs::write(at.join("agent.wav"), agents_voice()).unwrap();
        Self {
            switch: OpenSwitch::of(at, AGENT, None),
            folder,
        }
    }

    /// Where callers call.
    pub(crate) fn calls(&self) -> SocketAddr {
        self.switch.calls
    }

    /// What a desk's settings say of it.
    pub(crate) fn line_of_a_desk(&self) -> String {
        let mut text = String::new();
        writeln!(text, "[switch]\naddress = \"{}\"", self.switch.desks).unwrap();
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

    /// Whether somebody spoke to the agent for a second at the least. The loudspeaker's
    /// file has its length only when the thread that plays has ended.
    pub(crate) fn agent_heard_speech(&self) -> bool {
        let given_up = Instant::now() + LAST_SOUND;
        loop {
            if self.loud_samples() > SAMPLE_RATE as usize {
                return true;
            }
            if Instant::now() > given_up {
                return false;
            }
            std::thread::yield_now();
        }
    }

    fn loud_samples(&self) -> usize {
        let Ok(heard) = hound::WavReader::open(self.file("heard.wav")) else {
            return 0;
        };
        let samples = heard.into_samples::<i16>().map_while(Result::ok);
        samples.filter(|it| it.saturating_abs() > SPEECH).count()
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
