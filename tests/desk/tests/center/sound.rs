//! What people of a story say and hear at their stations: files for devices.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use baresip::{Heard, PEAK, RATE, tone, write};
use media::mixing::Level;

pub(crate) const CITIZENS_TONE: f64 = 700.0;
pub(crate) const AGENTS_TONE: f64 = 1_100.0;
/// Longer than a telephone takes to close its devices.
const PATIENCE: Duration = Duration::from_secs(20);

/// A person's mouth and ear.
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
        sound.says_next(&tone(hertz, PEAK, Duration::from_secs(1), RATE));
        sound
    }

    /// Says this over and over in the next call.
    pub(crate) fn says_next(&self, samples: &[i16]) {
        write(&self.says, samples, RATE);
    }

    /// The section of a station's settings.
    pub(crate) fn settings(&self) -> String {
        format!(
            "[sound]\nmicrophone = {{ file = {:?} }}\nloudspeaker = {{ file = {:?} }}\n",
            self.says, self.hears
        )
    }

    /// What was heard in the last call, once the device is closed.
    pub(crate) fn heard(&self) -> Heard {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let reader = hound::WavReader::open(&self.hears).ok();
            if reader.is_some_and(|it| it.duration() > 0) {
                return Heard::read(&self.hears);
            }
            assert!(Instant::now() < given_up, "{:?} is not written", self.hears);
            std::thread::yield_now();
        }
    }
}

/// The citizen heard the agent, and no echo.
pub(crate) fn heard_the_agent(citizen: &Heard) {
    heard_the_other("the citizen", citizen, [AGENTS_TONE, CITIZENS_TONE]);
}

/// The agent heard the citizen, and no echo.
pub(crate) fn heard_the_citizen(agent: &Heard) {
    heard_the_other("the agent", agent, [CITIZENS_TONE, AGENTS_TONE]);
}

fn heard_the_other(who: &str, heard: &Heard, tones: [f64; 2]) {
    let [of_the_other, of_itself] = heard.shares(1, tones);
    eprintln!("{who} hears {of_the_other:.4} of the other and {of_itself:.6} of itself");
    assert!(of_the_other > 0.9, "{who} hears {of_the_other}");
    assert!(of_itself < 0.01, "{who} hears an echo: {of_itself}");
}

/// Nothing on the way has made it louder or softer.
pub(crate) fn is_as_loud_as_it_was_said(heard: &Heard) {
    let said = tone(CITIZENS_TONE, PEAK, Duration::from_secs(1), RATE);
    let (said, heard) = (Level::of(&said).dbov(), heard.level(1));
    eprintln!("said at {said:.1} dBov, heard at {heard:.1}");
    assert!((said - heard).abs() < 1.0, "{said} came as {heard}");
}
