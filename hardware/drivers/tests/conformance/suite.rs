//! The laws of all classes, and what a driver and its twin have to offer to be judged by
//! them.

use std::time::{Duration, Instant};

use crate::{mood::Mood, row::Row};

/// How a deed ended, as the driver told it. Units are the device's: sheets, won, cards read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// With evidence.
    Done { units: u32 },
    /// Proven: no more than so many, usually none.
    NotDone { units: u32, why: String },
    /// So many at most.
    Unknown { most: u32, why: String },
    /// Nothing was told; a reader waits for as long as it is wanted, and was told to stop.
    CalledOff,
}

/// A driver and its device.
pub(crate) trait Subject: Sized {
    const DRIVER: &'static str;
    /// Who else than we wrote something that has judged the driver or its twin.
    const JUDGE: &'static str;
    /// What a deed of a device that is well does.
    const UNITS: u32;

    /// Ready for the first citizen.
    fn open() -> Self;
    /// What has to come out; `None` where no device of this class comes into this mood.
    fn expected(mood: Mood) -> Option<&'static str>;
    fn fall_into(&mut self, mood: Mood);
    /// By a hand, never by starting the driver anew.
    fn recover(&mut self);
    /// The main deed of the class, to its end. It fails where there is none in time.
    fn deed(&mut self) -> Told;
    /// What was really done, as the device's own books say.
    fn books(&self) -> u32;
    /// Ends of deeds that were told so far.
    fn ends(&self) -> usize;
    /// What its status says now; nothing when it says that all is well.
    fn trouble(&self) -> Option<String>;
    /// What else hangs on the same line still serves.
    fn others_serve(&mut self) {}
}

/// One driver lives through all moods, each followed by a hand that helps and a deed that
/// succeeds. A cell is written when all of that was seen.
pub(crate) fn judge<S: Subject>() {
    let mut row = Row::begin(S::DRIVER, S::JUDGE);
    let mut subject = S::open();
    for mood in Mood::ALL {
        let Some(expected) = S::expected(mood) else {
            row.cannot(mood);
            continue;
        };
        let about = format!("{} {}", S::DRIVER, mood.name());
        let (books, ends) = (subject.books(), subject.ends());
        subject.fall_into(mood);
        let told = subject.deed();
        let done = subject.books() - books;
        assert_honest(&told, done, &about);
        let trouble = subject.trouble();
        subject.others_serve();

        subject.recover();
        // What was unknown may come to light; what was certain stays so.
        assert_honest(&told, subject.books() - books, &about);
        let told_ends = subject.ends() - ends;
        assert!(told_ends <= 1, "{about}: told {told_ends} ends of one deed");
        assert_eq!(subject.trouble(), None, "{about}: it is over");
        let books = subject.books();
        let again = subject.deed();
        assert_eq!(again, Told::Done { units: S::UNITS }, "after {about}");
        assert_eq!(subject.books() - books, S::UNITS, "after {about}");

        let cell = cell(&told, trouble);
        assert_eq!(cell, expected, "{about}");
        row.saw(mood, &cell);
    }
}

/// A driver whose line can be spoilt byte by byte.
pub(crate) trait Wired: Subject {
    fn storm(&mut self, seed: u64);
    /// Longer than it takes to find its device again.
    fn calm(&mut self);
}

/// Storms that each test lives through, unless `MINWON_FUZZ_SECONDS` says for how long.
const STORMS: u64 = 60;

/// Deeds in the middle of one.
const DEEDS: u32 = 2;

/// What arrives is anything. Whatever it is, a deed ends once and in time and is not done
/// twice; and when the line is good again the next is done and told as ever.
pub(crate) fn weather<S: Wired>() {
    let seconds = std::env::var("MINWON_FUZZ_SECONDS").ok();
    let seconds = seconds
        .and_then(|it| it.parse().ok())
        .map(Duration::from_secs);
    let begun = Instant::now();
    for seed in 0.. {
        let over = match seconds {
            Some(seconds) => begun.elapsed() >= seconds,
            None => seed >= STORMS,
        };
        if over {
            return;
        }
        let about = format!("{} in storm {seed}", S::DRIVER);
        let mut subject = S::open();
        subject.storm(seed);
        let books = subject.books();
        for _ in 0..DEEDS {
            let ends = subject.ends();
            subject.deed();
            let told = subject.ends() - ends;
            assert!(told <= 2, "{about}: told {told} ends of one deed");
        }
        subject.calm();
        let done = subject.books() - books;
        assert!(
            done <= DEEDS * S::UNITS,
            "{about}: did {done}, some of it twice"
        );
        let books = subject.books();
        let again = subject.deed();
        assert_eq!(again, Told::Done { units: S::UNITS }, "after {about}");
        assert_eq!(subject.books() - books, S::UNITS, "after {about}");
        assert_eq!(subject.trouble(), None, "after {about}");
    }
}

fn assert_honest(told: &Told, done: u32, about: &str) {
    let honest = match told {
        Told::Done { units } | Told::NotDone { units, .. } => done == *units,
        Told::Unknown { most, .. } => done <= *most,
        Told::CalledOff => done == 0,
    };
    assert!(honest, "{about}: told {told:?} and did {done}");
}

/// What came out and, where its status says another thing than the deed's end, that too.
fn cell(told: &Told, trouble: Option<String>) -> String {
    let end = match told {
        Told::Done { .. } => "Done".to_owned(),
        Told::NotDone { why, .. } => format!("NotDone {why}"),
        Told::Unknown { why, .. } => format!("Unknown {why}"),
        Told::CalledOff => "called off".to_owned(),
    };
    match trouble {
        Some(code) if !end.ends_with(&code) => format!("{end}, {code}"),
        _ => end,
    }
}
