//! Hears what the kiosk asks, in a thread of its own: libfprint blocks.

use std::{
    io::Read,
    process,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
    time::Instant,
};

use fingerprint::{Answer, Collector, Failure, Question};
use zeroize::Zeroize;

use crate::{attending::answer, library};

/// The place of the last cancellation among all questions.
static CANCELLED: AtomicU64 = AtomicU64::new(0);

/// A question's place among all.
pub(crate) type Place = u64;

pub(crate) struct Listening {
    questions: Receiver<(Place, Question)>,
}

/// Begins to listen; at the end of what can be heard the process ends.
pub(crate) fn begin() -> Listening {
    let (sender, questions) = channel();
    let listener = thread::Builder::new().name("questions".to_owned());
    if listener.spawn(move || listen(&sender)).is_err() {
        process::exit(1);
    }
    Listening { questions }
}

impl Listening {
    pub(crate) fn next(&mut self) -> Option<(Place, Question)> {
        match self.questions.try_recv() {
            Ok(asked) => Some(asked),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => process::exit(0),
        }
    }

    /// While there is no reader nothing can be done.
    pub(crate) fn refuse_until(&mut self, end: Instant) {
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok((_, question)) = self.questions.recv_timeout(left) else {
                return;
            };
            match question {
                Question::Import(_) => answer(&Answer::Refused),
                Question::Match(errand) | Question::Read(errand) => {
                    answer(&Answer::Failed(errand, Failure::Device));
                }
                Question::Cancel | Question::End => {}
            }
        }
    }
}

/// Whether what was asked at this place is not wanted any more.
pub(crate) fn is_cancelled(place: Place) -> bool {
    CANCELLED.load(Ordering::SeqCst) > place
}

fn listen(questions: &Sender<(Place, Question)>) {
    let mut input = std::io::stdin().lock();
    let mut collector = Collector::default();
    let mut bytes = [0; 4096];
    let mut place = 0;
    loop {
        let count = match input.read(&mut bytes) {
            Ok(0) | Err(_) => process::exit(0),
            Ok(count) => count,
        };
        collector.push(&bytes[..count]);
        bytes[..count].zeroize();
        loop {
            let message = match collector.message() {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(_) => process::exit(1),
            };
            place += 1;
            match Question::from_message(&message) {
                None => process::exit(1),
                // Whatever libfprint is doing just now.
                Some(Question::End) => process::exit(0),
                Some(Question::Cancel) => {
                    CANCELLED.store(place, Ordering::SeqCst);
                    library::cancel_before(place);
                }
                Some(question) => {
                    if questions.send((place, question)).is_err() {
                        process::exit(0);
                    }
                    library::wake();
                }
            }
        }
    }
}
