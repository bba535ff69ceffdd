//! The call centre of a story: the whole switch, and what agent and citizen say and hear.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use media::mixing::tone_share;
use tests::office::Office;

use crate::{
    booth::Booth,
    open_switch::{OpenSwitch, PASSPHRASE},
};

pub(crate) const AGENT: &str = "kim.2";
pub(crate) const CITIZENS_TONE: f64 = 700.0;
pub(crate) const AGENTS_TONE: f64 = 1_100.0;
/// By which stations reach it, and the roster lists it.
const NAME: &str = "127.0.0.1";
const RATE: u32 = 8_000;
/// Longer than a telephone takes to close its devices.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Center(OpenSwitch);

impl Center {
    /// Beside the office whose authority its stations have.
    pub(crate) fn open(office: &Office) -> Self {
        let folder = office.folder().join("center");
        fs::create_dir_all(&folder).unwrap();
        let (data, year) = (office.folder().join("data"), Duration::from_hours(24 * 365));
        let names = [NAME.to_owned()];
        let into = folder.join("credentials");
        let roster = office.folder().join("stations.toml");
        exchange::certify_switch(&data, &roster, &names, &into, office.clock(), year).unwrap();
        Self(OpenSwitch::of(&folder, AGENT, Some(office.clock())))
    }

    /// How a station finds it, and what it speaks and hears with.
    pub(crate) fn settings(&self, credentials: &Path, sound: &Sound) -> String {
        self.without_sound(credentials)
            + &format!(
                "[sound]\nmicrophone = {{ file = {:?} }}\nloudspeaker = {{ file = {:?} }}\n",
                sound.says, sound.hears
            )
    }

    /// The same where a telephone stands beside the station.
    pub(crate) fn without_sound(&self, credentials: &Path) -> String {
        let desks = self.0.desks;
        format!("[switch]\naddress = \"{desks}\"\ncredentials = {credentials:?}\n")
    }

    /// An agent of the center signs in at a desk.
    pub(crate) fn signs_in(booth: &mut Booth, agent: &str) {
        booth.click("상담사 이름");
        booth.type_text(agent);
        booth.click("암호");
        booth.type_text(PASSPHRASE);
        booth.press("Enter");
        booth.wait_for("the agent is signed in", |view| view.agent.is_some());
    }

    /// Nothing it has signed is believed at the exchange any more.
    pub(crate) fn is_struck_off(office: &Office) {
        let roster = office.folder().join("stations.toml");
        exchange::revoke_switch(&roster, NAME).unwrap();
    }

    /// The switch is gone at once.
    pub(crate) fn fails(&mut self) {
        self.0.fails();
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
