//! What a simulated caller hears: when the agent speaks, and when it is his turn.

use std::time::{Duration, Instant};

/// In dB below overload: quieter is a room, louder somebody who speaks into it.
const SPEECH_DBOV: f64 = -45.0;
/// A cough is no sentence.
const SENTENCE_LEAST: Duration = Duration::from_millis(400);
/// Between two words nobody is interrupted.
const PAUSE: Duration = Duration::from_millis(900);

/// Somebody who waits for his turn, told of levels five times a second.
#[derive(Debug, Default)]
pub struct Listening {
    /// Since when the agent speaks, and when he was heard last.
    heard: Option<(Instant, Instant)>,
}

/// What was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Speaks,
    /// He has spoken for so long, and waits.
    Turn(Duration),
}

impl Listening {
    /// A level in dB below overload (−127: nothing).
    pub fn handle(&mut self, level: f64, now: Instant) -> Option<Heard> {
        if level > SPEECH_DBOV {
            let since = self.heard.map_or(now, |(since, _)| since);
            self.heard = Some((since, now));
            return Some(Heard::Speaks);
        }
        let (since, last) = self.heard?;
        if now.duration_since(last) < PAUSE {
            return None;
        }
        self.heard = None;
        let spoken = last.duration_since(since);
        (spoken >= SENTENCE_LEAST).then_some(Heard::Turn(spoken))
    }

    /// What was heard until now is answered.
    pub fn forget(&mut self) {
        self.heard = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: Duration = Duration::from_millis(200);
    const LOUD: f64 = -20.0;
    const QUIET: f64 = -127.0;

    fn hear(levels: &[(f64, u32)]) -> Vec<Heard> {
        let (mut listening, mut now) = (Listening::default(), Instant::now());
        let mut heard = Vec::new();
        for (level, times) in levels {
            for _ in 0..*times {
                now += TICK;
                heard.extend(listening.handle(*level, now));
            }
        }
        heard.retain(|it| *it != Heard::Speaks);
        heard
    }

    #[test]
    fn a_turn_comes_after_a_sentence_and_a_pause_and_once() {
        let heard = hear(&[(QUIET, 5), (LOUD, 6), (QUIET, 20)]);

        assert_eq!(heard, [Heard::Turn(5 * TICK)]);
    }

    #[test]
    fn a_cough_and_the_gap_between_two_words_give_no_turn() {
        assert_eq!(hear(&[(LOUD, 2), (QUIET, 20)]), []);
        let heard = hear(&[(LOUD, 4), (QUIET, 3), (LOUD, 4), (QUIET, 10)]);
        assert_eq!(heard, [Heard::Turn(10 * TICK)]);
    }

    #[test]
    fn the_noise_of_a_room_is_no_speech() {
        assert_eq!(hear(&[(-50.0, 30), (QUIET, 10)]), []);
    }
}
