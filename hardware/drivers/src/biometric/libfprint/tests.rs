//! The reader's driver in virtual time, with a process that says whatever a test wants.

#![allow(clippy::unwrap_used)]

use fingerprint::{Minutia, View};
use proptest::prelude::*;

use super::*;

const PATIENCE: Duration = Duration::from_secs(30);
const READY: BiometricEvent = BiometricEvent::Status(BiometricStatus {
    state: DeviceState::Ready,
    fault: None,
});

struct Stand {
    driver: LibfprintReader,
    now: Instant,
    asked: Vec<Question>,
    told: Vec<BiometricEvent>,
    hung_up: bool,
}

impl Stand {
    fn ready() -> Self {
        let mut stand = Self {
            driver: LibfprintReader::new(PATIENCE),
            now: Instant::now(),
            asked: Vec::new(),
            told: Vec::new(),
            hung_up: false,
        };
        stand.give(Input::Connected);
        stand.say(&Answer::Reader);
        assert_eq!(stand.told.pop(), Some(READY));
        stand.told.clear();
        stand
    }

    fn give(&mut self, input: Input<BiometricOrder>) {
        self.driver.handle(input, self.now);
        self.settle();
    }

    fn order(&mut self, order: BiometricOrder) {
        self.give(Input::Order(order));
    }

    fn say(&mut self, answer: &Answer) {
        self.give(Input::Wire(answer.to_frame().to_vec()));
    }

    fn settle(&mut self) {
        while let Some(output) = self.driver.poll_output() {
            match output {
                Output::Wire(bytes) => {
                    let mut collector = Collector::default();
                    collector.push(&bytes);
                    let message = collector.message().unwrap().unwrap();
                    self.asked.push(Question::from_message(&message).unwrap());
                }
                Output::Tell(event) => self.told.push(event),
                Output::HangUp => {
                    self.hung_up = true;
                    self.driver.handle(Input::HungUp, self.now);
                }
            }
        }
    }

    /// The next timeout that is due within so long.
    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.driver.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.driver.handle_timeout(self.now);
            self.settle();
        }
        self.now = end;
    }

    fn told(&mut self) -> Vec<BiometricEvent> {
        std::mem::take(&mut self.told)
    }
}

fn template() -> Template {
    let view: View = (0..20_u8)
        .map(|angle| Minutia { x: 7, y: 9, angle })
        .collect();
    let record = Views::new(vec![view]).unwrap().to_record();
    Template(Personal::new(record.to_vec()))
}

fn status(state: DeviceState, fault: Option<BiometricFault>) -> BiometricEvent {
    BiometricEvent::Status(BiometricStatus { state, fault })
}

#[test]
fn bad_looks_lengthen_nobodys_wait() {
    let mut stand = Stand::ready();
    stand.order(BiometricOrder::Match);
    for _ in 0..29 {
        stand.say(&Answer::Wanted(1));
        stand.pass(Duration::from_secs(1));
        stand.say(&Answer::Unusable(1, Hint::Faint));
    }
    stand.told();
    stand.pass(Duration::from_secs(1));

    let timed_out = BiometricEvent::Failed(ReadFault::TimedOut);
    assert_eq!(stand.told(), [timed_out]);
    assert!(stand.asked.last() == Some(&Question::Cancel));
    stand.say(&Answer::Cancelled(1));
    stand.pass(PATIENCE);
    assert!(!stand.hung_up);
}

#[test]
fn who_does_not_say_that_it_waits_is_ended() {
    let mut stand = Stand::ready();
    stand.order(BiometricOrder::Match);
    stand.pass(ANSWER);

    assert!(stand.hung_up);
    assert_eq!(
        stand.told(),
        [
            BiometricEvent::Failed(ReadFault::NoAnswer),
            status(DeviceState::Faulted, Some(BiometricFault::NoAnswer)),
            BiometricEvent::DataCleared,
            status(DeviceState::Absent, Some(BiometricFault::NoAnswer)),
        ]
    );
}

#[test]
fn who_does_not_stop_looking_is_ended() {
    let mut stand = Stand::ready();
    stand.order(BiometricOrder::Read);
    stand.say(&Answer::Wanted(1));
    stand.say(&Answer::Detected(1));
    stand.order(BiometricOrder::Cancel);
    stand.told();
    stand.pass(ENDING);

    assert!(stand.hung_up);
    assert_eq!(
        stand.told(),
        [
            status(DeviceState::Faulted, Some(BiometricFault::NoAnswer)),
            BiometricEvent::DataCleared,
            status(DeviceState::Absent, Some(BiometricFault::NoAnswer)),
        ]
    );
}

#[test]
fn cleared_is_told_when_the_process_has_ended_and_not_before() {
    let mut stand = Stand::ready();
    stand.order(BiometricOrder::Import(template()));
    stand.say(&Answer::Imported);
    stand.order(BiometricOrder::Match);
    stand.say(&Answer::Wanted(1));
    stand.told();
    stand.order(BiometricOrder::Clear);
    // What it was just about to say is about a finger that is forgotten.
    stand.say(&Answer::Matched(1));

    assert_eq!(stand.told(), [status(DeviceState::Starting, None)]);
    assert!(stand.asked.last() == Some(&Question::End));
    stand.give(Input::HungUp);
    assert_eq!(stand.told(), [BiometricEvent::DataCleared]);
}

#[test]
fn who_does_not_end_is_ended() {
    let mut stand = Stand::ready();
    stand.order(BiometricOrder::Import(template()));
    stand.say(&Answer::Imported);
    stand.order(BiometricOrder::Clear);
    stand.pass(ENDING);

    assert!(stand.hung_up);
    assert!(stand.told().contains(&BiometricEvent::DataCleared));
}

#[test]
fn an_answer_to_an_earlier_question_is_nobodys() {
    let mut stand = Stand::ready();
    stand.order(BiometricOrder::Match);
    stand.say(&Answer::Wanted(1));
    stand.order(BiometricOrder::Match);
    stand.told();
    stand.say(&Answer::Matched(1));
    stand.say(&Answer::Cancelled(1));
    assert_eq!(stand.told(), []);

    stand.say(&Answer::Wanted(2));
    stand.say(&Answer::NotMatched(2));
    let compared = BiometricEvent::Compared(Verdict::NotMatched);
    assert_eq!(stand.told(), [BiometricEvent::PresentSubject, compared]);
}

proptest! {
    /// Whatever it says, in pieces of any size: a finger is looked at once for each order.
    #[test]
    fn noise_is_no_match(
        noise in prop::collection::vec(any::<u8>(), 0..400),
        size in 1..40_usize,
        errands in prop::collection::vec(0..4_u32, 0..12),
    ) {
        let mut stand = Stand::ready();
        stand.order(BiometricOrder::Match);
        for errand in errands {
            stand.say(&Answer::NotMatched(errand));
            stand.say(&Answer::Stage(errand, 9, 1));
        }
        for piece in noise.chunks(size) {
            stand.give(Input::Wire(piece.to_vec()));
        }
        stand.pass(PATIENCE + ANSWER);
        let told = stand.told();
        let is_end = |it: &&BiometricEvent| {
            matches!(it, BiometricEvent::Compared(_) | BiometricEvent::Failed(_))
        };
        prop_assert_eq!(told.iter().filter(is_end).count(), 1);
        let matched = BiometricEvent::Compared(Verdict::Matched);
        prop_assert!(!told.contains(&matched));
    }
}
