//! What callers answer after a talk, with a key from 1 to 5, and what of it is told.

use std::collections::BTreeMap;

use distributor::{CallId, QueueId};
use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::LocalDay;

/// So many callers' answers are told together. Told one by one, or of fewer, the
/// difference of two boards would say what somebody has pressed.
const CALLERS_TOGETHER: usize = 5;

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

/// What callers of a queue have answered today, to all of its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    pub answers: u64,
    /// The mean answer, in hundredths.
    pub mean_hundredths: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    answers: u64,
    points: u64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.points += other.points;
    }

    fn opinion(self) -> Option<Opinion> {
        let mean_hundredths = (100 * self.points).checked_div(self.answers)?;
        Some(Opinion {
            answers: self.answers,
            mean_hundredths,
        })
    }
}

/// The callers of a queue on one day.
#[derive(Clone, Debug)]
struct OfQueue {
    day: LocalDay,
    told: Sum,
    callers: usize,
    untold: Sum,
}

/// Counts answers, and keeps those back that would tell of one caller.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opinions {
    /// Of callers who are still on the line.
    answering: BTreeMap<CallId, Sum>,
    queues: BTreeMap<QueueId, OfQueue>,
}

impl Opinions {
    pub(crate) fn answered(&mut self, call: CallId, answer: &Satisfaction) {
        let points = u64::from(u8::from(answer.clone()));
        let answers = 1;
        self.answering
            .entry(call)
            .or_default()
            .add(Sum { answers, points });
    }

    /// The caller answers nothing more; he was served in this queue.
    pub(crate) fn left(&mut self, call: CallId, queue: &QueueId, day: LocalDay) {
        let Some(sum) = self.answering.remove(&call) else {
            return;
        };
        let fresh = OfQueue {
            day,
            told: Sum::default(),
            callers: 0,
            untold: Sum::default(),
        };
        let of_queue = self.queues.entry(queue.clone()).or_insert(fresh.clone());
        if of_queue.day != day {
            *of_queue = fresh;
        }
        of_queue.untold.add(sum);
        of_queue.callers += 1;
        if of_queue.callers.is_multiple_of(CALLERS_TOGETHER) {
            of_queue.told.add(std::mem::take(&mut of_queue.untold));
        }
    }

    /// Those who are still answering.
    pub(crate) fn answering(&self) -> Vec<CallId> {
        self.answering.keys().copied().collect()
    }

    /// What is told of these queues, taken together.
    pub(crate) fn of<'a>(
        &self,
        queues: impl IntoIterator<Item = &'a QueueId>,
        day: LocalDay,
    ) -> Option<Opinion> {
        let mut sum = Sum::default();
        let of = queues.into_iter().filter_map(|it| self.queues.get(it));
        of.filter(|it| it.day == day)
            .for_each(|it| sum.add(it.told));
        sum.opinion()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use distributor::WallTime;

    use super::*;

    fn day() -> LocalDay {
        LocalDay::of(WallTime(1_795_480_200_000), 9 * 60)
    }

    fn queue() -> QueueId {
        QueueId("taxes".to_owned())
    }

    /// Each caller's keys.
    fn opinions(callers: &[&str]) -> Opinions {
        let mut opinions = Opinions::default();
        for (call, keys) in (1..).map(CallId).zip(callers) {
            for key in keys.chars() {
                let answer = Satisfaction::of_key(&Personal::new(key)).unwrap();
                opinions.answered(call, &answer);
            }
            opinions.left(call, &queue(), day());
        }
        opinions
    }

    fn told(callers: &[&str]) -> Option<(u64, u64)> {
        let told = opinions(callers).of([&queue()], day());
        told.map(|it| (it.answers, it.mean_hundredths))
    }

    #[test]
    fn answers_are_told_of_five_callers_together_and_never_of_fewer() {
        assert_eq!(told(&["55", "44", "33", "22"]), None);
        assert_eq!(told(&["55", "44", "33", "22", "1"]), Some((9, 322)));
        // The sixth would be known by the difference.
        assert_eq!(
            told(&["55", "44", "33", "22", "1", "5"]),
            told(&["55", "44", "33", "22", "1", "1"])
        );
        assert_eq!(told(&["5"; 10]), Some((10, 500)));
    }

    #[test]
    fn who_is_still_answering_is_not_told_of() {
        let mut opinions = opinions(&["5"; 4]);
        opinions.answered(CallId(9), &Satisfaction::try_from(1).unwrap());

        assert_eq!(opinions.of([&queue()], day()), None);
        assert_eq!(opinions.answering(), [CallId(9)]);
        opinions.left(CallId(9), &queue(), day());
        assert!(opinions.of([&queue()], day()).is_some());
    }

    #[test]
    fn every_day_and_every_queue_is_counted_for_itself() {
        let opinions = opinions(&["5"; 5]);

        assert_eq!(opinions.of([&queue()], day().plus(1)), None);
        assert_eq!(opinions.of([&QueueId("roads".to_owned())], day()), None);
    }

    #[test]
    fn other_keys_are_no_answer() {
        for key in ['0', '6', '#', '*'] {
            assert_eq!(Satisfaction::of_key(&Personal::new(key)), None);
        }
    }

    #[test]
    fn an_answer_is_written_as_its_number_and_read_as_nothing_else() {
        let answer = Satisfaction::try_from(4).unwrap();

        assert_eq!(serde_json::to_string(&answer).unwrap(), "4");
        assert_eq!(serde_json::from_str::<Satisfaction>("4").unwrap(), answer);
        assert!(serde_json::from_str::<Satisfaction>("6").is_err());
        assert!(!format!("{answer:?}").contains('4'));
    }
}
