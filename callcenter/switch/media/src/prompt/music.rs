//! Music on hold: from a folder of WAV files, or made up.

use std::{f64::consts::TAU, fs, path::Path};

use crate::{
    codec::SAMPLE_RATE,
    prompt::{Prompt, PromptError},
};

/// What a folder of music is refused for.
#[derive(Debug, thiserror::Error)]
pub enum MusicError {
    #[error("the folder of music cannot be read")]
    Folder(#[source] std::io::Error),
    #[error("there is no WAV file in the folder of music")]
    Empty,
    #[error(transparent)]
    Prompt(#[from] PromptError),
}

/// Seconds of each chord.
const CHORD_SECONDS: f64 = 2.0;
/// Notes that are broken into, one after the other, for each chord.
const CHORDS: [[f64; 4]; 8] = [
    [261.63, 329.63, 392.00, 523.25],
    [220.00, 261.63, 329.63, 440.00],
    [174.61, 220.00, 261.63, 349.23],
    [196.00, 246.94, 293.66, 392.00],
    [261.63, 329.63, 392.00, 659.26],
    [220.00, 261.63, 329.63, 523.25],
    [174.61, 261.63, 349.23, 440.00],
    [196.00, 293.66, 392.00, 493.88],
];
/// About −26 dB below overload together: quieter than a voice.
const LOUDNESS: f64 = 1_800.0;
/// Seconds in which a note dies away to a third.
const DECAY: f64 = 0.9;

/// Broken chords of nobody's composition, sixteen seconds that join themselves.
///
/// # Errors
/// Never: its length is fixed.
pub fn generated() -> Result<Prompt, PromptError> {
    let rate = f64::from(SAMPLE_RATE);
    let length = (CHORD_SECONDS * rate) as usize * CHORDS.len();
    let mut sum = vec![0.0; length];
    let notes = CHORDS.iter().flatten().enumerate();
    for (place, hertz) in notes {
        let begin = (place as f64 * CHORD_SECONDS * rate / 4.0) as usize;
        for index in 0..(2.0 * CHORD_SECONDS * rate) as usize {
            let time = index as f64 / rate;
            let attack = (time / 0.02).min(1.0);
            let tone = (time * hertz * TAU).sin() + 0.3 * (time * hertz * 2.0 * TAU).sin();
            // What sounds beyond the end sounds at the beginning.
            if let Some(sample) = sum.get_mut((begin + index) % length) {
                *sample += attack * (-time / DECAY).exp() * tone * LOUDNESS;
            }
        }
    }
    Prompt::new(sum.into_iter().map(|sample| sample as i16).collect())
}

/// All WAV files of a folder, by name, one after the other; ten minutes at the most.
///
/// # Errors
/// When the folder cannot be read, is empty, or a file is not as a prompt must be.
pub fn from_folder(folder: &Path) -> Result<Prompt, MusicError> {
    let entries = fs::read_dir(folder).map_err(MusicError::Folder)?;
    let files: Result<Vec<_>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut files = files.map_err(MusicError::Folder)?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("wav"))
    });
    files.sort();
    if files.is_empty() {
        return Err(MusicError::Empty);
    }
    let mut samples = Vec::new();
    for file in files {
        samples.extend_from_slice(&Prompt::from_wav_file(&file)?.0);
    }
    Ok(Prompt::new(samples)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::mixing::Level;

    #[test]
    fn what_is_made_up_is_quiet_never_overloaded_and_joins_itself() {
        let music = generated().unwrap();
        let samples = &music.0;

        let level = Level::of(samples).dbov();
        assert!((-32.0..-20.0).contains(&level), "{level}");
        assert!(samples.iter().all(|sample| sample.abs() < 20_000));
        let seam = i32::from(samples[samples.len() - 1]) - i32::from(samples[0]);
        let steps = samples
            .windows(2)
            .map(|pair| (i32::from(pair[1]) - i32::from(pair[0])).abs());
        assert!(seam.abs() <= steps.max().unwrap());
        assert!(
            samples
                .chunks(8_000)
                .all(|second| !Level::of(second).is_silent())
        );
    }

    #[test]
    fn files_of_a_folder_follow_each_other_by_name() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(from_folder(folder.path()), Err(MusicError::Empty)));
        for (name, sample) in [("2.wav", 2), ("1.WAV", 1), ("notes.txt", 9)] {
            let prompt = Prompt::new(vec![sample; 10]).unwrap();
            fs::write(folder.path().join(name), prompt.to_wav().unwrap()).unwrap();
        }

        let music = from_folder(folder.path()).unwrap();

        assert_eq!(music.0[..], [[1; 10], [2; 10]].concat());
    }
}
