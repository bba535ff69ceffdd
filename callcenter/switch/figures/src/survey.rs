//! What callers answer after a call, with a key from 1 to 5.

use distributor::{AgentId, CallId, WallTime};
use privacy::Personal;
use serde::{Deserialize, Serialize};

/// Of fewer answers no mean is told: it would say what one caller has pressed.
const ANSWERS_LEAST: usize = 5;

/// From 1, very bad, to 5, very good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Satisfaction(Personal<u8>);

/// No answer: another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer lies between 1 and 5")]
pub struct NoAnswer;

impl Satisfaction {
    /// The key a caller has pressed; another key is no answer.
    pub fn of_key(key: &Personal<char>) -> Option<Self> {
        let number = key.reveal().to_digit(10)?;
        u8::try_from(number).ok()?.try_into().ok()
    }
}

impl TryFrom<u8> for Satisfaction {
    type Error = NoAnswer;

    fn try_from(number: u8) -> Result<Self, NoAnswer> {
        match number {
            1..=5 => Ok(Self(Personal::new(number))),
            _ => Err(NoAnswer),
        }
    }
}

impl From<Satisfaction> for u8 {
    fn from(answer: Satisfaction) -> u8 {
        *answer.0.reveal()
    }
}

/// A caller's answer after the talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub call: CallId,
    pub agent: AgentId,
    pub at: WallTime,
    /// Which of the center's questions.
    pub question: String,
    pub answer: Satisfaction,
}

/// The mean answer in hundredths; `None` of too few.
pub fn satisfaction<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Option<u32> {
    let answers = answers
        .into_iter()
        .map(|it| u32::from(*it.answer.0.reveal()));
    let (count, sum) = answers.fold((0_usize, 0_u32), |(count, sum), it| (count + 1, sum + it));
    if count < ANSWERS_LEAST {
        return None;
    }
    (sum * 100).checked_div(u32::try_from(count).ok()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn answer(key: char) -> Answer {
        Answer {
            call: CallId(7),
            agent: AgentId(3),
            at: WallTime(1_795_480_200_000),
            question: "friendly".to_owned(),
            answer: Satisfaction::of_key(&Personal::new(key)).unwrap(),
        }
    }

    #[test]
    fn five_answers_have_a_mean_and_four_say_nothing() {
        let answers: Vec<Answer> = "54532".chars().map(answer).collect();

        assert_eq!(satisfaction(&answers), Some(380));
        assert_eq!(satisfaction(&answers[..4]), None);
    }

    #[test]
    fn other_keys_are_no_answer() {
        for key in ['0', '6', '#', '*'] {
            assert_eq!(Satisfaction::of_key(&Personal::new(key)), None);
        }
    }

    #[test]
    fn the_written_form_of_an_answer_stays_as_it_is() {
        let written = r#"{"call":7,"agent":3,"at":1795480200000,"question":"friendly","answer":4}"#;

        assert_eq!(serde_json::to_string(&answer('4')).unwrap(), written);
        assert_eq!(
            serde_json::from_str::<Answer>(written).unwrap(),
            answer('4')
        );
        let wrong = written.replace(":4}", ":6}");
        assert!(serde_json::from_str::<Answer>(&wrong).is_err());
    }
}
